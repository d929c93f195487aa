"""The first start: responsible use, camera, style, and the programs that use the webcam."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.frames import Pixels
from engine.settings import FitMode
from engine.virtual_camera.protocol import CAMERA_NAME
from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.program_guide import ProgramGuide
from gui.dialogs.responsible_use import ResponsibleUse
from gui.engine_link.camera_list import CameraList
from gui.engine_link.camera_preview import CameraPreview
from gui.features.speed_check import SIZE, SpeedCheck
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.wording import error_text, size_text
from gui.theme.theme import UNIT
from gui.widgets.style_wall import StyleWall
from gui.widgets.video_view import VideoView

DEMO = "demo"
LARGE_CARD = 16 * UNIT
"""In pixels: here the styles have the space to themselves."""


class FirstRunDialog(BaseDialog):
    """Steps that can be skipped, except the page on responsible use at the very first start."""

    done_or_skipped = Signal()

    def __init__(
        self,
        app_model: AppModel,
        cameras: CameraList,
        speed_check: SpeedCheck,
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
        for page in (self.camera, self.style_page, ProgramsPage(app_model)):
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
        if page is self.style_page:
            self.style_page.enter()  # its measuring continues behind the later pages


class CameraPage(QWidget):
    """Choose the camera by its picture, which is shown here and sent nowhere."""

    def __init__(
        self, app_model: AppModel, cameras: CameraList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._cameras = app_model, cameras
        self._entered = False
        self.camera_preview = CameraPreview(self)
        self.picker = QComboBox()
        self.picker.setAccessibleName(self.tr("Camera"))
        self.view = VideoView()
        self._caption = paragraph("", "caption")
        column = _column(self, self.tr("Choose your camera"))
        column.addWidget(self.picker)
        column.addWidget(self.view, stretch=1)
        column.addWidget(self._caption)
        self.camera_preview.seen.connect(self._on_seen)
        self.camera_preview.failed.connect(self._on_failed)
        self.picker.activated.connect(self._on_chosen)
        cameras.changed.connect(self._fill)
        self._fill()

    def enter(self) -> None:
        """Start the preview."""
        if not self._entered:
            self._entered = True
            self._start_preview()

    def leave(self) -> None:
        """Release the camera."""
        self._entered = False
        self.camera_preview.stop()

    def _fill(self) -> None:
        self.picker.clear()
        for source, text in self._cameras.entries():
            self.picker.addItem(text, source)
        self.picker.addItem(self.tr("No camera: use the demo"), DEMO)
        index = self.picker.findData(self._app_model.preferences.input.source)
        self.picker.setCurrentIndex(max(0, index))
        if index < 0 or self._app_model.preferences.input.source == DEMO:
            self.picker.setCurrentIndex(0)

    def _on_chosen(self) -> None:
        self._start_preview()

    def _start_preview(self) -> None:
        chosen = replace(self._app_model.preferences.input, source=self.picker.currentData())
        self._app_model.set_input(chosen)
        self._caption.setText(self.tr("Only you can see this picture."))
        if not self._app_model.state.running:
            self.camera_preview.show(replace(chosen, fit=FitMode.LETTERBOX))  # the whole picture

    def _on_seen(self, pixels: Pixels) -> None:
        self.view.show_output(pixels)

    def _on_failed(self, error: EngineError) -> None:
        self.view.show_output(None)
        self._caption.setText(error_text(error))


class StylePage(QWidget):
    """Choose a style, while the speed of this computer is measured."""

    def __init__(
        self, app_model: AppModel, speed_check: SpeedCheck, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self.speed_check = app_model, speed_check
        self._measured = False
        self.speed = QLabel()
        self.speed.setProperty("type", "quiet")
        self.wall = wall = StyleWall(min_width=LARGE_CARD)
        wall.show_styles(app_model.styles)
        wall.choose(app_model.preferences.live.style)
        wall.chosen.connect(app_model.choose_style)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(wall)
        column = _column(self, self.tr("Choose a style"))
        column.addWidget(scroll, stretch=1)
        column.addWidget(self.speed)
        speed_check.measured.connect(self._on_measured)

    def enter(self) -> None:
        """Measure once, and only while nothing else runs."""
        if not self._measured and not self._app_model.state.running:
            self._measured = True
            self.speed.setText(self.tr("Measuring the speed of this computer…"))
            self.speed_check.start(self._app_model.preferences.live.style)

    def leave(self) -> None:
        """Stop measuring, if it still runs."""
        self.speed_check.stop()

    def _on_measured(self, fps: float) -> None:
        if fps <= 0:
            self.speed.clear()
            return
        text = self.tr("This computer reaches {0} frames/s at {1}.").format(
            f"{fps:.0f}", size_text(SIZE)
        )
        self.speed.setText(text)


class ProgramsPage(QWidget):
    """Where to select the virtual camera."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        status = app_model.state.camera
        name = status.camera_name if status is not None else CAMERA_NAME
        column = _column(self, self.tr("Select “{0}” in your program").format(name))
        self._guide = ProgramGuide(name)
        column.addWidget(self._guide)
        column.addStretch(1)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def _show(self, now: AppState) -> None:
        self._guide.show_kinds(now.camera.kinds if now.camera is not None else frozenset())


def _column(page: QWidget, title: str) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT * 3 // 2)
    column.addWidget(paragraph(title, "headline"))
    return column
