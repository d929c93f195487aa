"""Offers to set up the camera driver, or to remove it: what is done, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.installation import with_own_commands
from engine.virtual_camera.devices.driver_set_up import (
    FILES,
    Change,
    DriverPlan,
    Step,
    StepKind,
    command,
)
from gui.dialogs.base import paragraph
from gui.engine_link.camera_driver import CameraDriver
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT


class DriverOffer(QWidget):
    """Hidden where there is nothing to offer. Nothing is done before the click."""

    def __init__(self, driver: CameraDriver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._driver = driver
        self._what, self._way_back = paragraph(""), paragraph("", "caption")
        self._trouble = paragraph("")
        self.steps = QLabel()
        self.steps.setProperty("type", "code")
        self.steps.setWordWrap(True)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_up = QPushButton(self.tr("Set up…"))
        self.remove = QPushButton(self.tr("Remove…"))
        self.copy = QPushButton(self.tr("Copy the command"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(paragraph(self.tr("The camera driver v4l2loopback"), "title"))
        for text in (self._what, self.steps, self._way_back):
            column.addWidget(text)
        column.addLayout(self._buttons())
        column.addWidget(self._trouble)
        self.set_up.clicked.connect(lambda: self._begin(Change.SET_UP))
        self.remove.clicked.connect(lambda: self._begin(Change.REMOVE))
        self.copy.clicked.connect(self._on_copy)
        driver.planned.connect(self._show)
        driver.failed.connect(self._on_failed)
        driver.busy_changed.connect(self._on_busy)
        self._show(driver.plan)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for button in (self.set_up, self.remove, self.copy):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _show(self, plan: DriverPlan) -> None:
        busy, missing = self._driver.busy, bool(plan.steps)
        self.setVisible(plan.offered or busy)
        self._what.setText(self._what_it_does(plan))
        self.steps.setText("\n".join(map(self._step, plan.steps)))
        self.steps.setVisible(missing)
        self._way_back.setText(self._how_back(plan))
        self._way_back.setVisible(missing)
        self._trouble.setVisible(bool(self._trouble.text()))
        self.set_up.setVisible(missing and plan.can_ask)
        self.remove.setVisible(plan.removable and plan.can_ask)
        self.copy.setVisible(plan.offered and not plan.can_ask)
        for button in (self.set_up, self.remove):
            button.setEnabled(not busy)
        if busy:
            self._way_back.setText(self.tr("Working. Building the driver can take some minutes."))
            self._way_back.show()

    def _what_it_does(self, plan: DriverPlan) -> str:
        if plan.steps:
            return self.tr(
                "Zoom, Discord and Chromium look for a camera device, and this driver makes one. "
                "Setting it up does this, and nothing else:"
            )
        return self.tr(
            "It is set up. Removing it deletes {0} and {1}, and unloads the driver; the driver's "
            "package stays, because other programs may need it."
        ).format(*FILES)

    def _how_back(self, plan: DriverPlan) -> str:
        if not plan.can_ask:
            return self.tr(
                "Copy the command into a terminal; it asks before it begins. The way back is the "
                "same command with “remove” at its end."
            )
        return self.tr(
            "An administrator's password is asked for. The way back: “Remove…” under “System "
            "webcam…” in the menu takes it all away but the driver's package."
        )

    def _step(self, step: Step) -> str:
        texts = {
            StepKind.RUN: self.tr("run {0}"),
            StepKind.WRITE: self.tr("write {0}"),
            StepKind.LOAD: self.tr("load the driver {0}, now and whenever the computer starts"),
            StepKind.KEEP: self.tr("keep the driver's options of another program in {0}"),
            StepKind.ADD: self.tr("add a camera to the running driver, until the next restart"),
        }
        return texts[step.kind].format(step.subject)

    def _begin(self, change: Change) -> None:
        self._trouble.clear()
        self._driver.change(change)

    def _on_busy(self) -> None:
        self._show(self._driver.plan)

    def _on_failed(self, error: EngineError) -> None:
        self._trouble.setText(error_with_remedy(error))
        self._trouble.show()

    def _on_copy(self) -> None:
        change = Change.SET_UP if self._driver.plan.steps else Change.REMOVE
        QGuiApplication.clipboard().setText(with_own_commands(command(change)))
