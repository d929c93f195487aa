"""The system webcam: its state, what it lacks, and how to select it in other programs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.doctor.checks import Check
from engine.virtual_camera.protocol import CAMERA_NAME, PublisherState, PublisherStatus
from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.driver_offer import DriverOffer
from gui.dialogs.program_guide import ProgramGuide
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.doctor import DoctorTask
from gui.engine_link.virtual_camera import VirtualCameraModel
from gui.text.wording import check_texts, error_with_remedy
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.status_indicator import IndicatorShape, StatusIndicator

_SHAPES = {
    PublisherState.SENDING: IndicatorShape.TICK,
    PublisherState.UNAVAILABLE: IndicatorShape.TRIANGLE,
    PublisherState.GONE: IndicatorShape.TRIANGLE,
}


class WebcamDialog(BaseDialog):
    """Follows the status while it is open."""

    def __init__(
        self,
        camera: VirtualCameraModel,
        doctor: DoctorTask,
        driver: CameraDriver,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("WebcamDialog", "System webcam")
        super().__init__(title, 68 * UNIT, parent)
        self._indicator = StatusIndicator()
        self._text = paragraph("")
        self.failed_checks = FailedChecks()
        self._guide = ProgramGuide(camera.status.camera_name if camera.status else CAMERA_NAME)
        self.body.addWidget(paragraph(title, "headline"))
        for widget in (
            self._indicator,
            self._text,
            self.failed_checks,
            self._guide,
            DriverOffer(driver),
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_close()
        camera.status_changed.connect(self._show)
        doctor.done.connect(self._show_checks)
        driver.planned.connect(self._grow_soon)
        if camera.status is not None:
            self._show(camera.status)
        doctor.start()
        driver.look()

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        """They arrive when the dialog is already on the screen, and need space."""
        self.failed_checks.show_checks(checks)
        self._grow_soon()

    def _grow_soon(self) -> None:
        """When the style sheet has given what is new its size."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        needed = self.heightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))

    def _show(self, status: PublisherStatus) -> None:
        titles = {
            PublisherState.STARTING: self.tr("Starting"),
            PublisherState.SENDING: self.tr("Ready for other programs"),
            PublisherState.UNAVAILABLE: self.tr("Not available"),
            PublisherState.GONE: self.tr("Restarting"),
        }
        self._indicator.show_state(
            _SHAPES.get(status.state, IndicatorShape.ARC), titles[status.state]
        )
        text = error_with_remedy(status.error) if status.error else self._detail(status)
        self._text.setText(text)
        self.failed_checks.setVisible(status.state is PublisherState.UNAVAILABLE)
        self._guide.setVisible(status.state is not PublisherState.UNAVAILABLE)
        self._guide.show_kinds(status.kinds)

    def _detail(self, status: PublisherStatus) -> str:
        if status.watched:
            return self.tr("Another program is using “{0}”.").format(status.camera_name)
        return self.tr("Select “{0}” as your camera:").format(status.camera_name)


class FailedChecks(QWidget):
    """What the doctor found missing, each with instructions to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[_FailedCheck] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT * 3 // 2)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Show those that failed."""
        for former in self._shown:
            self._column.removeWidget(former)
            former.deleteLater()
        self._shown = [_FailedCheck(check) for check in checks if check.passed is False]
        for check in self._shown:
            self._column.addWidget(check)


class _FailedCheck(QWidget):
    def __init__(self, check: Check) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        name, detail, remedy = check_texts(check)
        column.addWidget(paragraph(f"{name}: {detail}"))
        code = QLabel(remedy)
        code.setWordWrap(True)
        code.setProperty("type", "code")
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = IconButton("copy", self.tr("Copy the instructions"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(remedy))
        row = QHBoxLayout()
        row.addWidget(code, stretch=1)
        row.addWidget(copy)
        column.addLayout(row)
