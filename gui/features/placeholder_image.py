"""Pictures that go out while nothing styled does. None is an unstyled camera picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QLinearGradient, QPainter

from engine.errors import SettingError
from engine.frames import Pixels, StyledFrame
from engine.paths import APP_NAME
from gui.features.image_files import save_private
from gui.state.preferences import Placeholder, PlaceholderKind
from gui.theme.theme import DARK, UNIT

CARD = QSize(1280, 720)
QUICK_PNG = 80
"""Qt's scale of quality, which for PNG is one of speed: a third of the usual time."""


def draw_placeholder(choice: Placeholder) -> Pixels:
    """The chosen placeholder. Raises SettingError where its picture cannot be read."""
    if choice.kind is PlaceholderKind.CARD:
        return pixels_of(draw_card(choice.text or usual_text()))
    image = QImage(choice.path)
    if image.isNull():
        raise SettingError(
            "The placeholder's picture {name!r} cannot be read.",
            "Choose another one in the settings.",
            name=Path(choice.path).name,
        )
    return pixels_of(image)


def usual_text() -> str:
    """What the card says until the user writes something else."""
    return QCoreApplication.translate("placeholders", "Back in a moment")


def draw_card(text: str) -> QImage:
    """A calm card with a few words."""
    image = QImage(CARD, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QLinearGradient(0, 0, 0, CARD.height())
    shade.setColorAt(0, QColor("#232a3d"))
    shade.setColorAt(1, QColor(DARK.surface))
    painter.fillRect(image.rect(), shade)
    painter.setPen(QColor(DARK.text))
    painter.setFont(_font(56))
    text_area = QRectF(image.rect()).adjusted(12 * UNIT, 0, -12 * UNIT, -4 * UNIT)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(text_area, int(flags), text)
    painter.setPen(QColor(DARK.quiet))
    painter.setFont(_font(22))
    below = QRectF(0, CARD.height() - 11 * UNIT, CARD.width(), 5 * UNIT)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, APP_NAME)
    painter.end()
    return image


def save_still(frame: StyledFrame, path: Path) -> Placeholder:
    """Keep a styled frame as the placeholder. Raises SettingError for an original or no disk."""
    if frame.original:
        raise SettingError(
            "The untouched camera picture cannot be the placeholder.",
            "Choose a still of the styled stream.",
        )
    try:
        save_private(image_from(frame.pixels), path, quality=QUICK_PNG)
    except OSError as error:
        raise SettingError(
            "The still could not be saved.", "Free some space on the disk."
        ) from error
    return Placeholder(PlaceholderKind.STILL, path=str(path))


def image_from(pixels: Pixels) -> QImage:
    """A copy of the picture as an image."""
    height, width, _ = pixels.shape
    view = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return view.copy()


def pixels_of(image: QImage) -> Pixels:
    """A copy of the image as RGB (height, width, 3)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    picture = rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3)
    return np.ascontiguousarray(picture).copy()


def _font(pixels: int) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    return font
