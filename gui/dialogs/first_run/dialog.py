"""The first start: responsible use, camera, style, the system webcam, and who uses it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.dialogs.base import BaseDialog
from gui.dialogs.first_run.camera_page import CameraPage
from gui.dialogs.first_run.style_page import StylePage
from gui.dialogs.first_run.webcam_pages import ProgramsPage, VirtualCameraPage
from gui.dialogs.responsible_use import ResponsibleUse
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.camera_list import CameraList
from gui.features.speed_check import SpeedCheck
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT


class FirstRunDialog(BaseDialog):
    """Steps that can be skipped, except the page on responsible use at the very first start."""

    done_or_skipped = Signal()

    def __init__(
        self,
        app_model: AppModel,
        cameras: CameraList,
        speed_check: SpeedCheck,
        driver: CameraDriver,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("FirstRunDialog", "First steps")
        super().__init__(title, 76 * UNIT, parent)
        self.setMinimumHeight(62 * UNIT)
        self._app_model = app_model
        self.pages = QStackedWidget()
        self.camera = CameraPage(app_model, cameras)
        self.style_page = StylePage(app_model, speed_check)
        if not app_model.preferences.responsible_use_accepted:
            self.pages.addWidget(ResponsibleUse())
        self.webcam = VirtualCameraPage(app_model, driver)
        for page in (self.camera, self.style_page, self.webcam, ProgramsPage(app_model)):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self.skip = self.add_button(self.tr("Skip"))
        self.back = self.add_button(self.tr("Back"))
        self.next = self.add_button(self.tr("Next"), leading=True)
        self.skip.clicked.connect(self.accept)
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(+1))
        self._show_page()

    @property
    def must_accept(self) -> bool:
        """Whether the page on responsible use is shown and waits for its acceptance."""
        return isinstance(self.pages.currentWidget(), ResponsibleUse)

    def done(self, result: int) -> None:
        """However it ends, the camera is released; unaccepted, the first page comes again."""
        self.camera.leave()
        self.style_page.leave()
        if self._app_model.preferences.responsible_use_accepted:
            self._app_model.update(lambda p: replace(p, first_run_done=True))
        super().done(result)
        self.done_or_skipped.emit()

    def _go(self, step: int) -> None:
        if self.must_accept:
            self._app_model.update(lambda p: replace(p, responsible_use_accepted=True))
        index = self.pages.currentIndex() + step
        if index >= self.pages.count():
            self.accept()
            return
        self.pages.setCurrentIndex(index)
        self._show_page()

    def _show_page(self) -> None:
        index, page = self.pages.currentIndex(), self.pages.currentWidget()
        last = index == self.pages.count() - 1
        self.next.setText(
            self.tr("I understand")
            if self.must_accept
            else self.tr("Done")
            if last
            else self.tr("Next")
        )
        before = int(isinstance(self.pages.widget(0), ResponsibleUse))
        step, steps = index + 1 - before, self.pages.count() - before
        self.footnote.setText(self.tr("Step {0} of {1}").format(step, steps) if step > 0 else "")
        self.back.setVisible(step > 1)
        self.skip.setVisible(not self.must_accept and not last)
        if page is self.camera:
            self.camera.enter()
        else:
            self.camera.leave()
        if page is self.webcam:
            self.webcam.enter()
            self.next.setFocus()  # and not the button that sets something up
        if page is self.style_page:
            self.style_page.enter()  # its measuring continues behind the later pages
