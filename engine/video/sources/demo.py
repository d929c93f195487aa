"""A portrait that moves as if it were filmed by hand: a source for machines without a camera.

The picture is NASA's portrait of Eileen Collins, in the public domain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size
from engine.paths import RESOURCES
from engine.video.sources.generated import GeneratedSource

DEFAULT_SIZE = Size(512, 512)
DEFAULT_FRAMES = 150
FPS = 30.0
NOISE_LEVEL = 1.5
"""Standard deviation of the sensor noise, in steps of 0..255."""

_VIEW = 412.0  # longest side of the filmed part, in pixels of the portrait
_CENTRE_X, _TOP = 228.0, 16.0
_NOISE_FIELDS = 2
_PHASES = np.array([0.1069, 0.6769, 0.3216, 0.5956, 0.1129, 0.8744, 0.4276, 0.46, 0.2343])
"""Where the movements begin, in shares of their periods; the same for every size."""
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0  # multiples of it are far from each other
_ENLARGED = 2
"""The factor by which the portrait is enlarged once; sampling between its pixels is then cheap and
sharp."""

FloatMap = NDArray[np.float32]


def demo_source(
    size: Size = DEFAULT_SIZE, *, frames: int | None = None, live: bool = True, seed: int = 0
) -> GeneratedSource:
    """The moving portrait, 30 frames per second, the same for the same size and seed."""
    return GeneratedSource(
        "demo", lambda: _Scene.of(size, seed).draw, size=size, fps=FPS, frames=frames, live=live
    )


@dataclass(frozen=True, slots=True)
class _Pose:
    """The pose of the camera and the person at one moment.

    shift_x, shift_y, sway, breath: portrait pixels. zoom: a factor. turn: radians.
    """

    shift_x: float
    shift_y: float
    zoom: float
    turn: float
    sway: float
    breath: float

    @staticmethod
    def at(seconds: float, phases: NDArray[np.float64]) -> _Pose:
        """The pose at a moment: slow sines of unrelated periods, so that it never repeats soon."""

        def wave(period: float, phase: int) -> float:
            return float(np.sin(2 * np.pi * (seconds / period + phases[phase])))

        return _Pose(
            shift_x=9.0 * wave(4.7, 0) + 3.0 * wave(1.9, 1),
            shift_y=6.0 * wave(5.9, 2) + 2.0 * wave(2.3, 3),
            zoom=1.0 + 0.035 * wave(7.1, 4),
            turn=0.022 * wave(6.3, 5),
            sway=7.0 * wave(3.7, 6) + 2.5 * wave(1.6, 7),
            breath=2.2 * wave(3.1, 8),
        )


def read_portrait() -> Pixels:
    """(512, 512, 3) the portrait as it ships with the program."""
    picture = cv2.imread(str(RESOURCES / "demo" / "portrait.png"))
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def _enlarged(portrait: Pixels) -> Pixels:
    """(H, W, 3) -> with a fourth channel: OpenCV samples four in half the time of three."""
    height, width = portrait.shape[:2]
    size = (_ENLARGED * width, _ENLARGED * height)
    large = cv2.resize(portrait, size, interpolation=cv2.INTER_LANCZOS4)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_RGB2RGBA), np.uint8)


def _in_enlarged(position: float) -> float:
    """A coordinate of pixel centres, in the enlarged portrait."""
    return position * _ENLARGED + (_ENLARGED - 1) / 2


@dataclass(frozen=True, slots=True)
class _Scene:
    """The portrait, enlarged, where each output pixel samples it, and how near the person is there.

    x (width,), y (height, 1): of the enlarged portrait, seen from the middle of the view. nearness:
    (height, width), 0 for the background, 1 for the face. brighter, darker: the noise, of which one
    is 0 everywhere, (N, height, width, 3).
    """

    enlarged: Pixels
    centre: tuple[float, float]
    x: FloatMap
    y: FloatMap
    nearness: FloatMap
    brighter: Pixels
    darker: Pixels
    phases: NDArray[np.float64]

    @staticmethod
    def of(size: Size, seed: int) -> _Scene:
        """Set the scene for pictures of `size`."""
        scale = _VIEW / max(size.width, size.height)
        centre = _CENTRE_X, _TOP + scale * size.height / 2
        x, y = _spread(size.width, scale), _spread(size.height, scale)[:, None]
        rng = np.random.default_rng(seed)
        shape = _NOISE_FIELDS, size.height, size.width, 3
        noise = np.rint(NOISE_LEVEL * rng.standard_normal(shape, np.float32))
        return _Scene(
            enlarged=_enlarged(read_portrait()),
            centre=centre,
            x=_ENLARGED * x,
            y=_ENLARGED * y,
            nearness=_nearness(x + centre[0], y + centre[1]),
            brighter=np.maximum(noise, 0).astype(np.uint8),
            darker=np.maximum(-noise, 0).astype(np.uint8),
            phases=(_PHASES + seed * _GOLDEN) % 1.0,
        )

    def draw(self, number: int) -> Pixels:
        """The picture of this frame number."""
        pose = _Pose.at(number / FPS, self.phases)
        cos, sin = math.cos(pose.turn) / pose.zoom, math.sin(pose.turn) / pose.zoom
        x = self.nearness * np.float32(_ENLARGED * pose.sway)
        x += cos * self.x + _in_enlarged(self.centre[0] + pose.shift_x)
        x -= sin * self.y
        y = self.nearness * np.float32(_ENLARGED * pose.breath)
        y += sin * self.x
        y += cos * self.y + _in_enlarged(self.centre[1] + pose.shift_y)
        four = cv2.remap(self.enlarged, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        picture: Pixels = cv2.cvtColor(four, cv2.COLOR_RGBA2RGB)
        self._add_noise(picture, number)
        return picture

    def _add_noise(self, picture: Pixels, number: int) -> None:
        """Noise that no two frames nearby have in common, from a few fields moved about."""
        brighter, darker = (each[number % _NOISE_FIELDS] for each in (self.brighter, self.darker))
        split = 7919 * number % len(picture)
        for rows, of_field in (
            (slice(split, None), slice(len(picture) - split)),
            (slice(split), slice(len(picture) - split, None)),
        ):
            part = picture[rows]
            cv2.subtract(cv2.add(part, brighter[of_field], dst=part), darker[of_field], dst=part)


def _spread(count: int, scale: float) -> FloatMap:
    """(count,) pixel centres around 0, in portrait pixels."""
    return np.asarray((np.arange(count) + 0.5 - count / 2) * scale, dtype=np.float32)


def _nearness(x: FloatMap, y: FloatMap) -> FloatMap:
    """(height, width) a soft head and, half as near, soft shoulders."""
    head = np.exp(-(((x - 225.0) / 85.0) ** 2) - ((y - 105.0) / 95.0) ** 2)
    body = np.exp(-(((x - 200.0) / 190.0) ** 4) - (np.minimum(y - 330.0, 0.0) / 140.0) ** 4)
    return np.asarray(np.maximum(head, 0.5 * body), dtype=np.float32)
