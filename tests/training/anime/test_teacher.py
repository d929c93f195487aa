"""With MediaPipe, in the own environment that training/anime/README.md tells of; else skipped."""

import cv2
import numpy as np
import pytest

from engine.drawing.colour import difference
from engine.drawing.looks import ANIME
from engine.evaluation.skin import skin_colour
from training.paths import DATA
from training.sources import clip_paths, face_paths, read_clip, read_picture

pytest.importorskip("mediapipe")
if not (DATA / "models" / "face_landmarker.task").exists():
    pytest.skip("the test data's models are not here", allow_module_level=True)

from training.anime.teacher import Teacher, squared


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher()


def test_a_portrait_has_one_face_whose_skin_is_kept(teacher: Teacher) -> None:
    pixels = squared(read_picture(face_paths(held_out=True)[0]), 384)
    drawn = teacher.still(pixels, ANIME)
    assert len(drawn.faces) == 1
    before = skin_colour(pixels, drawn.faces[0].seen)
    after = skin_colour(drawn.picture, drawn.faces[0].points)
    assert before is not None
    assert after is not None
    assert difference(before, after) < 10.0


def test_a_wall_has_no_face(teacher: Teacher) -> None:
    drawn = teacher.still(np.full((384, 384, 3), 130, np.uint8), ANIME)
    assert drawn.faces == ()


def test_the_palette_never_changes_within_a_clip(teacher: Teacher) -> None:
    frames = [squared(frame, 384) for frame in read_clip(clip_paths(held_out=True)[0])[10:22:2]]
    drawings = list(teacher.clip(frames, ANIME))
    assert len({drawn.palettes for drawn in drawings}) == 1
    assert all(drawn.faces for drawn in drawings)


def test_two_frames_are_a_clip_as_well(teacher: Teacher) -> None:
    frames = [squared(frame, 384) for frame in read_clip(clip_paths(held_out=True)[0])[10:12]]
    assert [len(drawn.faces) for drawn in teacher.clip(frames, ANIME)] == [1, 1]


def test_a_frame_that_cannot_be_read_keeps_the_face_before(teacher: Teacher) -> None:
    frames = [squared(frame, 384) for frame in read_clip(clip_paths(held_out=True)[0])[10:16]]
    frames[4] = cv2.GaussianBlur(frames[4], (0, 0), 40)
    drawings = list(teacher.clip(frames, ANIME))
    assert len(drawings[4].faces) == 1
