"""What other programs receive: the webcam's format, the placeholder, the AI mark."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.frames import Size, StyledFrame
from engine.paths import config_dir
from engine.settings import Interpolation
from engine.video.watermark import Corner
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import form_of, make_picker
from gui.dialogs.settings.still_question import StillQuestion
from gui.features.placeholder_image import save_still, usual_text
from gui.state.app_model import AppModel
from gui.state.preferences import CameraFormat, Placeholder, PlaceholderKind
from gui.text.wording import size_text
from gui.theme.theme import UNIT

CAMERA_SIZES = (Size(640, 360), Size(640, 480), Size(1280, 720), Size(1920, 1080))
CAMERA_RATES = (15.0, 24.0, 30.0, 60.0)


class OutputPage(QWidget):
    """The format of the webcam, the placeholder and the AI mark."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        chosen = app_model.preferences.placeholder
        kinds = {
            PlaceholderKind.CARD: self.tr("A card with text"),
            PlaceholderKind.PICTURE: self.tr("A picture"),
            PlaceholderKind.STILL: self.tr("A still of the styled stream"),
        }
        self.kind = make_picker(self.tr("Placeholder"), kinds, chosen.kind)
        self.text = QLineEdit(chosen.text, placeholderText=usual_text(), maxLength=120)
        self.text.setAccessibleName(self.tr("Text on the card"))
        self.picture = QPushButton(self.tr("Choose a picture…"))
        self.still = StillQuestion()
        self.watermark = WatermarkRows(app_model)
        self.camera = WebcamRow(app_model)
        self.interpolation = self._interpolation_picker()
        form = form_of(self)
        form.addRow(self.tr("Webcam format"), self.camera)
        form.addRow(self.tr("Interpolated frames"), self.interpolation)
        form.addRow(self.tr("Placeholder"), self.kind)
        form.addRow("", self.text)
        form.addRow("", self.picture)
        form.addRow("", self.still)
        form.addRow(
            "",
            paragraph(
                self.tr(
                    "Shown while there is no styled picture. It is never an unstyled picture of "
                    "the camera."
                ),
                "caption",
            ),
        )
        form.addRow(self.tr("AI mark"), self.watermark)
        self.kind.activated.connect(self._choose_kind)
        self.text.editingFinished.connect(self._set_text)
        self.picture.clicked.connect(self._choose_picture)
        self.still.confirmed.connect(self._keep_still)
        self._show(chosen.kind)

    def _interpolation_picker(self) -> QComboBox:
        titles = {
            Interpolation.OFF: self.tr("Off"),
            Interpolation.TO_30: self.tr("Up to 30 frames/s"),
            Interpolation.TO_60: self.tr("Up to 60 frames/s"),
        }
        name, chosen = self.tr("Interpolated frames"), self._app_model.preferences.interpolation
        picker = make_picker(name, titles, chosen)
        picker.setToolTip(
            self.tr(
                "Smoother movement where the model is slower than this: pictures in between are "
                "made along the measured motion. Adds the time between two frames of the model to "
                "the delay, which the meter shows."
            )
        )
        picker.activated.connect(lambda: self._app_model.set_interpolation(picker.currentData()))
        return picker

    def _choose_kind(self) -> None:
        kind = self.kind.currentData()
        self.still.withdraw()
        if kind is PlaceholderKind.CARD:
            self._set_placeholder(Placeholder(text=self.text.text().strip()))
        elif kind is PlaceholderKind.STILL:
            self._ask_about_still()
            kind = self._app_model.preferences.placeholder.kind
        self._show(kind)

    def _choose_picture(self) -> None:
        pictures = self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), filter=pictures)
        if path:
            self._set_placeholder(Placeholder(PlaceholderKind.PICTURE, path=path))

    def _ask_about_still(self) -> None:
        app_model = self._app_model
        frame, saved = app_model.last_output, app_model.preferences
        if frame is not None:
            style = app_model.catalog.style(saved.build.model, saved.live.style)
            self.still.ask(frame, style, saved.live.strength)

    def _keep_still(self, frame: StyledFrame) -> None:
        try:
            self._set_placeholder(save_still(frame, config_dir() / "placeholder.png"))
        except EngineError as error:
            self._app_model.report(error)
        self._show(self._app_model.preferences.placeholder.kind)

    def _set_text(self) -> None:
        if self.kind.currentData() is PlaceholderKind.CARD:
            self._set_placeholder(Placeholder(text=self.text.text().strip()))

    def _set_placeholder(self, placeholder: Placeholder) -> None:
        self._app_model.update(lambda p: replace(p, placeholder=placeholder))

    def _show(self, kind: PlaceholderKind) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.text.setVisible(kind is PlaceholderKind.CARD)
        self.picture.setVisible(kind is PlaceholderKind.PICTURE)


class WebcamRow(QWidget):
    """Size and frame rate of the virtual camera, as other programs see it."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        camera = app_model.preferences.camera
        sizes = {size: size_text(size) for size in sorted({*CAMERA_SIZES, camera.size}, key=_area)}
        rates = {rate: self._rate_text(rate) for rate in sorted({*CAMERA_RATES, camera.fps})}
        self.sizes = make_picker(self.tr("Size of the webcam picture"), sizes, camera.size)
        self.rates = make_picker(self.tr("Frame rate of the webcam picture"), rates, camera.fps)
        effect = self.tr(
            "What other programs receive. A program that is using the camera keeps the former "
            "format until it reopens the camera. Does not affect the delay."
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for picker in (self.sizes, self.rates):
            picker.setToolTip(effect)
            picker.activated.connect(self._choose)
            row.addWidget(picker, stretch=1)

    def _rate_text(self, rate: float) -> str:
        return self.tr("{0} frames/s").format(f"{rate:g}")

    def _choose(self) -> None:
        chosen = CameraFormat(self.sizes.currentData(), self.rates.currentData())
        self._app_model.update(lambda p: replace(p, camera=chosen))


def _area(size: Size) -> int:
    return size.width * size.height


class WatermarkRows(QWidget):
    """The visible and the invisible mark; turning one off first shows what the law may require."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        mark = app_model.preferences.mark
        corners = {
            Corner.TOP_LEFT: self.tr("Top left"),
            Corner.TOP_RIGHT: self.tr("Top right"),
            Corner.BOTTOM_LEFT: self.tr("Bottom left"),
            Corner.BOTTOM_RIGHT: self.tr("Bottom right"),
        }
        self.corner = make_picker(self.tr("Corner of the AI mark"), corners, mark.corner)
        self.shown = QCheckBox(self.tr("Show the AI mark"))
        self.invisible = QCheckBox(self.tr("Invisible mark, for programs"))
        self.invisible.setToolTip(
            self.tr(
                "A pattern too faint to see, in every styled picture. It says which program made "
                "it, and survives most handling. It names no person and no computer."
            )
        )
        self.asked = self.shown
        self.warning = QWidget()
        self.off = QPushButton(self.tr("Turn it off"))
        self.keep = QPushButton(self.tr("Keep it"))
        self._arrange()
        self.shown.setChecked(mark.shown)
        self.invisible.setChecked(mark.invisible)
        self.corner.activated.connect(self._move)
        self.shown.clicked.connect(lambda on: self._on_clicked(self.shown, on))
        self.invisible.clicked.connect(lambda on: self._on_clicked(self.invisible, on))
        self.off.clicked.connect(lambda: self._set(self.asked, False))
        self.keep.clicked.connect(lambda: self._set(self.asked, True))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.corner)
        column.addWidget(self.shown)
        column.addWidget(self.invisible)
        column.addWidget(self.warning)
        column.addWidget(
            paragraph(
                self.tr("Recordings and snapshots are also signed with Content Credentials."),
                "caption",
            )
        )
        inside = QVBoxLayout(self.warning)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(
            paragraph(
                self.tr(
                    "The law may require you to disclose that a picture is made by AI: in the "
                    "European Union, Article 50 of the AI Act. Without the mark, disclosing it "
                    "is up to you."
                )
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.off)
        row.addWidget(self.keep)
        row.addStretch(1)
        inside.addLayout(row)
        self.warning.hide()

    def _move(self) -> None:
        mark = self._app_model.preferences.mark
        self._app_model.set_watermark(replace(mark, corner=self.corner.currentData()))

    def _on_clicked(self, box: QCheckBox, on: bool) -> None:
        """Turning one on takes effect at once; turning it off shows the warning first."""
        if on:
            self._set(box, True)
        else:
            box.setChecked(True)
            self.asked = box
            self.warning.show()

    def _set(self, box: QCheckBox, on: bool) -> None:
        self.warning.hide()
        box.setChecked(on)
        shown, invisible = self.shown.isChecked(), self.invisible.isChecked()
        mark = self._app_model.preferences.mark
        self._app_model.set_watermark(replace(mark, shown=shown, invisible=invisible))
