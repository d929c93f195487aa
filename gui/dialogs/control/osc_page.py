"""OSC: with whom, and at which ports."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from gui.dialogs.base import paragraph
from gui.dialogs.control.page import ControlPage, port_box
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT


class OscPage(ControlPage):
    """Another computer than this one is warned about."""

    def __init__(
        self, app_model: AppModel, control: RemoteControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(app_model, control.osc, parent)
        osc = self._chosen.osc
        self.on = QCheckBox(self.tr("Exchange OSC messages"))
        self.peer = QLineEdit(osc.peer, maxLength=15)
        self.receives = port_box(osc.receives, self.tr("Receives at port"))
        self.sends = port_box(osc.sends, self.tr("Sends to port"))
        self.warning = paragraph(
            self.tr(
                "OSC has no passwords: whoever can send from this address, or in its name, can "
                "control the window. Enter another computer only in a network that you trust."
            )
        )
        form = QFormLayout()
        form.setHorizontalSpacing(3 * UNIT)
        form.setVerticalSpacing(UNIT * 3 // 2)
        form.addRow(self.tr("Address of the other side"), self.peer)
        form.addRow(self.tr("Receives at port"), self.receives)
        form.addRow(self.tr("Sends to port"), self.sends)
        self.body.addWidget(self.on)
        self.body.addLayout(form)
        self.body.addWidget(self.warning)
        self.body.addWidget(
            paragraph(
                self.tr(
                    "Such as: /live2diff/style ink, /live2diff/strength 0.6, /live2diff/cue/next, "
                    "/live2diff/panic. The documentation lists them all. Every change is sent to "
                    "the other side."
                ),
                "caption",
            )
        )
        self.on.clicked.connect(self._set)
        self.peer.editingFinished.connect(self._set)
        for port in (self.receives, self.sends):
            port.valueChanged.connect(self._set)
        self._show_outcome()

    def _set(self) -> None:
        changed = self._change(
            lambda chosen: replace(
                chosen,
                osc=replace(
                    chosen.osc,
                    on=self.on.isChecked(),
                    peer=self.peer.text().strip(),
                    receives=self.receives.value(),
                    sends=self.sends.value(),
                ),
            )
        )
        if changed:
            self._show_outcome()

    def _show_outcome(self) -> None:
        osc = self._chosen.osc
        self.on.setChecked(osc.on)
        self.warning.setVisible(not osc.here)
        super()._show_outcome()
