"""Room and people lie in tones below what is drawn, and these are steady."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.drawing.colour import lab_picture
from engine.drawing.figures import Figures
from engine.drawing.ground import PEOPLE, ROOM, Ground, steps
from engine.frames import Pixels

HEIGHT, WIDTH = 144, 256
LEFT, RIGHT = np.s_[:, : WIDTH // 2 - 16], np.s_[:, WIDTH // 2 + 16 :]
"""The room, and the person."""


def figures() -> Figures:
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[:, WIDTH // 2 :] = 1.0
    return Figures.of(mask, (HEIGHT, WIDTH))


def shaded() -> Pixels:
    """From dark above to light below."""
    column = np.linspace(10, 245, HEIGHT)[:, None, None]
    return np.broadcast_to(column, (HEIGHT, WIDTH, 3)).astype(np.uint8).copy()


def shares_in_tones(picture: Pixels) -> float:
    """The share of rows that have the lightness of the row above."""
    light = np.rint(lab_picture(picture)[..., 0].mean(1))
    return float(np.mean(np.diff(light) == 0))


def test_people_are_painted_in_fewer_and_harder_tones_than_the_room() -> None:
    painted = Ground().painted(shaded(), figures())
    room, people = (shares_in_tones(painted[side]) for side in (LEFT, RIGHT))
    assert people > 0.68 > room > shares_in_tones(shaded()) + 0.1


def test_without_knowing_who_is_there_everything_is_room() -> None:
    whole = Ground().painted(shaded(), None)
    apart = Ground().painted(shaded(), figures())
    np.testing.assert_array_equal(whole[LEFT], apart[LEFT])
    assert np.abs(whole[RIGHT].astype(int) - apart[RIGHT]).mean() > 1.0


def test_edges_between_tones_do_not_flicker_with_noise() -> None:
    random = np.random.default_rng(0)
    frames = [
        np.clip(shaded() + random.normal(0, 5, (HEIGHT, WIDTH, 1)), 0, 255).astype(np.uint8)
        for _ in range(10)
    ]
    ground = Ground()
    held = [ground.painted(frame, figures()) for frame in frames]
    alone = [Ground().painted(frame, figures()) for frame in frames]
    calm, restless = (
        np.mean([np.abs(a.astype(int) - b).mean() for a, b in pairwise(each[4:])])
        for each in (held, alone)
    )
    assert calm < 0.7 * restless


def test_what_clearly_changes_is_followed_at_once() -> None:
    ground = Ground()
    ground.painted(np.full((HEIGHT, WIDTH, 3), 40, np.uint8), figures())
    light = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    np.testing.assert_array_equal(
        ground.painted(light, figures()), Ground().painted(light, figures())
    )


def test_frames_of_another_size_begin_anew() -> None:
    ground = Ground()
    ground.painted(shaded(), figures())
    small = np.ascontiguousarray(shaded()[::2, ::2])
    np.testing.assert_array_equal(ground.painted(small, None), Ground().painted(small, None))


@pytest.mark.parametrize("tones", [ROOM, PEOPLE])
def test_tones_keep_the_order_of_lightness(tones: object) -> None:
    light = np.linspace(0, 100, 500, dtype=np.float32)
    assert isinstance(tones, type(ROOM))
    assert (np.diff(tones.of(light)) >= -1e-3).all()


def test_steps_are_flat_between_their_edges() -> None:
    light = np.linspace(0, 40, 401, dtype=np.float32)
    stepped = steps(light, 10.0, 0.1)
    assert np.mean(np.abs(stepped / 10 - np.rint(stepped / 10)) < 1e-4) > 0.75
    assert np.abs(stepped - light).max() <= 6.0
