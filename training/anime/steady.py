"""What is held over time: landmarks by a one-euro filter, planes along the picture's motion."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.colour import Plane
from engine.frames import Pixels

FLOW_SIDE = 256


@dataclass(slots=True)
class OneEuro:
    """The one-euro filter (Casiez, Roussel, Vogel 2012) for arrays of any one shape.

    min_cutoff (Hz) is how steady it is at rest; beta (Hz per unit of speed) how it follows
    motion. Values are told in units that make both hold at any size: divide points by the
    height of the face.
    """

    rate: float = 30.0
    min_cutoff: float = 1.5
    beta: float = 12.0
    speed_cutoff: float = 1.0
    value: NDArray[np.float64] | None = None
    speed: NDArray[np.float64] | None = None

    def __call__(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """The next value, filtered."""
        if self.value is None or self.speed is None:
            self.value, self.speed = raw.copy(), np.zeros_like(raw)
            return self.value
        change = (raw - self.value) * self.rate
        self.speed = self.speed + self._share(np.float64(self.speed_cutoff)) * (change - self.speed)
        cutoff = self.min_cutoff + self.beta * np.abs(self.speed)
        self.value = self.value + self._share(cutoff) * (raw - self.value)
        return self.value

    def _share(self, cutoff: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
        """How much of a step is taken at a cutoff frequency (Hz)."""
        return np.asarray(1.0 / (1.0 + self.rate / (2 * np.pi * cutoff)))


@dataclass(slots=True)
class Steady:
    """Planes and pictures of a clip, averaged along the motion of what they show.

    Call `begin` with each new frame, then `plane` for everything that is to be held. `share` is
    how much of the last frame stays where nothing changed.
    """

    share: float = 0.75
    _grey: NDArray[np.uint8] | None = None
    _maps: NDArray[np.float32] | None = None
    _trust: Plane | None = None
    _held: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def begin(self, pixels: Pixels) -> None:
        """The next frame; finds where each of its pixels was in the frame before."""
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        side = grey.shape[0]
        small = cv2.resize(grey, (FLOW_SIDE, FLOW_SIDE), interpolation=cv2.INTER_AREA)
        if self._grey is not None:
            flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST).calc(
                small, self._grey, None
            )
            y, x = np.mgrid[0:FLOW_SIDE, 0:FLOW_SIDE].astype(np.float32)
            maps = np.stack([x, y], 2) + flow
            before = cv2.remap(self._grey, maps, None, cv2.INTER_LINEAR, borderMode=1)
            wrong = cv2.absdiff(small, before).astype(np.float32)
            wrong = cv2.GaussianBlur(wrong, (0, 0), 2.0)
            trust = np.clip(1.6 - wrong / 6.0, 0.0, 1.0)
            scale = side / FLOW_SIDE
            self._maps = cv2.resize((maps + 0.5) * scale - 0.5, (side, side))
            self._trust = cv2.resize(trust, (side, side)).astype(np.float32)
        self._grey = np.asarray(small, np.uint8)

    def plane(
        self, name: str, values: NDArray[np.float32], share: float | None = None
    ) -> NDArray[np.float32]:
        """A plane (N, N) or picture (N, N, C) of this frame, evened out with those before."""
        before = self._held.get(name)
        if before is not None and self._maps is not None and self._trust is not None:
            moved = cv2.remap(before, self._maps, None, cv2.INTER_LINEAR, borderMode=1)
            stay = self._trust * (self.share if share is None else share)
            stay = stay if values.ndim == 2 else stay[..., None]
            values = np.asarray(values + (moved - values) * stay, np.float32)
        self._held[name] = values
        return values


class Still:
    """A picture by itself: nothing is held."""

    def begin(self, pixels: Pixels) -> None:
        """Nothing to do."""

    def plane(
        self,
        name: str,  # noqa: ARG002 - the same call as of Steady
        values: NDArray[np.float32],
        share: float | None = None,  # noqa: ARG002
    ) -> NDArray[np.float32]:
        """The values as they are."""
        return values


Hold = Steady | Still
