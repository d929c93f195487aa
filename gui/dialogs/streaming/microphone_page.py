"""The microphone that is as late as the picture."""

from __future__ import annotations

import sys
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from engine.microphone.client import MicrophoneState
from engine.microphone.devices import MicrophoneInfo, list_microphones
from engine.microphone.streams import TITLE
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import fill_picker, form_of, make_picker
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from gui.text.wording import delay, error_with_remedy

CORRECTION_MS = 500
"""The most that the delay may be corrected by ear, either way."""


class MicrophonePage(QWidget):
    """On Linux the microphone itself; elsewhere the number, and where other programs take it."""

    def __init__(
        self, app_model: AppModel, desk: StreamingDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._desk = app_model, desk
        chosen = app_model.preferences.microphone
        self.on = QCheckBox(self.tr("Offer “{0}” to other programs").format(TITLE))
        self.on.setChecked(chosen.on)
        self.source = make_picker(self.tr("Microphone"), self._sources(()), chosen.source)
        self.correction = QSpinBox(minimum=-CORRECTION_MS, maximum=CORRECTION_MS, singleStep=10)
        self.correction.setSuffix(self.tr(" ms"))
        self.correction.setAccessibleName(self.tr("Correction by ear"))
        self.correction.setValue(round(chosen.correction_ms))
        self.state = paragraph("")
        self._arrange()
        self.on.toggled.connect(self._choose)
        self.source.activated.connect(self._choose)
        self.correction.valueChanged.connect(self._choose)
        self._listing = Task(Background("microphones"), self)
        self._listing.done.connect(self._fill)
        desk.changed.connect(self._show)
        self._show()
        if sys.platform == "linux":
            self._listing.run(lambda: tuple(list_microphones()))

    def _arrange(self) -> None:
        form = form_of(self)
        if sys.platform == "linux":
            form.addRow("", self.on)
            form.addRow(self.tr("Microphone"), self.source)
            form.addRow(self.tr("Correction by ear"), self.correction)
            text = self.tr(
                "Your voice, as late as the picture, so that it fits your lips. Choose it as the "
                "microphone in the other program. While the camera is off, nothing is heard."
            )
        else:
            text = self.tr(
                "This system lets no program offer a microphone. Enter the delay elsewhere: in "
                "OBS under Advanced Audio Properties as the sync offset; for other programs in "
                "the mixer of a virtual cable."
            )
        form.addRow("", paragraph(text, "caption"))
        form.addRow(self.tr("Delay"), self.state)

    def _sources(self, found: tuple[MicrophoneInfo, ...]) -> dict[str, str]:
        known = {microphone.node: microphone.title for microphone in found}
        chosen = self._app_model.preferences.microphone.source
        if chosen:
            known.setdefault(chosen, chosen)
        return {"": self.tr("The usual one"), **known}

    def _fill(self, found: tuple[MicrophoneInfo, ...]) -> None:
        chosen = self._app_model.preferences.microphone.source
        fill_picker(self.source, self._sources(found), chosen)

    def _choose(self) -> None:
        chosen = replace(
            self._app_model.preferences.microphone,
            on=self.on.isChecked(),
            source=self.source.currentData() or "",
            correction_ms=float(self.correction.value()),
        )
        self._app_model.update(lambda p: replace(p, microphone=chosen))
        self._show()

    def _show(self) -> None:
        status = self._desk.microphone.status
        if status.error is not None:
            text = error_with_remedy(status.error)
        elif not self._desk.delay.milliseconds:
            text = self.tr("Measured as soon as the stream is live")
        else:
            text = self._with_state(delay(self._desk.microphone.delay_ms), status.state)
        self.state.setText(text)

    def _with_state(self, text: str, state: MicrophoneState) -> str:
        if state is MicrophoneState.ON:
            return self.tr("{0} · on").format(text)
        if state is MicrophoneState.WAITING:
            return self.tr("{0} · off while the camera is off").format(text)
        return text
