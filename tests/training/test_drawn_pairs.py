"""Batches of drawn pairs, and the losses of a step on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.drawing.colour import Plane, rgb
from engine.drawing.landmarks import face_of
from engine.drawing.looks import ANIME, LOOKS, MANGA, Look, look_named
from engine.drawing.palette import decided, with_colours
from engine.drawing.plan import planned
from engine.drawing.planned_face import PlannedFace
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.seen import BROWN
from training.anime.packs import SHAPES, Pair, PairFace, write_pack
from training.drawn_pairs import DrawnPairs
from training.hair_colours import recoloured
from training.network import LOOKS as LOOK_NAMES
from training.network import BuiltIn
from training.train_characters import (
    Lessons,
    TrainableCharacters,
    autoencoder_losses,
    laid_upon,
    losses,
    one_style,
    restyle,
)


@pytest.fixture
def pairs(tmp_path: Path) -> DrawnPairs:
    random = np.random.default_rng(0)
    face = face_of(found_at(192.0, 180.0, 150.0))
    points = face.points.astype(np.float32)
    shapes = np.zeros(len(SHAPES), np.float32)
    source, drawing = (random.integers(0, 256, (384, 384, 3), np.uint8) for _ in range(2))
    one = PairFace(points, points, (0.0, 0.0), shapes, decided([BROWN]))
    write_pack(tmp_path / "train-000.npz", [Pair("face-1", source, drawing, (one,))])
    return DrawnPairs(tmp_path)


@pytest.fixture
def every_look(pairs: DrawnPairs, tmp_path: Path) -> list[DrawnPairs]:
    return [pairs, *(DrawnPairs(tmp_path, look_named(name)) for name in LOOK_NAMES[1:])]


def test_without_packs_the_command_is_named_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"training\.anime\.pairs"):
        DrawnPairs(tmp_path)


@pytest.mark.parametrize(("frames", "side"), [(1, 192), (3, 128)])
def test_a_batch_has_its_shapes_and_ranges(pairs: DrawnPairs, frames: int, side: int) -> None:
    clips = pairs.clips(frames, side, [1.0, 0.4], np.random.default_rng(1))
    for pictures in (clips.source, clips.planned, clips.clean, clips.target):
        assert pictures.shape == (2, frames, 3, side, side)
        assert pictures.abs().max() <= 1.0
    assert clips.drawn.shape == (2, frames, 4, side, side)
    assert clips.tones.shape == (2, frames, 7, side // 8, side // 8)
    assert clips.weight.shape == (2, frames, 1, side, side)
    assert clips.weight.min() >= 1.0


def test_the_same_generator_gives_the_same_batch(pairs: DrawnPairs) -> None:
    one, other = (pairs.clips(2, 128, [1.0], np.random.default_rng(4)) for _ in range(2))
    assert torch.equal(one.source, other.source)
    assert torch.equal(one.target, other.target)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_without_a_share_the_target_is_the_source(
    pairs: DrawnPairs, tmp_path: Path, look: Look
) -> None:
    clips = DrawnPairs(tmp_path, look).clips(1, 128, [0.0], np.random.default_rng(2))
    assert torch.equal(clips.target, clips.clean)


def test_features_are_drawn_in_the_looks_colours(pairs: DrawnPairs, tmp_path: Path) -> None:
    grey, coloured = (
        DrawnPairs(tmp_path, look).clips(1, 192, [1.0], np.random.default_rng(6)).drawn[0, 0, :3]
        for look in (MANGA, pairs.look)
    )
    assert (grey.amax(0) - grey.amin(0)).max() < 0.03
    assert (coloured.amax(0) - coloured.amin(0)).max() > 0.3


def test_what_is_drawn_is_laid_upon_a_picture_as_far_as_it_agrees() -> None:
    drawn = torch.full((1, 4, 8, 8), 1.0)  # white, covering all
    decoded = torch.zeros(1, 4, 8, 8)
    for agreement, wanted in ((1.0, 1.0), (0.0, 0.5), (-1.0, 0.0), (-3.0, 0.0)):
        decoded[:, 3] = agreement
        assert laid_upon(decoded, drawn).mean() == pytest.approx(wanted)


def test_every_kind_of_step_has_losses_with_gradients(
    pairs: DrawnPairs, every_look: list[DrawnPairs]
) -> None:
    torch.manual_seed(0)
    filters = BuiltIn(motion=True).eval().requires_grad_(False)
    both, lessons = TrainableCharacters(filters), Lessons(every_look, filters)
    random = np.random.default_rng(3)
    for lesson in (
        lessons.drawn(random, 1, 3, 64),
        lessons.filtered(random),
        lessons.blended(random),
    ):
        total = losses(both, lesson, random)["total"]
        (gradient,) = torch.autograd.grad(total, [both.model.autoencoder.decoder.conv_out.weight])
        assert torch.isfinite(gradient).all()
        assert gradient.any()
    for _ in range(6):
        clips = pairs.clips(1, 64, [1.0, 1.0], random)
        assert torch.isfinite(autoencoder_losses(both.model, clips, random)["total"])
    painted = restyle(both.model, clips, one_style(0, 2), 1.0)
    assert painted.shape == clips.target.shape


def test_people_get_hair_of_the_colour_that_is_planned() -> None:
    before = PlannedFace(face_of(found_at(128.0, 140.0)), decided([BROWN]))
    after = replace(before, palette=with_colours(before.palette, None, (60.0, 50.0, -40.0)))
    drawing = np.full((256, 256, 3), 240, np.uint8)
    centre, axes = (128, 120), (58, 76)
    cv2.ellipse(drawing, centre, axes, 0, 0, 360, rgb(before.palette.hair).tolist(), -1)
    cv2.ellipse(drawing, (128, 150), (44, 60), 0, 0, 360, rgb(before.palette.skin).tolist(), -1)
    plans = planned(drawing, [before], ANIME), planned(drawing, [after], ANIME)
    changed = recoloured(drawing, [before], [after], plans)
    assert changed is not None
    assert np.abs(changed[60, 128] - rgb(after.palette.hair)).max() < 6
    assert np.array_equal(changed[5, 5], drawing[5, 5])
    assert np.array_equal(changed[205, 128], drawing[205, 128])


def test_hair_like_the_skin_is_left_alone() -> None:
    palette = decided([BROWN])
    before = PlannedFace(face_of(found_at(128.0, 140.0)), replace(palette, hair=palette.skin))
    drawing = np.full((256, 256, 3), rgb(palette.skin), np.float32).astype(np.uint8)
    plan = planned(drawing, [before], ANIME)
    assert recoloured(drawing, [before], [before], (plan, plan)) is None


class RightHalf:
    """Takes the right half of every picture for a person, and counts the pictures."""

    asked = 0

    def __init__(self, _: object) -> None: ...

    def read(self, _: Pixels) -> Plane:
        RightHalf.asked += 1
        mask = np.zeros((144, 256), np.float32)
        mask[:, 128:] = 1.0
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), 2.0), np.float32)


@pytest.mark.usefixtures("pairs")
def test_people_are_told_once_and_seen_in_plan_and_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = DrawnPairs(tmp_path), DrawnPairs(tmp_path)
    plain = one.clips(1, 192, [1.0], np.random.default_rng(5))
    monkeypatch.setattr("training.drawn_pairs.PersonMask", RightHalf)
    outlined, again = (other.clips(1, 192, [1.0], np.random.default_rng(5)) for _ in range(2))
    assert RightHalf.asked == 1
    assert torch.equal(outlined.target, again.target)
    for name in ("planned", "drawn", "target"):
        assert not torch.equal(getattr(plain, name), getattr(outlined, name)), name
