import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engine.frames import Size
from gui.widgets.picture.painted import PaintedPicture, ScaledPicture
from gui.widgets.picture.scene import Layer, Scene
from tests.gui.fakes import picture

WIDE = Size(160, 90)


def memory(image: QImage) -> int:
    return int(np.asarray(image.constBits()).__array_interface__["data"][0])


@pytest.mark.parametrize("size", [QSize(160, 90), QSize(320, 180), QSize(120, 68), QSize(40, 22)])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_it_has_the_displays_size_and_the_pictures_colour(
    qtbot: QtBot, size: QSize, ratio: float
) -> None:
    image = ScaledPicture().image(picture(WIDE, (200, 30, 60)), size, ratio)
    assert image.size() == size * ratio
    assert image.devicePixelRatio() == ratio
    assert image.pixelColor(image.width() // 2, image.height() - 1) == QColor(200, 30, 60)


def test_a_picture_is_scaled_once_for_each_size(qtbot: QtBot) -> None:
    scaled, pixels = ScaledPicture(), picture(WIDE, (1, 2, 3))
    first = memory(scaled.image(pixels, QSize(80, 45), 1.0))
    assert memory(scaled.image(pixels, QSize(80, 45), 1.0)) == first
    other = scaled.image(picture(WIDE, (9, 9, 9)), QSize(80, 45), 1.0)
    assert other.pixelColor(3, 3) == QColor(9, 9, 9)
    assert scaled.image(pixels, QSize(60, 30), 1.0).size() == QSize(60, 30)


def test_a_picture_of_the_displays_size_is_drawn_from_its_own_memory(qtbot: QtBot) -> None:
    pixels = picture(WIDE, (1, 2, 3))
    image = ScaledPicture().image(pixels, QSize(80, 45), 2.0)
    assert memory(image) == pixels.__array_interface__["data"][0]


def test_fine_stripes_become_grey_where_the_picture_is_small(qtbot: QtBot) -> None:
    stripes = np.zeros((90, 162, 3), np.uint8)
    stripes[:, ::2] = 255
    image = ScaledPicture().image(stripes, QSize(54, 30), 1.0)  # every pixel averages 1.5 stripes
    sums = {image.pixelColor(x, 4).red() + image.pixelColor(x + 1, 4).red() for x in range(10, 40)}
    assert max(sums) - min(sums) <= 2
    assert 252 <= min(sums) <= 258


def test_layers_lie_upon_each_other_where_they_are_to_be_seen(qtbot: QtBot) -> None:
    below, above = picture(WIDE, (200, 0, 0)), picture(WIDE, (0, 200, 0))
    place = QRect(10, 5, 80, 45)
    layers = (Layer(below, place), Layer(above, QRect(10, 5, 30, 45)))
    widget = PaintedPicture(lambda: Scene("#0000c8", place, layers))
    qtbot.addWidget(widget)
    widget.resize(100, 60)
    image = widget.grab().toImage()
    seen = [image.pixelColor(x, 20) for x in (9, 10, 39, 40, 89, 90)]
    blue, green, red = QColor(0, 0, 200), QColor(0, 200, 0), QColor(200, 0, 0)
    assert seen == [blue, green, green, red, red, blue]


@pytest.mark.parametrize("size", [QSize(40, 23), QSize(70, 39), QSize(33, 19), QSize(12, 7)])
def test_where_it_shrinks_every_pixel_counts(qtbot: QtBot, size: QSize) -> None:
    bright = np.zeros((92, 160, 3), np.uint8)
    means = []
    for y, x in ((40, 80), (41, 81), (42, 83), (43, 85)):
        bright[:] = 0
        bright[y, x] = 255
        image = ScaledPicture().image(bright.copy(), size, 1.0)
        seen = [
            image.pixelColor(c, r).red() for r in range(size.height()) for c in range(size.width())
        ]
        means.append(sum(seen))
    even = 255 * size.width() * size.height() / (92 * 160)
    assert all(mean > 0.4 * even for mean in means)


@pytest.mark.parametrize("wide", [159, 160])
def test_areas_are_averaged_whether_or_not_sides_can_be_halved(qtbot: QtBot, wide: int) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (92, wide, 3), np.uint8)
    image = ScaledPicture().image(pixels, QSize(40, 23), 1.0)
    wanted = cv2.resize(pixels, (40, 23), interpolation=cv2.INTER_AREA)
    levels = (image.pixelColor(7, 9).red(), image.pixelColor(30, 20).blue())
    assert levels == pytest.approx((wanted[9, 7, 0], wanted[20, 30, 2]), abs=1)
