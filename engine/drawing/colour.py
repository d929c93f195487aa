"""Colours in CIE L*a*b* (D65): tuples for single colours, planes for pictures.

Pictures are RGB, 0..255; L* is 0..100, a* and b* about -100..100, hues are in degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Lab = tuple[float, float, float]
Plane = NDArray[np.float32]
"""(H, W)."""
Picture = NDArray[np.float32]
"""(H, W, 3)."""
Colour = NDArray[np.float32]
"""(3,) RGB, 0..255."""


@dataclass(frozen=True, slots=True)
class Grade:
    """Another range of colours: contrast and lift of L*, chroma's factor, what is added to b*."""

    contrast: float = 1.0
    lift: float = 0.0
    chroma: float = 1.0
    warmth: float = 0.0

    def of(self, lab: Picture) -> Picture:
        """A picture in L*a*b*, graded."""
        factors = floats([self.contrast, self.chroma, self.chroma])
        return lab * factors + floats([self.lift, 0.0, self.warmth])


NO_GRADE = Grade()


def floats(values: ArrayLike) -> NDArray[np.float32]:
    """Numbers as an array of float32."""
    return np.asarray(values, np.float32)


def lab_picture(rgb: ArrayLike) -> Picture:
    """A picture (H, W, 3) of 0..255 in L*a*b*."""
    scaled = np.asarray(rgb, np.float32) / np.float32(255.0)
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB), np.float32)


def rgb_picture(lab: Picture) -> Picture:
    """A picture (H, W, 3) of 0..255 from L*a*b*, clipped to what can be shown."""
    rgb = cv2.cvtColor(np.ascontiguousarray(lab, np.float32), cv2.COLOR_LAB2RGB)
    clipped: Picture = np.clip(np.asarray(rgb, np.float32) * 255.0, 0.0, 255.0)
    return clipped


def rgb(lab: Lab | ArrayLike) -> Colour:
    """One colour as RGB, 0..255; not to be changed in place."""
    return _rgb(*np.asarray(lab, np.float64).reshape(3).tolist())


@lru_cache(maxsize=256)  # each frame is drawn at two sizes
def _rgb(lightness: float, a: float, b: float) -> Colour:
    colour = rgb_picture(floats([lightness, a, b]).reshape(1, 1, 3)).reshape(3)
    colour.setflags(write=False)
    return colour


def lab_of(colour: ArrayLike) -> Lab:
    """One RGB colour of 0..255 in L*a*b*."""
    return as_lab(lab_picture(floats(colour).reshape(1, 1, 3)).reshape(3))


def as_lab(values: ArrayLike) -> Lab:
    """Three numbers as a colour."""
    lightness, a, b = np.asarray(values, np.float64).reshape(3).tolist()
    return (float(lightness), float(a), float(b))


def lch(lightness: float, chroma: float, hue: float) -> Lab:
    """A colour from lightness, chroma and hue in degrees."""
    angle = np.radians(hue)
    return (
        float(lightness),
        float(chroma * np.cos(angle)),
        float(chroma * np.sin(angle)),
    )


def lch_of(lab: Lab) -> Lab:
    """Lightness, chroma and hue (0..360 degrees) of a colour."""
    lightness, a, b = lab
    return (lightness, float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a)) % 360.0))


def mixed(one: Lab, other: Lab, share: float) -> Lab:
    """One colour with a share (0..1) of another."""
    return as_lab(np.asarray(one) * (1.0 - share) + np.asarray(other) * share)


def moved(lab: Lab, by: Lab) -> Lab:
    """A colour moved in L*a*b*."""
    return as_lab(np.asarray(lab) + np.asarray(by))


def difference(one: Lab, other: Lab) -> float:
    """The colour difference CIEDE2000 (Sharma, Wu, Dalal 2005), all weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2.0
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360.0
    h2 = np.degrees(np.arctan2(b2, a2 * stretch)) % 360.0
    turn = (h2 - h1 + 180.0) % 360.0 - 180.0 if c1 * c2 > 0 else 0.0
    hue = h1 + turn / 2.0 if c1 * c2 > 0 else h1 + h2
    light, chroma = (l1 + l2) / 2.0, (c1 + c2) / 2.0
    t = 1.0 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue)
    t += 0.32 * _cos(3 * hue + 6) - 0.20 * _cos(4 * hue - 63)
    s_light = 1.0 + 0.015 * (light - 50.0) ** 2 / np.sqrt(20.0 + (light - 50.0) ** 2)
    s_chroma, s_hue = 1.0 + 0.045 * chroma, 1.0 + 0.015 * chroma * t
    rotation = -2.0 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    centred = (hue % 360.0 - 275.0) / 25.0
    rotation *= np.sin(np.radians(60.0 * np.exp(-(centred**2))))
    d_light, d_chroma = (l2 - l1) / s_light, (c2 - c1) / s_chroma
    d_hue = 2.0 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2.0)) / s_hue
    total = d_light**2 + d_chroma**2 + d_hue**2 + rotation * d_chroma * d_hue
    return float(np.sqrt(max(total, 0.0)))


def _cos(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))
