"""What is done to pictures to see whether the measurements notice."""

import numpy as np

from engine.frames import Pixels


def noisy(picture: Pixels, variance: float, seed: int) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, np.sqrt(variance), picture.shape)
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
