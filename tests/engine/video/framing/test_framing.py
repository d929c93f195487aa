"""The window follows whoever is in the picture: within its limits of speed, and never nervously."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest

from engine.frames import Frame, Pixels, Size, Span
from engine.imaging import WHOLE_PICTURE, Window
from engine.settings import InputSettings
from engine.video.framing.framer import LOOK_EVERY, AutoFraming
from engine.video.framing.motion import FASTEST, HARDEST
from engine.video.framing.subject import HEADROOM, Plane, people_in, window_around

SIZE = Size(64, 36)
FPS = 30.0
EDGE = 1e-9
ASPECT = 16 / 9

Script = Callable[[float], Sequence[Window] | None]
"""Where people are at a moment, in seconds."""


def mask_of(people: Sequence[Window]) -> Plane:
    """A mask with these boxes, drawn to fractions of a pixel, as a network's is."""
    rows, columns = ((np.arange(n) + 0.5) / n for n in (144, 256))
    mask = np.zeros((144, 256), np.float32)
    for box in people:
        across = np.clip((columns - box.left) * 256 + 0.5, 0, 1)
        across *= np.clip((box.left + box.width - columns) * 256 + 0.5, 0, 1)
        down = np.clip((rows - box.top) * 144 + 0.5, 0, 1)
        down *= np.clip((box.top + box.height - rows) * 144 + 0.5, 0, 1)
        mask = np.maximum(mask, np.outer(down, across).astype(np.float32))
    return mask


def film(
    script: Script, seconds: float, *, fps: float = FPS, on: Script | None = None
) -> list[Window]:
    """The window at each frame of a stream."""
    now = [0.0]

    def find(_: Pixels) -> Plane | None:
        people = script(now[0])
        return None if people is None else mask_of(people)

    framing = AutoFraming(find, InputSettings(), paced=True, on=True)
    framing.start()
    picture = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    windows = []
    for number in range(round(seconds * fps)):
        now[0] = number / fps
        framing.on = on is None or bool(on(now[0]))
        framing.fit(Frame(picture, number, now[0]), SIZE, fps)
        windows.append(framing.window)
    return windows


def places(windows: Sequence[Window]) -> np.ndarray:
    """Centre and side of each."""
    return np.array([(w.left + w.width / 2, w.top + w.height / 2, w.width) for w in windows])


def someone(left: float, top: float = 0.4, width: float = 0.12, height: float = 0.4) -> Window:
    return Window(left, top, width, height)


def steps(second: float) -> Sequence[Window]:
    """Stands, walks across, stands, is gone, comes back elsewhere."""
    if second < 3.0:
        return [someone(0.2)]
    if second < 6.0:
        return [someone(0.2 + 0.15 * (second - 3.0))]
    if second < 9.0:
        return [someone(0.65)]
    return [] if second < 13.0 else [someone(0.1, 0.5, 0.1, 0.3)]


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
def test_speed_and_acceleration_are_limited_and_the_window_stays_inside(fps: float) -> None:
    windows = film(steps, 18.0, fps=fps)
    speeds = np.diff(places(windows), axis=0) * fps
    assert np.linalg.norm(speeds, axis=1).max() <= 1.01 * FASTEST
    # the last step of a move may be as long as nobody sees
    changes = np.linalg.norm(np.diff(speeds, axis=0), axis=1) * fps
    assert np.percentile(changes, 99) <= HARDEST * 1.05
    for window in windows:
        assert min(window.left, window.top) >= -EDGE
        assert max(window.left + window.width, window.top + window.height) <= 1.0 + EDGE


def test_whoever_stands_still_is_framed_with_headroom_and_nothing_moves_then() -> None:
    windows = film(lambda _: [someone(0.2)], 12.0)
    last = windows[-1]
    assert last.width == pytest.approx(0.5)
    assert last.left + last.width / 2 == pytest.approx(0.26, abs=0.01)
    assert 0.4 - last.top == pytest.approx(HEADROOM * last.width, abs=0.02)
    assert set(windows[-120:]) == {last}


def test_a_walk_across_is_followed_to_its_end() -> None:
    windows = film(steps, 9.0)
    at_six = windows[round(6.0 * FPS)]
    assert at_six.left < 0.71 < at_six.left + at_six.width  # in view, though not yet in the middle
    last = windows[-1]
    assert last.left + last.width / 2 == pytest.approx(0.71, abs=0.05)
    reached = places(windows)[round(4.2 * FPS) :, 0]  # it had still settled at the beginning
    assert np.diff(reached).min() >= -EDGE  # to the right all the way, never back


def test_trembling_and_gestures_do_not_move_it() -> None:
    random = np.random.default_rng(0)

    def nervous(second: float) -> Sequence[Window]:
        tremble = random.normal(0.0, 0.006, 4)
        wave = [Window(0.52, 0.5, 0.09, 0.03)] if second % 2.0 < 0.35 else []  # an arm
        return [Window(*(np.array((0.4, 0.3, 0.15, 0.5)) + tremble)), *wave]

    windows = film(nervous, 25.0)
    assert windows[-1] != WHOLE_PICTURE
    assert len(set(windows[round(8.0 * FPS) :])) == 1


def test_it_does_not_overshoot_where_somebody_jumps_aside() -> None:
    windows = film(lambda second: [someone(0.15 if second < 5.0 else 0.6)], 14.0)
    across = places(windows)[round(5.0 * FPS) :, 0]
    assert across.max() <= across[-1] + 0.002
    assert across[-1] == pytest.approx(0.66, abs=0.02)


def test_several_people_are_all_in_view() -> None:
    both = [someone(0.25), someone(0.6)]
    last = film(lambda _: both, 10.0)[-1]
    assert last.width < 1.0
    for person in both:
        assert last.left <= person.left
        assert person.left + person.width <= last.left + last.width
    assert film(lambda _: [someone(0.02), someone(0.85)], 10.0)[-1] == WHOLE_PICTURE


def test_specks_and_posters_are_nobody() -> None:
    assert people_in(mask_of([Window(0.5, 0.5, 0.03, 0.05)]), ASPECT) is None
    assert people_in(np.zeros((144, 256), np.float32), ASPECT) is None
    alone = people_in(mask_of([someone(0.2)]), ASPECT)
    assert people_in(mask_of([someone(0.2), Window(0.9, 0.1, 0.05, 0.08)]), ASPECT) == alone


def test_an_outstretched_arm_hardly_widens_the_box() -> None:
    body = Window(0.4, 0.3, 0.2, 0.6)
    alone = people_in(mask_of([body]), ASPECT)
    pointing = people_in(mask_of([body, Window(0.6, 0.5, 0.2, 0.02)]), ASPECT)
    assert alone is not None
    assert pointing is not None
    assert pointing.left + pointing.width - (alone.left + alone.width) < 0.12


def test_whoever_sits_down_to_the_edge_of_the_picture_is_framed_by_the_upper_body() -> None:
    sitting = people_in(mask_of([Window(0.3, 0.15, 0.3, 0.85)]), ASPECT)
    assert sitting is not None
    assert sitting.height == pytest.approx(sitting.width * ASPECT)
    window = window_around(sitting)
    assert window.width < 0.75
    assert window.top < 0.15 < sitting.top + sitting.height <= window.top + window.height


def test_whoever_fills_the_picture_leaves_it_whole() -> None:
    assert window_around(Window(0.2, 0.1, 0.5, 0.9)) == WHOLE_PICTURE


@pytest.mark.parametrize("script", [lambda _: None, lambda _: []], ids=["unknown", "nobody"])
def test_the_picture_is_whole_while_nobody_is_there(script: Script) -> None:
    assert set(film(script, 5.0)) == {WHOLE_PICTURE}


def test_it_waits_for_somebody_who_is_gone_for_a_moment_then_shows_the_whole_picture() -> None:
    def away(second: float) -> Sequence[Window]:
        return [] if 6.0 <= second < 7.5 or second >= 10.0 else [someone(0.2)]

    windows = film(away, 18.0)
    framed = windows[round(5.9 * FPS)]
    assert set(windows[round(5.9 * FPS) : round(10.0 * FPS)]) == {framed}
    assert windows[round(11.0 * FPS)] == framed
    assert windows[-1] == WHOLE_PICTURE


def test_switched_off_it_goes_back_to_the_whole_picture_as_calmly() -> None:
    windows = film(lambda _: [someone(0.2)], 14.0, on=lambda s: [someone(0)] if s < 7.0 else None)
    speeds = np.linalg.norm(np.diff(places(windows), axis=0), axis=1) * FPS
    assert windows[round(6.9 * FPS)] != WHOLE_PICTURE
    assert windows[-1] == WHOLE_PICTURE
    assert speeds.max() <= 1.01 * FASTEST


def test_it_looks_five_times_a_second_and_not_at_all_while_off() -> None:
    looks: list[tuple[int, ...]] = []

    def look(picture: Pixels) -> None:
        looks.append(picture.shape)

    framing = AutoFraming(look, InputSettings(), paced=True, on=False)
    framing.start()
    picture = np.zeros((720, 1280, 3), np.uint8)
    for number in range(60):
        framing.on = number >= 30
        framing.fit(Frame(picture, number, number / FPS), Size(1280, 720), FPS)
    assert looks == [(180, 320, 3)] * round(1.0 / LOOK_EVERY)


def test_a_film_is_framed_by_its_own_times_so_that_its_result_does_not_depend_on_speed() -> None:
    def run(delays: float) -> list[Window]:
        framing = AutoFraming(
            lambda _: mask_of([someone(0.2)]), InputSettings(), paced=False, on=True
        )
        framing.start()
        picture = np.zeros((36, 64, 3), np.uint8)
        windows: list[Window] = []
        for number in range(90):
            span = Span(number / 25, (number + 1) / 25)
            framing.fit(Frame(picture, number, delays * number, span), SIZE, 25.0)
            windows.append(framing.window)
        return windows

    assert run(0.001) == run(2.0)
    assert run(0.001)[-1] != WHOLE_PICTURE


def test_a_source_that_comes_back_begins_with_the_whole_picture() -> None:
    framing = AutoFraming(lambda _: mask_of([someone(0.2)]), InputSettings(), paced=True, on=True)
    picture = np.zeros((36, 64, 3), np.uint8)
    for _ in range(2):
        framing.start()
        assert framing.window == WHOLE_PICTURE
        for number in range(120):
            framing.fit(Frame(picture, number, number / FPS), SIZE, FPS)
        assert framing.window != WHOLE_PICTURE


def test_what_is_framed_is_shown_to_fractions_of_a_pixel() -> None:
    """A slow move must not advance in steps: a gradient rises evenly from frame to frame."""
    gradient = np.zeros((360, 640, 3), np.uint8)
    gradient[:] = np.linspace(0, 255, 640).astype(np.uint8)[None, :, None]
    framing = AutoFraming(lambda _: mask_of([someone(0.6)]), InputSettings(), paced=True, on=True)
    framing.start()
    means = []
    for number in range(90):
        shown = framing.fit(Frame(gradient, number, number / FPS), Size(640, 360), FPS)
        means.append(float(shown.mean()))
    rises = [later - earlier for earlier, later in pairwise(means[30:75])]
    assert min(rises) > 0.0
    assert max(rises) < 2.0 * float(np.median(rises))
