"""Noise levels of few-step denoising: pure functions of a strength and a number of steps.

DDPM with linear betas; few-step timesteps and boundary scalings of Latent Consistency Models
(Luo et al. 2023, arXiv 2310.04378, section 4), as Live2Diff (arXiv 2407.08701) uses them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

TRAIN_TIMESTEPS = 1000
INFERENCE_STEPS = 50
BETA_START, BETA_END = 0.00085, 0.012
SIGMA_DATA = 0.5
TIMESTEP_SCALING = 10.0


def _alphas_cumprod() -> tuple[float, ...]:
    betas = np.linspace(BETA_START, BETA_END, TRAIN_TIMESTEPS, dtype=np.float32)
    return tuple(float(a) for a in np.cumprod(np.float32(1) - betas, dtype=np.float32))


ALPHAS_CUMPROD = _alphas_cumprod()
"""a_t for t = 0..999 in float32: linear betas, not Stable Diffusion's scaled-linear ones."""


@dataclass(frozen=True, slots=True)
class NoiseLevel:
    """The timestep of one denoising step, and the coefficients that follow from it.

    x = signal z + noise e. x0 = c_out (x - noise eps) / signal + c_skip x.
    """

    timestep: int
    signal: float
    noise: float
    c_skip: float
    c_out: float


def noise_level(timestep: int) -> NoiseLevel:
    """The level of a timestep 0..999. Raises ValueError outside."""
    if not 0 <= timestep < TRAIN_TIMESTEPS:
        raise ValueError(f"timestep must lie in [0, {TRAIN_TIMESTEPS}), got {timestep}")
    alpha = ALPHAS_CUMPROD[timestep]
    scaled = TIMESTEP_SCALING * timestep
    spread = scaled**2 + SIGMA_DATA**2
    return NoiseLevel(
        timestep=timestep,
        signal=math.sqrt(alpha),
        noise=math.sqrt(1.0 - alpha),
        c_skip=SIGMA_DATA**2 / spread,
        c_out=scaled / math.sqrt(spread),
    )


def step_indices(strength: float, steps: int) -> tuple[int, ...]:
    """Indices into the 50 few-step timesteps: the first follows from strength (0.2..1).

    Strength 0.4 with two steps is (30, 40).
    """
    first = round(INFERENCE_STEPS * (1.0 - strength))
    return tuple(first + i * (INFERENCE_STEPS - first) // steps for i in range(steps))


def few_step_timestep(index: int) -> int:
    """The timestep of index 0..49 among 50 inference steps: 999 - 20 index."""
    return TRAIN_TIMESTEPS - 1 - (TRAIN_TIMESTEPS // INFERENCE_STEPS) * index


def noise_levels(indices: Sequence[int]) -> tuple[NoiseLevel, ...]:
    """The levels of few-step indices, first step first. Raises ValueError unless they rise."""
    if not indices or list(indices) != sorted(set(indices)):
        raise ValueError(f"few-step indices must rise, got {list(indices)}")
    return tuple(noise_level(few_step_timestep(index)) for index in indices)
