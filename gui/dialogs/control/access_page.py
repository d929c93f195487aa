"""The control interface: on this computer, in the local network, and who may use it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.control.settings import ControlSettings, WebSettings
from engine.control.tokens import Device
from engine.installation import with_own_commands
from gui.dialogs.base import paragraph
from gui.dialogs.control.page import ControlPage, port_box
from gui.dialogs.control.pairing import PairingPanel
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT


class AccessPage(ControlPage):
    """Answering in the local network first says what that means, and asks."""

    def __init__(
        self, app_model: AppModel, control: RemoteControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(app_model, control.web, parent)
        self._control = control
        web = self._chosen.web
        self.on = QCheckBox(self.tr("Let programs and paired devices control this window"))
        self.address = paragraph("", "caption")
        self.network = QCheckBox(self.tr("Answer in the local network, too, for a phone"))
        self.question = _NetworkQuestion()
        self.port = port_box(web.port, self.tr("Port"))
        self.pairing = PairingPanel(control)
        self.devices = _Devices(control)
        self._arrange()
        self.on.clicked.connect(self._set_on)
        self.network.clicked.connect(self._ask_about_network)
        self.question.answered.connect(self._set_network)
        self.port.valueChanged.connect(self._set_port)
        self._show_outcome()

    def _arrange(self) -> None:
        port = QHBoxLayout()
        label = QLabel(self.tr("Port"))
        label.setBuddy(self.port)
        port.addWidget(label)
        port.addWidget(self.port)
        port.addStretch(1)
        for widget in (self.on, self.address, self.network, self.question):
            self.body.addWidget(widget)
        self.body.addLayout(port)
        self.body.addWidget(self.pairing)
        self.body.addWidget(self.devices)

    def _set_on(self, on: bool) -> None:
        self.question.hide()
        self._change_web(replace(self._chosen.web, on=on))

    def _ask_about_network(self, on: bool) -> None:
        """Turning it off takes effect at once; turning it on is asked about first."""
        if on:
            self.network.setChecked(False)
            self.question.show()
        else:
            self._set_network(False)

    def _set_network(self, on: bool) -> None:
        self.question.hide()
        self._change_web(replace(self._chosen.web, network=on))

    def _set_port(self, port: int) -> None:
        self._change_web(replace(self._chosen.web, port=port))

    def _change_web(self, web: WebSettings) -> None:
        def edit(chosen: ControlSettings) -> ControlSettings:
            return replace(chosen, web=web)

        self._change(edit)
        self._show_outcome()

    def _show_outcome(self) -> None:
        web, answering = self._chosen.web, self._control.web.outcome
        self.on.setChecked(web.on)
        self.network.setChecked(web.on and web.network)
        self.network.setEnabled(web.on)
        self.port.setEnabled(web.on)
        here = answering.here if answering is not None else ""
        self.address.setText(
            with_own_commands(
                self.tr("Answers at {0}. In a terminal: python main.py remote status")
            ).format(here)
            if web.on and here
            else self.tr("Off: nothing listens.")
        )
        self.pairing.show_addresses(
            here if web.on else "",
            answering.network if answering is not None and web.network else "",
            answering.fingerprint if answering is not None else "",
        )
        network_error = answering.error if answering is not None and web.network else None
        self._say(self._control.web.error or network_error)


class _NetworkQuestion(QWidget):
    """Says in so many words what answering in the network means; `answered` brings the choice."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 0, 0, 0)
        column.addWidget(
            paragraph(
                self.tr(
                    "Every device in your network will be able to reach this program and open its "
                    "page. Only devices that you pair can see or control anything, and what they "
                    "send is encrypted. Do this only in a network that you trust, not in a café."
                )
            )
        )
        self.yes = QPushButton(self.tr("Answer in the local network"))
        self.no = QPushButton(self.tr("Only on this computer"))
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column.addLayout(row)
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.hide()


class _Devices(QWidget):
    """The paired devices, of which each can be removed."""

    def __init__(self, control: RemoteControl) -> None:
        super().__init__()
        self._control = control
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Paired devices"))
        self.list.setMaximumHeight(14 * UNIT)
        self.remove = QPushButton(self.tr("Remove"))
        self._title = paragraph(self.tr("Paired devices"), "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.list, stretch=1)
        row.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.remove.clicked.connect(self._remove)
        self.list.itemSelectionChanged.connect(self._show_button)
        control.devices_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for device in self._control.tokens.devices:
            item = QListWidgetItem(self._text(device))
            item.setData(Qt.ItemDataRole.UserRole, device.id)
            self.list.addItem(item)
        self.setVisible(bool(self._control.tokens.devices))
        self._show_button()

    def _text(self, device: Device) -> str:
        paired = QDateTime.fromSecsSinceEpoch(int(device.paired_at))
        when = QLocale().toString(paired, QLocale.FormatType.ShortFormat)
        return self.tr("{0}, paired {1}").format(device.name, when)

    def _show_button(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self._control.remove_device(item.data(Qt.ItemDataRole.UserRole))
