from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.errors import SettingError
from engine.frames import Size, StyledFrame
from gui.features.placeholder_image import draw_placeholder, image_from, pixels_of, save_still
from gui.state.preferences import Placeholder, PlaceholderKind
from tests.gui.fakes import picture

RED = (200, 10, 10)


def test_a_card_has_the_words_on_it(qapp: QApplication) -> None:
    card, other = (draw_placeholder(Placeholder(text=text)) for text in ("Back soon", "Lunch"))
    assert card.shape == (720, 1280, 3)
    assert not np.array_equal(card, other)


def test_pixels_survive_the_way_through_an_image() -> None:
    pixels = np.arange(7 * 5 * 3, dtype=np.uint8).reshape(7, 5, 3)
    assert np.array_equal(pixels_of(image_from(pixels)), pixels)


def test_a_still_of_the_stream_can_be_the_placeholder(tmp_path: Path) -> None:
    frame = StyledFrame(picture(Size(64, 48), RED), 0, 0.0)
    chosen = save_still(frame, tmp_path / "still.png")
    assert chosen.kind is PlaceholderKind.STILL
    assert np.array_equal(draw_placeholder(chosen), frame.pixels)


def test_an_original_can_never_be_the_placeholder(tmp_path: Path) -> None:
    frame = StyledFrame(picture(Size(64, 48), RED), 0, 0.0, original=True)
    with pytest.raises(SettingError, match="untouched"):
        save_still(frame, tmp_path / "still.png")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    with pytest.raises(SettingError, match=r"broken\.png"):
        draw_placeholder(Placeholder(PlaceholderKind.PICTURE, path=str(broken)))
