"""OBS: its password, the camera as a source, and a microphone that is kept in step."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QSpinBox, QWidget

from engine.obs.link import ObsState
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import fill_picker, form_of, make_picker
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from gui.text.wording import error_with_remedy


class ObsPage(QWidget):
    """What is set here is kept right for as long as OBS runs."""

    def __init__(
        self, app_model: AppModel, desk: StreamingDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._desk = app_model, desk
        chosen = app_model.preferences.obs
        self.on = QCheckBox(self.tr("Connect to OBS on this computer"))
        self.on.setChecked(chosen.on)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Kept in the system’s key store"))
        self.password.setAccessibleName(self.tr("Password"))
        self.port = QSpinBox(minimum=1, maximum=65_535)
        self.port.setValue(chosen.port)
        self.port.setAccessibleName(self.tr("Port"))
        self.microphone = make_picker(
            self.tr("Microphone in OBS"), self._microphones(()), chosen.microphone
        )
        self.add = QPushButton(self.tr("Add the camera as a source"))
        self.state = paragraph("")
        self._arrange()
        self.on.toggled.connect(self._choose)
        self.port.editingFinished.connect(self._choose)
        self.microphone.activated.connect(self._choose)
        self.password.editingFinished.connect(self._keep_password)
        self.add.clicked.connect(desk.obs.add_camera)
        desk.changed.connect(self._show)
        self._show()

    def _arrange(self) -> None:
        form = form_of(self)
        form.addRow("", self.on)
        form.addRow(self.tr("Password"), self.password)
        form.addRow(self.tr("Port"), self.port)
        form.addRow(
            "",
            paragraph(
                self.tr(
                    "In OBS: Tools → WebSocket Server Settings → Enable WebSocket server; the "
                    "password is under Show Connect Info."
                ),
                "caption",
            ),
        )
        form.addRow("", self.add)
        form.addRow(self.tr("Keep in step"), self.microphone)
        form.addRow(self.tr("State"), self.state)

    def _microphones(self, found: tuple[str, ...]) -> dict[str, str]:
        chosen = self._app_model.preferences.obs.microphone
        names = dict.fromkeys((*found, chosen) if chosen else found)
        return {"": self.tr("No microphone"), **{name: name for name in names}}

    def _choose(self) -> None:
        chosen = replace(
            self._app_model.preferences.obs,
            on=self.on.isChecked(),
            port=self.port.value(),
            microphone=self.microphone.currentData() or "",
        )
        self._app_model.update(lambda p: replace(p, obs=chosen))
        self._show()

    def _keep_password(self) -> None:
        if self.password.isModified():
            self.password.setModified(False)
            self._desk.obs.keep_password(self.password.text())

    def _show(self) -> None:
        status = self._desk.obs.status
        texts = {
            ObsState.OFF: self.tr("Not connected"),
            ObsState.WAITING: self.tr("OBS does not answer; it is tried again"),
            ObsState.CONNECTED: self.tr("Connected"),
            ObsState.REFUSED: "",
        }
        text = error_with_remedy(status.error) if status.error else texts[status.state]
        self.state.setText(text)
        self.add.setEnabled(status.state is ObsState.CONNECTED)
        offered = self._microphones(status.microphones)
        if [self.microphone.itemData(i) for i in range(self.microphone.count())] != list(offered):
            fill_picker(self.microphone, offered, self._app_model.preferences.obs.microphone)
