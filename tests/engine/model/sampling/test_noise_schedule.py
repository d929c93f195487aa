"""Noise levels against the published scheduler's own."""

import pytest
import torch
from diffusers import LCMScheduler

from engine.model.sampling.noise_schedule import (
    few_step_timestep,
    noise_level,
    noise_levels,
    step_indices,
)


@pytest.mark.parametrize(
    ("strength", "steps", "indices"),
    [(0.4, 2, (30, 40)), (1.0, 1, (0,)), (1.0, 4, (0, 12, 25, 37)), (0.2, 1, (40,))],
)
def test_strength_is_the_first_timestep(
    strength: float, steps: int, indices: tuple[int, ...]
) -> None:
    assert step_indices(strength, steps) == indices


@pytest.mark.parametrize("steps", range(1, 9))
def test_every_strength_gives_rising_steps(steps: int) -> None:
    for hundredths in range(20, 101):
        assert len(noise_levels(step_indices(hundredths / 100, steps))) == steps


def test_timesteps_and_boundary_scalings_are_the_lcm_schedulers() -> None:
    scheduler = LCMScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="linear", prediction_type="epsilon"
    )
    scheduler.set_timesteps(50, original_inference_steps=50)
    assert scheduler.timesteps.tolist() == [few_step_timestep(i) for i in range(50)]
    for timestep in (999, 399, 19):
        level = noise_level(timestep)
        c_skip, c_out = scheduler.get_scalings_for_boundary_condition_discrete(
            torch.tensor(timestep)
        )
        assert level.c_skip == pytest.approx(float(c_skip), rel=1e-6)
        assert level.c_out == pytest.approx(float(c_out), rel=1e-6)
        assert level.signal**2 == pytest.approx(float(scheduler.alphas_cumprod[timestep]), rel=1e-6)


def test_indices_must_rise() -> None:
    with pytest.raises(ValueError, match="must rise"):
        noise_levels((3, 3))
