import os
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.evaluation.scoring import (
    DepthStructure,
    FrameObserver,
    GradientStructure,
    Scorer,
    Scores,
    mean_scores,
)
from engine.frames import Pixels
from tests.engine.evaluation.pictures import noisy

DEPTH = Path(os.environ.get("LIVE2DIFF_TEST_DATA", "../shared"), "models")
DEPTH_MODEL = DEPTH / "tcmonodepth_small_192x320.onnx"


def test_the_scores_of_an_untouched_clip_are_those_of_its_input(portrait: Pixels) -> None:
    judge = GradientStructure()
    watcher, scorer = FrameObserver(judge), Scorer(judge)
    for variance_seed in range(4):
        seen = watcher.observe(noisy(portrait, 4.0, variance_seed))
        scorer.add(seen, seen.pixels)
    scores = scorer.scores()
    assert scores.warp_error == pytest.approx(8.0, rel=0.35)
    assert scores.structure_error == pytest.approx(0.0, abs=1e-9)
    assert scores.sharpness > 0


def test_two_frames_are_needed_for_a_score(portrait: Pixels) -> None:
    judge = GradientStructure()
    scorer = Scorer(judge)
    scorer.add(FrameObserver(judge).observe(portrait), portrait)
    with pytest.raises(ValueError, match="no values to average"):
        scorer.scores()


def test_an_output_of_another_size_is_refused(portrait: Pixels) -> None:
    judge = GradientStructure()
    with pytest.raises(ValueError, match="is not of the input's"):
        Scorer(judge).add(FrameObserver(judge).observe(portrait), portrait[:64].copy())


def test_every_clip_counts_the_same() -> None:
    assert mean_scores([Scores(1, 2, 3), Scores(3, 4, 7)]) == Scores(2, 3, 5)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"none")
    with pytest.raises(ModelError, match="cannot be used"):
        DepthStructure(tmp_path / "model.onnx")


@pytest.mark.skipif(
    not DEPTH_MODEL.is_file(), reason="the depth model of the test data is not here"
)
def test_the_depth_of_a_picture_survives_a_change_of_colour_and_not_a_mirror(
    portrait: Pixels,
) -> None:
    judge = DepthStructure(DEPTH_MODEL)
    depth = judge.structure(portrait)
    warmer = np.clip(portrait * np.array([1.1, 1.0, 0.9]), 0, 255).astype(np.uint8)
    recoloured = judge.difference(depth, judge.structure(warmer))
    mirrored = judge.difference(depth, judge.structure(portrait[:, ::-1].copy()))
    assert recoloured < 0.05 < mirrored


def test_a_face_is_like_its_photograph_until_it_is_painted_over(portrait: Pixels) -> None:
    observer, judge = FrameObserver(GradientStructure()), GradientStructure()
    same, blank = Scorer(judge), Scorer(judge)
    for _ in range(2):
        observed = observer.observe(portrait, drawing=portrait)
        same.add(observed, portrait)
        blank.add(observed, np.full_like(portrait, 128))
    assert same.scores().faces.face_like_photo == pytest.approx(1.0)
    assert same.scores().faces.face_like_drawing == pytest.approx(1.0)
    assert blank.scores().faces.face_like_photo == 0.0


def test_without_a_face_nothing_is_said_of_faces() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (96, 96, 3), np.uint8)
    observer, scorer = FrameObserver(GradientStructure()), Scorer(GradientStructure())
    for _ in range(2):
        scorer.add(observer.observe(noise), noise)
    assert scorer.scores().faces.face_like_photo is None
