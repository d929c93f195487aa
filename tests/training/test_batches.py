"""Batches: what is drawn from the shards, and in which shape."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.random import default_rng

from training.batches import (
    Clip,
    Clips,
    Stills,
    StyleMixture,
    random_mixtures,
    to_pixels,
    to_tensor,
)
from training.stills import SIDE

STYLES = 3


def shard(count: int, start: int) -> np.ndarray:
    """Windows of one grey each, whose styles are 20, 40 and 60 lighter."""
    levels = start + np.arange(count)[:, None] + np.arange(1 + STYLES) * 20
    return np.broadcast_to(
        levels[:, :, None, None, None], (count, 1 + STYLES, SIDE, SIDE, 3)
    ).astype(np.uint8)


@pytest.fixture(scope="module")
def drawn() -> Stills:
    return Stills([shard(2, 50), shard(3, 100)])


def test_pictures_survive_the_way_to_tensors_and_back() -> None:
    pictures = list(default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8))
    again = to_pixels(to_tensor(pictures))
    assert all(np.array_equal(a, b) for a, b in zip(pictures, again, strict=True))


def test_tensors_lie_between_minus_one_and_one() -> None:
    picture = np.array([[[0, 127, 255]]], np.uint8)
    assert to_tensor([picture]).flatten().tolist() == pytest.approx([-1, -0.0039, 1], abs=1e-3)


def test_what_is_too_bright_or_too_dark_is_cut_off() -> None:
    assert to_pixels(torch.tensor([-3.0, 3.0, 0.0]).view(1, 3, 1, 1))[0].tolist() == [
        [[0, 255, 128]]
    ]


def test_the_number_of_styles_is_that_of_the_shards(drawn: Stills) -> None:
    assert drawn.styles == STYLES


def test_every_window_of_every_shard_is_drawn(drawn: Stills) -> None:
    random = default_rng(0)
    seen = {int(drawn.still(random)[0, 0, 0, 0]) for _ in range(80)}
    assert seen == {50, 51, 100, 101, 102}


def test_crops_have_one_frame_and_all_parts_of_one_size(drawn: Stills) -> None:
    batch = drawn.crops(2, 32, default_rng(1))
    for part in (batch.source, batch.clean, batch.target):
        assert part.shape == (2, 1, 3, 32, 32)
    assert batch.mixture.shape == (2, STYLES)
    assert batch.mixture.sum(1).tolist() == pytest.approx([1.0, 1.0])


def test_clips_have_as_many_frames_as_are_asked_for(drawn: Stills) -> None:
    batch = drawn.clips(2, 3, 32, default_rng(1))
    assert batch.source.shape == batch.clean.shape == batch.target.shape == (2, 3, 3, 32, 32)


def test_the_same_generator_draws_the_same_batch(drawn: Stills) -> None:
    one, other = (drawn.clips(1, 2, 32, default_rng(7)) for _ in range(2))
    assert torch.equal(one.source, other.source)
    assert torch.equal(one.target, other.target)


def test_noise_lies_on_the_source_alone(drawn: Stills) -> None:
    batch = drawn.crops(8, 32, default_rng(2))
    assert float((batch.source - batch.clean).abs().mean()) > 0.0
    assert float(batch.clean.std(dim=(3, 4)).max()) < 1e-6
    assert float(batch.target.std(dim=(3, 4)).max()) < 1e-6


def test_a_target_is_its_style_of_the_clean_picture(drawn: Stills) -> None:
    batch = drawn.crops(8, 16, default_rng(3))
    lighter = (batch.target - batch.clean)[:, 0, 0, 0, 0] * 127.5
    expected = batch.mixture @ torch.tensor([20.0, 40.0, 60.0])
    assert lighter.tolist() == pytest.approx(expected.tolist(), abs=0.6)


@pytest.mark.parametrize(("weight", "level"), [(0.0, 30), (0.5, 50), (1.0, 70)])
def test_a_mixture_lies_between_its_styles(weight: float, level: int) -> None:
    pictures = np.stack([np.full((4, 4, 3), v, np.uint8) for v in (10, 30, 70)])
    clean, target = StyleMixture(0, 1, weight).of(pictures)
    assert (clean == 10).all()
    assert (target == level).all()


def test_most_mixtures_are_one_style_and_some_are_two() -> None:
    random = default_rng(0)
    weights = [random_mixtures(random, 8).weight for _ in range(400)]
    mixed = [weight for weight in weights if weight > 0.0]
    assert 20 < len(mixed) < 90
    assert all(0.1 <= weight <= 0.9 for weight in mixed)


def test_styles_that_are_hard_to_learn_are_drawn_more_often() -> None:
    random = default_rng(0)
    first = [random_mixtures(random, 8).first for _ in range(2000)]
    assert first.count(7) > 1.5 * first.count(5)


def test_a_style_mixed_with_itself_counts_whole() -> None:
    frame = tuple(np.zeros((4, 4, 3), np.uint8) for _ in range(3))
    clip = Clip([(frame[0], frame[1], frame[2])], StyleMixture(1, 1, 0.4))
    assert Clips.gather([clip], STYLES).mixture.tolist() == [pytest.approx([0.0, 1.0, 0.0])]
