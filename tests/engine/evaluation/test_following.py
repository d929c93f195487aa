"""Eyes that close and mouths that open are compared over a clip."""

from collections.abc import Iterable

import numpy as np
import pytest

from engine.evaluation.following import FEWEST_FRAMES, Following

TIMES = np.arange(24)
BLINK = np.where((TIMES > 9) & (TIMES < 13), 0.05, 0.3)
SPEECH = 0.15 + 0.15 * np.sin(TIMES / 2.0)
STILL = np.full(24, 0.2)


def face(eyes: float, mouth: float) -> np.ndarray:
    """Points of a face whose eyes and mouth are this wide open, relative to their width."""
    points = np.zeros((478, 3), np.float32)
    for left, right, upper, lower, y, gap in (
        (33, 133, 159, 145, 40.0, eyes),
        (362, 263, 386, 374, 40.0, eyes),
        (78, 308, 13, 14, 80.0, mouth),
    ):
        points[left, :2], points[right, :2] = (0.0, y), (20.0, y)
        points[upper, :2], points[lower, :2] = (10.0, y - 10.0 * gap), (10.0, y + 10.0 * gap)
    return points


def following(
    eyes: Iterable[float],
    mouth: Iterable[float],
    drawn_eyes: Iterable[float],
    drawn_mouth: Iterable[float],
) -> Following:
    found = Following()
    for seen, speech, drawn, drawn_speech in zip(eyes, mouth, drawn_eyes, drawn_mouth, strict=True):
        found.add(0, face(seen, speech), face(drawn, drawn_speech))
    return found


def test_the_same_movement_at_another_size_is_followed() -> None:
    found = following(BLINK, SPEECH, 0.1 + 2.0 * BLINK, 0.5 * SPEECH)
    assert found.blinks == pytest.approx(1.0)
    assert found.lips == pytest.approx(1.0)


def test_a_face_that_does_not_move_follows_nothing() -> None:
    found = following(BLINK, SPEECH, STILL, STILL)
    assert found.blinks == pytest.approx(0.0, abs=1e-3)
    assert found.lips == pytest.approx(0.0, abs=1e-3)


def test_smeared_movements_are_followed_less() -> None:
    smeared = [float(BLINK[max(0, t - 4) : t + 1].mean()) for t in TIMES]
    found = following(BLINK, SPEECH, smeared, SPEECH)
    assert 0.0 < (found.blinks or 0.0) < 0.9


def test_without_a_blink_or_a_word_nothing_is_said() -> None:
    found = following(STILL, STILL, BLINK, SPEECH)
    assert found.blinks is None
    assert found.lips is None


def test_too_few_frames_say_nothing() -> None:
    few = slice(8, 7 + FEWEST_FRAMES)
    assert following(BLINK[few], SPEECH[few], BLINK[few], SPEECH[few]).blinks is None


def test_each_person_is_compared_with_themselves() -> None:
    found = Following()
    for seen, other in zip(BLINK, BLINK[::-1], strict=True):
        found.add(0, face(seen, 0.0), face(seen, 0.0))
        found.add(1, face(other, 0.0), face(other, 0.0))
    assert found.blinks == pytest.approx(1.0)
