"""What lies below heads and faces in a plan: room and people in tones, as a drawing has them.

Lightness comes in steps, colours are a little stronger, the room is softer and lighter than people.

Shape letters: H, W sides of the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import smooth_step
from engine.drawing.colour import Plane
from engine.drawing.edges import as_bytes
from engine.drawing.figures import Figures
from engine.frames import Pixels
from engine.imaging import towards

NEAR, ALIKE = 3.0, 30.0
"""The bilateral filter that flattens areas, at half the frame's size: in pixels, and in levels."""
HELD, CLEARLY = 0.7, 20.0
"""How much of the frame before is held where little is otherwise, and the difference of L*a*b* in
bytes that is no noise."""


@dataclass(frozen=True, slots=True)
class Tones:
    """How colours become tones. step, soft: of L*, and half the softness of an edge between two
    tones in steps. gamma, factor, lift: of L* before and after that. chroma: its factor.
    """

    step: float
    soft: float
    gamma: float = 1.0
    factor: float = 1.0
    lift: float = 0.0
    chroma: float = 1.0

    def of(self, light: Plane) -> Plane:
        """Lightness, 0..100, in tones."""
        whole = np.asarray(100 * (np.clip(light, 0, 100) / 100) ** self.gamma, np.float32)
        return steps(whole, self.step, self.soft) * self.factor + self.lift


ROOM = Tones(8.0, 0.2, gamma=0.82, chroma=1.35)
PEOPLE = Tones(11.0, 0.08, factor=0.98, lift=4.0, chroma=1.3)


def steps(light: Plane, step: float, soft: float) -> Plane:
    """Lightness in steps, whose edges are soft by a share of a step."""
    scaled = light / step
    whole = np.floor(scaled)
    return np.asarray((whole + smooth_step(scaled - whole, 0.5 - soft, 0.5 + soft)) * step)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is told of a frame besides its faces: who is in it, if that is known, and all of it in
    tones, (H, W, 3).
    """

    figures: Figures | None
    ground: Pixels

    @staticmethod
    def of(frame: Pixels, figures: Figures | None = None) -> Surroundings:
        """Those of a picture by itself."""
        return Surroundings(figures, Ground().painted(frame, figures))


LookAround = Callable[[], Surroundings | None]


def nothing_seen() -> None:
    """Where nobody has looked around."""
    return


class Ground:
    """Paints the grounds of a stream's frames: areas are held over time, so that the edges between
    two tones do not flicker with a camera's noise.
    """

    def __init__(self) -> None:
        self._flat: Pixels | None = None

    def painted(self, frame: Pixels, figures: Figures | None) -> Pixels:
        """The next frame (H, W, 3) in tones; without figures everything is room."""
        height, width = frame.shape[:2]
        flat = self._held(flattened(frame))
        tones = np.asarray(cv2.LUT(flat, _table(ROOM)), np.uint8)
        if figures is not None:
            people = np.asarray(cv2.LUT(flat, _table(PEOPLE)), np.uint8)
            factor = np.array([flat.shape[1] / width, flat.shape[0] / height])
            share = figures.scaled(factor).share(flat.shape[:2])
            tones = towards(tones, people, share)
        painted = cv2.cvtColor(tones, cv2.COLOR_LAB2RGB)
        return np.asarray(cv2.resize(painted, (width, height)), np.uint8)

    def _held(self, flat: Pixels) -> Pixels:
        before, self._flat = self._flat, flat
        if before is not None and before.shape == flat.shape:
            light, a, b = cv2.split(cv2.absdiff(before, flat))
            most = cv2.max(cv2.max(light, a), b)
            self._flat = towards(before, flat, np.asarray(cv2.LUT(most, _follows()), np.uint8))
        return self._flat


def flattened(frame: Pixels) -> Pixels:
    """Areas of one colour, at half the frame's size, in L*a*b* as bytes: (H / 2, W / 2, 3)."""
    half = frame.shape[1] // 2, frame.shape[0] // 2
    small = cv2.medianBlur(cv2.resize(frame, half, interpolation=cv2.INTER_AREA), 3)
    flat = cv2.bilateralFilter(small, 5, ALIKE, NEAR)
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2LAB), np.uint8)


@cache
def _follows() -> NDArray[np.uint8]:
    """(256,): how far areas follow a change, by the levels of it."""
    return as_bytes(255 * np.minimum(1 - HELD + HELD * np.arange(256) / CLEARLY, 1.0))


@cache
def _table(tones: Tones) -> NDArray[np.uint8]:
    """(256, 1, 3): the bytes of L*a*b* in tones."""
    light = tones.of(np.arange(256, dtype=np.float32) * np.float32(100 / 255)) * (255 / 100)
    colour = (np.arange(256) - 128.0) * tones.chroma + 128.0
    return as_bytes(np.stack([light, colour, colour], axis=1)[:, None])
