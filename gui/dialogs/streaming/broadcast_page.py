"""Going live without another program: RTMP or WHIP."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from engine.microphone.streams import TITLE
from engine.video.broadcast.sink import BroadcastState
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import form_of
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from gui.text.wording import error_with_remedy


class BroadcastPage(QWidget):
    """The address is remembered; the key goes into the system's key store and is not shown."""

    def __init__(
        self, app_model: AppModel, desk: StreamingDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._desk = app_model, desk
        self.address = QLineEdit(app_model.preferences.broadcast.address)
        self.address.setPlaceholderText("rtmp://live.example.org/app")
        self.address.setAccessibleName(self.tr("Address"))
        self.key = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(self.tr("Kept in the system’s key store"))
        self.key.setAccessibleName(self.tr("Stream key"))
        self.button = QPushButton()
        self.state = paragraph("")
        form = form_of(self)
        form.addRow(self.tr("Address"), self.address)
        form.addRow(self.tr("Stream key"), self.key)
        form.addRow(
            "",
            paragraph(
                self.tr(
                    "The styled picture goes to this service at the webcam’s size and rate, with "
                    "the sound of “{0}” where that is switched on. Outside the stream, in a "
                    "panic and while you show the original, the placeholder is sent."
                ).format(TITLE),
                "caption",
            ),
        )
        form.addRow("", self.button)
        form.addRow(self.tr("State"), self.state)
        self.address.editingFinished.connect(self._keep_address)
        self.key.editingFinished.connect(self._keep_key)
        self.button.clicked.connect(self._toggle)
        desk.changed.connect(self._show)
        self._show()

    def _keep_address(self) -> None:
        address = self.address.text().strip()
        chosen = replace(self._app_model.preferences.broadcast, address=address)
        self._app_model.update(lambda p: replace(p, broadcast=chosen))

    def _keep_key(self) -> None:
        if self.key.isModified():
            self.key.setModified(False)
            self._desk.broadcast.keep_key(self.key.text())

    def _toggle(self) -> None:
        if self._desk.broadcast.running:
            self._desk.broadcast.stop()
        else:
            self._keep_address()
            self._keep_key()
            self._desk.broadcast.start()
        self._show()

    def _show(self) -> None:
        running, status = self._desk.broadcast.running, self._desk.broadcast.status
        self.button.setText(self.tr("End the broadcast") if running else self.tr("Broadcast now"))
        texts = {
            BroadcastState.OFF: self.tr("Not on air"),
            BroadcastState.CONNECTING: self.tr("Connecting"),
            BroadcastState.ON_AIR: self.tr("On air"),
            BroadcastState.INTERRUPTED: self.tr("Interrupted"),
            BroadcastState.REFUSED: self.tr("Refused"),
        }
        text = error_with_remedy(status.error) if status.error else texts[status.state]
        self.state.setText(text)
