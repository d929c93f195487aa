"""The system webcam: how other programs find it, what can be set up, and where to select it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.virtual_camera.protocol import CAMERA_NAME, CameraKind, PublisherState, PublisherStatus
from gui.dialogs.base import paragraph
from gui.dialogs.driver_offer import DriverOffer
from gui.dialogs.first_run.page import page_column
from gui.dialogs.program_guide import ProgramGuide
from gui.engine_link.camera_driver import CameraDriver
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.wording import error_with_remedy, webcam_status_text
from gui.widgets.status_indicator import IndicatorShape, StatusIndicator

_SHAPES = {
    PublisherState.SENDING: IndicatorShape.TICK,
    PublisherState.UNAVAILABLE: IndicatorShape.TRIANGLE,
    PublisherState.GONE: IndicatorShape.TRIANGLE,
}


class VirtualCameraPage(QWidget):
    """Says what is there already, and offers the driver; nothing is set up before a click."""

    def __init__(
        self, app_model: AppModel, driver: CameraDriver, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._driver = driver
        self._intro, self._found = paragraph(""), paragraph("")
        self._indicator = StatusIndicator()
        self.offer = DriverOffer(driver)
        column = page_column(self, self.tr("Your picture as a webcam"))
        for widget in (self._intro, self._indicator, self._found, self.offer):
            column.addWidget(widget)
        column.addStretch(1)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def enter(self) -> None:
        """Find out what can be offered."""
        self._driver.look()

    def _show(self, now: AppState) -> None:
        camera = now.camera or PublisherStatus(PublisherState.STARTING)
        self._intro.setText(
            self.tr(
                "Other programs list “{0}” beside your own camera. Until you go live, and whenever "
                "you stop, they see a placeholder there."
            ).format(camera.camera_name)
        )
        self._indicator.show_state(
            _SHAPES.get(camera.state, IndicatorShape.ARC), webcam_status_text(camera)
        )
        self._found.setText(self._who_finds_it(camera))
        self._found.setVisible(bool(self._found.text()))

    def _who_finds_it(self, camera: PublisherStatus) -> str:
        if camera.error is not None:
            return error_with_remedy(camera.error)
        texts = []
        if CameraKind.PIPEWIRE in camera.kinds:
            texts.append(
                self.tr(
                    "It is there through PipeWire. Nothing is installed for that, and it is gone "
                    "when this program ends. Flatpak programs and browsers that ask the desktop "
                    "for cameras find it."
                )
            )
        if CameraKind.V4L2 in camera.kinds:
            texts.append(
                self.tr(
                    "It is there as a camera device, which Zoom, Discord and Chromium find. An "
                    "empty device stays when this program ends."
                )
            )
        if camera.camera_name != CAMERA_NAME:
            texts.append(
                self.tr(
                    "Here it goes through OBS Studio's camera and bears its name, “{0}”."
                ).format(camera.camera_name)
            )
        return "\n".join(texts)


class ProgramsPage(QWidget):
    """Where to select the virtual camera."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        status = app_model.state.camera
        name = status.camera_name if status is not None else CAMERA_NAME
        column = page_column(self, self.tr("Select “{0}” in your program").format(name))
        self._guide = ProgramGuide(name)
        column.addWidget(self._guide)
        column.addStretch(1)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def _show(self, now: AppState) -> None:
        self._guide.show_kinds(now.camera.kinds if now.camera is not None else frozenset())
