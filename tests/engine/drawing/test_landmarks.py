from dataclasses import replace

import numpy as np
import pytest

from engine.drawing.landmarks import IRIS, LOWER_LID, UPPER_LID, Face, eye_openings, face_of, gaze
from tests.training.anime.conftest import found_at


def test_a_face_has_478_points() -> None:
    with pytest.raises(ValueError, match="478"):
        face_of(replace(found_at(), points=np.zeros((468, 2))))


def test_the_mean_face_looks_ahead_with_open_eyes(face: Face) -> None:
    assert min(eye_openings(face)) > 0.6
    assert sum(gaze(face)) == pytest.approx(0.0, abs=0.06)
    assert face.turn < 0.1


def test_measures_do_not_depend_on_the_size(face: Face) -> None:
    small = face_of(found_at(height=40.0))
    assert eye_openings(small) == pytest.approx(eye_openings(face), abs=1e-6)
    assert small.scale == pytest.approx(face.scale / 3)


def test_a_look_to_the_side_moves_both_irises(face: Face) -> None:
    points = face.points.copy()
    points[list(IRIS)] += (4.0, 0.0)
    assert min(gaze(replace(face, points=points))) > max(gaze(face)) + 0.05


def test_one_closed_eye_is_a_wink(face: Face) -> None:
    points = face.points.copy()
    points[list(UPPER_LID[0])] = points[list(LOWER_LID[0])]
    shut, open_ = eye_openings(replace(face, points=points))
    assert shut < 0.17
    assert open_ > 0.6


def test_a_blink_is_told_by_its_blendshape(face: Face) -> None:
    assert (
        max(eye_openings(replace(face, shapes={"eyeBlinkLeft": 0.9, "eyeBlinkRight": 0.9}))) < 0.1
    )


def test_a_turned_head_has_its_narrow_side_far(face: Face) -> None:
    found = found_at()
    points = found.points.copy()
    points[454] -= (38.0, 0.0)
    turned = face_of(replace(found, points=points))
    assert (turned.far, face.turn < 0.1 < turned.turn) == (1, True)
