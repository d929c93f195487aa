"""The system webcam: its state in plain words, and how other programs find it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from engine.publisher.contract import CAMERA_NAME, PublisherState, PublisherStatus
from gui.camera_link import CameraLink
from gui.dialogs.page import PageDialog, paragraph
from gui.dialogs.programs import ProgramsGuide
from gui.theme import UNIT
from gui.widgets.lamp import Lamp, Sign

_SIGNS = {
    PublisherState.SENDING: Sign.DISC,
    PublisherState.UNAVAILABLE: Sign.TRIANGLE,
    PublisherState.GONE: Sign.TRIANGLE,
}


class WebcamDialog(PageDialog):
    """Follows the status while it is open."""

    def __init__(self, camera: CameraLink, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("WebcamDialog", "The system webcam")
        super().__init__(title, 64 * UNIT, parent)
        status = camera.status
        self._lamp = Lamp()
        self._words = paragraph("")
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self._lamp)
        self.body.addWidget(self._words)
        self.body.addWidget(ProgramsGuide(status.camera_name if status else CAMERA_NAME))
        self.body.addStretch(1)
        self.add_close()
        camera.status_changed.connect(self._show)
        if status is not None:
            self._show(status)

    def _show(self, status: PublisherStatus) -> None:
        titles = {
            PublisherState.STARTING: self.tr("Coming up"),
            PublisherState.SENDING: self.tr("Ready for other programs"),
            PublisherState.UNAVAILABLE: self.tr("Not available"),
            PublisherState.GONE: self.tr("Starting again"),
        }
        self._lamp.show_sign(_SIGNS.get(status.state, Sign.ARC), titles[status.state])
        self._words.setText(str(status.error) if status.error else self._detail(status))

    def _detail(self, status: PublisherStatus) -> str:
        if status.watched:
            return self.tr("Another program is using “{0}”.").format(status.camera_name)
        return self.tr("Choose “{0}” as your camera:").format(status.camera_name)
