"""Takes a film apart into the frequencies at which the mark may turn.

N frames of h x w pixels, F carrier frequencies. The mark turns once in `CYCLE` frames, and nobody
who receives a film knows at how many frames a second it was made: all usual rates are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

LOWEST_HZ, HIGHEST_HZ = 0.45, 2.8
"""A cycle of 24 frames at 12 to 60 frames/s, and somewhat beyond."""
STEP = 0.7
"""Between two frequencies, as a share of what a film of this length can tell apart."""
_STILL_FRAMES = 8
"""A film of fewer frames is looked at as a single picture."""
_CONTEXT_S = 1.2
"""Seconds over which what stands still is averaged, to be taken away."""
_CLIP = 1.5
"""Levels. What moves changes pixels by far more than the mark does, and says nothing about it."""
_SURROUND = 19
"""Pixels. Differences wider than this are no part of the pattern."""
_NEIGHBOURS = 9
"""Pixels over which the noise of a place is measured."""
_LEAST_NOISE = 0.5
"""As a share of the median: where a codec has frozen the picture there is no noise, nor a mark."""
_FROZEN = 0.02
"""As a share of the mean: places quieter than this have no part in the median. Where most of a
picture is full white, their median would say that next to no noise is usual.
"""

Maps = NDArray[np.float32]
"""(F, 2, h, w): real and imaginary part for each frequency, weighted by how quiet a place is."""


@dataclass(frozen=True, slots=True)
class GreyFilm:
    """A film as the detector sees it. pixels: (N, h, w) in 0..255. seconds: (N,), ascending."""

    pixels: NDArray[np.float32]
    seconds: NDArray[np.float64]

    @property
    def is_still(self) -> bool:
        """Whether it is too short to see the mark turn."""
        return len(self.pixels) < _STILL_FRAMES

    @property
    def length(self) -> float:
        """Seconds, the last frame's included."""
        count = len(self.seconds)
        span = float(self.seconds[-1] - self.seconds[0])
        return span * count / (count - 1) if count > 1 else 0.0


class Spectrum:
    """The changing part of a film. Its maps at any frequency are weighted alike.

    hertz: (F,), the frequencies to look at; for a still a single one, 0.
    """

    def __init__(self, film: GreyFilm) -> None:
        self.size = film.pixels.shape[1:]
        if film.is_still:
            self.hertz: NDArray[np.float64] = np.zeros(1)
            self._changes = film.pixels[:1].reshape(1, -1)
            self._seconds = np.zeros(1)
        else:
            self.hertz = np.arange(LOWEST_HZ, HIGHEST_HZ, STEP / film.length)
            self._changes = _changes(film)
            self._seconds = film.seconds - film.seconds[0]
        self._weights: NDArray[np.float32] | None = None
        self.maps = self.maps_at(self.hertz)

    def maps_at(self, hertz: NDArray[np.float64]) -> Maps:
        """(F, 2, h, w): how the picture changes at these frequencies."""
        turns = 2 * np.pi * np.outer(hertz, self._seconds)
        waves = np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)
        flat = waves.reshape(-1, len(self._seconds)) @ self._changes
        maps: Maps = flat.reshape(len(hertz), 2, *self.size)
        for plane in maps.reshape(-1, *self.size):
            np.subtract(plane, cv2.blur(plane, (_SURROUND, _SURROUND)), out=plane)
        if self._weights is None:
            self._weights = _weights(maps)
        maps *= self._weights
        return maps


def _changes(film: GreyFilm) -> NDArray[np.float32]:
    """(N, h * w): the film without what stands still, and without what moves too much."""
    flat = film.pixels.reshape(len(film.pixels), -1)
    width = round(_CONTEXT_S * len(flat) / film.length) | 1
    calm = cv2.blur(flat, (1, max(width, 3)), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip(flat - calm, -_CLIP, _CLIP), np.float32)


def _weights(maps: Maps) -> NDArray[np.float32]:
    """(h, w): the inverse of the noise's power, which is best for an even mark (matched filter)."""
    power = np.mean(np.square(maps), axis=(0, 1))
    power = cv2.blur(power, (_NEIGHBOURS, _NEIGHBOURS))
    alive = power[power >= _FROZEN * np.mean(power)]
    weights = 1 / (power + _LEAST_NOISE * np.median(alive) + 1e-6)
    return np.asarray(weights, np.float32)
