"""A line runs around people, wherever a mask is sure of where they end."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.drawing.colour import Plane
from engine.drawing.figures import Figures
from engine.drawing.head import Head
from engine.drawing.landmarks import face_of
from engine.drawing.looks import ANIME, HERO, MANGA, Look
from engine.drawing.portrait import body_line
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.test_head import palette, person

HEIGHT, WIDTH = 144, 256
EDGE = 0.375
"""Where the person begins, as a share of the width."""


def mask(soft: float = 1.7) -> Plane:
    """Somebody in the right part of the picture, from its top to its bottom."""
    plane = np.zeros((HEIGHT, WIDTH), np.float32)
    plane[:, round(EDGE * WIDTH) :] = 1.0
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), soft), np.float32)


def laid(
    figures: Figures,
    size: tuple[int, int],
    look: Look = ANIME,
    heads: tuple[tuple[Head, float], ...] = (),
) -> tuple[Pixels, Pixels]:
    """What is drawn, premultiplied, and its cover."""
    drawn, cover = np.zeros((*size, 3), np.uint8), np.zeros(size, np.uint8)
    figures.lay(drawn, cover, look, 1.0, heads)
    return drawn, cover


@pytest.mark.parametrize("size", [(144, 256), (360, 640), (512, 512), (640, 360), (720, 1280)])
def test_the_line_runs_where_the_person_ends_in_pictures_of_any_shape(
    size: tuple[int, int],
) -> None:
    _, cover = laid(Figures.of(mask(), size), size)
    rows = cover[size[0] // 4 : -size[0] // 4].astype(float)
    where = (rows * np.arange(size[1])).sum(1) / rows.sum(1)
    assert np.abs(where - (EDGE * size[1] - 0.5)).max() < 1.0
    inked = rows.sum(1) / 255.0  # pixels' worth
    assert inked.min() > 0.5
    assert inked.max() < 3.0 * max(1.0, min(size) / 512)


def test_there_is_no_line_where_the_picture_ends() -> None:
    _, cover = laid(Figures.of(mask(), (360, 640)), (360, 640))
    assert not cover[:, -100:].any()


def test_there_is_none_where_nobody_is_sure() -> None:
    sharp, vague = (
        laid(Figures.of(mask(soft), (360, 640)), (360, 640))[1].max() for soft in (1.7, 14.0)
    )
    assert sharp > 80
    assert vague < 40


@pytest.mark.parametrize("plane", [np.zeros((HEIGHT, WIDTH)), np.ones((HEIGHT, WIDTH))])
def test_nobody_and_somebody_everywhere_have_no_line(plane: Plane) -> None:
    drawn, cover = laid(Figures.of(plane.astype(np.float32), (360, 640)), (360, 640))
    assert not cover.any()
    assert not drawn.any()


def test_bold_looks_have_wider_lines() -> None:
    thin, bold = (
        laid(Figures.of(mask(), (360, 640)), (360, 640), look)[1].sum(dtype=int)
        for look in (ANIME, HERO)
    )
    assert bold > thin


@pytest.mark.parametrize("look", [ANIME, MANGA])
def test_what_is_laid_has_the_colour_of_the_line_alone(look: Look) -> None:
    drawn, cover = laid(Figures.of(mask(), (360, 640)), (360, 640), look)
    wanted = cover[..., None] / 255.0 * body_line(look)
    assert np.abs(drawn - wanted).max() <= 1.0


def test_it_moves_by_parts_of_a_pixel() -> None:
    figures = Figures.of(mask(), (360, 640))
    matrix = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.0]])
    _, here = laid(figures, (360, 640))
    _, there = laid(figures.moved(matrix), (360, 640))
    columns = np.arange(640)
    before, after = (float((each[180] * columns).sum() / each[180].sum()) for each in (here, there))
    assert after - before == pytest.approx(0.5, abs=0.1)


def test_a_head_that_has_its_own_line_gets_no_other() -> None:
    pixels, parts, _ = person()
    size = pixels.shape[:2]
    shares = np.asarray(1.0 - parts.shares[..., 3], np.float32)
    figures = Figures.of(shares, size)
    head = Head.of(parts, face_of(found_at()), palette().skin)
    window, own = head.place(size)
    inner = np.zeros(size, bool)
    inner[window] = own == 255
    _, without = laid(figures, size)
    _, beside = laid(figures, size, heads=((head, 1.0),))
    assert without[inner].max() > 100
    assert not beside[inner].any()
    _, fading = laid(figures, size, heads=((head, 0.1),))  # the face is hardly there yet
    assert fading[inner].max() > 0.8 * without[inner].max()


def test_how_much_is_a_person_is_known_at_any_size() -> None:
    share = Figures.of(mask(), (720, 1280)).share((720, 1280))
    assert share[:, : round(EDGE * 1280) - 40].max() == 0
    assert share[:, round(EDGE * 1280) + 40 :].min() == 255


def test_what_moves_too_fast_has_no_line() -> None:
    trust = np.ones((90, 160), np.float32)
    trust[:45] = 0.0
    _, cover = laid(Figures.of(mask(), (360, 640), trust), (360, 640))
    assert not cover[:170].any()
    assert cover[200:].max() > 80
