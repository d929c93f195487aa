"""Noise depends on the seed, the frame and the step alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import Tensor

from engine.model.sampling.noise import NoiseGenerator
from engine.settings import MAX_SEED

SHAPE = (4, 32, 32)


def drawn(frame: int, *, seed: int = 7, consistency: float = 0.0, steps: int = 1) -> Tensor:
    return NoiseGenerator(seed, consistency).draw(frame, steps, SHAPE)


def alike(one: Tensor, other: Tensor) -> float:
    """The correlation of two noises, 0..1."""
    return float(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1])


@pytest.mark.parametrize("consistency", [0.0, 0.5, 1.0])
def test_the_same_seed_and_frame_give_the_same_noise(consistency: float) -> None:
    assert torch.equal(drawn(3, consistency=consistency), drawn(3, consistency=consistency))


@pytest.mark.parametrize("consistency", [0.0, 0.3, 0.9, 1.0])
def test_noise_is_standard_normal_however_much_is_shared(consistency: float) -> None:
    noise = drawn(3, consistency=consistency)
    assert float(noise.mean()) == pytest.approx(0.0, abs=0.06)
    assert float(noise.std()) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("consistency", [0.0, 0.4, 0.8, 1.0])
def test_frames_have_as_much_in_common_as_is_asked_for(consistency: float) -> None:
    generator = NoiseGenerator(7, consistency)
    one, other = (generator.draw(frame, 1, SHAPE) for frame in (3, 4))
    assert alike(one, other) == pytest.approx(consistency, abs=0.06)


def test_seeds_frames_and_steps_draw_noises_of_their_own() -> None:
    first, second = drawn(3, steps=2)
    for other in (second, drawn(4)[0], drawn(3, seed=8)[0]):
        assert abs(alike(first, other)) < 0.06


def test_more_steps_leave_the_first_ones_as_they_are() -> None:
    assert torch.equal(drawn(3, steps=3)[:1], drawn(3, steps=1))


def test_the_order_of_the_frames_does_not_matter() -> None:
    generator = NoiseGenerator(7, 0.5)
    there = [generator.draw(frame, 2, SHAPE) for frame in (0, 1, 2)]
    back = [generator.draw(frame, 2, SHAPE) for frame in (2, 1, 0)]
    assert all(torch.equal(a, b) for a, b in zip(there, reversed(back), strict=True))


def test_threads_draw_the_same_as_one_after_the_other() -> None:
    generator = NoiseGenerator(7, 0.5)
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda frame: generator.draw(frame, 1, SHAPE), range(8)))
    assert all(
        torch.equal(noise, drawn(frame, consistency=0.5)) for frame, noise in enumerate(together)
    )


def test_the_largest_seed_draws_noise_too() -> None:
    assert torch.isfinite(drawn(2**40, seed=MAX_SEED)).all()
