"""Gives people of the packs long hair: few have it, and it passed for clothes upon shoulders.

Shape letters: N side of the picture.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.drawing.canvas import Points, blurred, spline
from engine.drawing.colour import Colour, Plane, floats, lab_picture, lch, rgb, rgb_picture
from engine.drawing.landmarks import CHIN, OVAL, Face
from engine.drawing.parts import HAIR
from engine.frames import Pixels

TEMPLES = (127, 356)
ONE_SIDE_SHARE = 0.3
OWN_COLOUR_SHARE = 0.6
LEAST_HAIR = 150
"""Pixels of hair by which its colour is known."""
LOCKS = 7
"""Points of a lock's edges."""


def with_long_hair(
    picture: Pixels, labels: Pixels, face: Face, random: Generator
) -> tuple[Pixels, Pixels]:
    """The picture (N, N, 3) and its labels (N, N), with hair down to or beyond the shoulders."""
    share = np.zeros(labels.shape, np.float32)
    sides = [int(random.integers(2))] if random.random() < ONE_SIDE_SHARE else [0, 1]
    for side in sides:
        share = np.maximum(share, _lock(labels.shape, face, side, random))
    oval = np.zeros(labels.shape, np.uint8)
    hull = cv2.convexHull(face.at(*OVAL).astype(np.float32))[:, 0]
    cv2.fillConvexPoly(oval, np.round(hull).astype(np.int32), 255)
    share = share * (oval == 0)
    share = blurred(share.astype(np.float32), float(random.uniform(0.6, 1.4)))
    hair = _strands(picture.shape, _colour(picture, labels, random), random)
    mixed = picture + (hair - picture.astype(np.float32)) * share[..., None]
    told = np.where(share > 0.5, np.uint8(HAIR), labels)
    return np.asarray(np.rint(mixed.clip(0, 255)), np.uint8), np.asarray(told, np.uint8)


def _lock(size: tuple[int, ...], face: Face, side: int, random: Generator) -> Plane:
    """What hangs down from one temple: (N, N) 0..1."""
    s, down = face.scale, -face.up
    temple = face.points[TEMPLES[side]]
    outwards = np.sign((temple - face.centre) @ face.across)  # a mirrored face keeps its numbers
    across = face.across * outwards
    begin = -random.uniform(0.2, 0.5) * face.height
    below = float((face.points[CHIN] - temple) @ down)
    end = below + random.uniform(0.1, 1.3) * face.height
    steps = np.linspace(0.0, 1.0, LOCKS)
    far = begin + (end - begin) * steps
    width = random.uniform(0.08, 0.4) * s
    outer = width * (0.35 + 0.65 * np.sin(np.pi * steps**0.7)) + random.normal(0, 0.03 * s, LOCKS)
    inner = -np.clip(far - 0.6 * below, 0, None) * random.uniform(0.0, 0.35) - 0.02 * s
    inner = inner + random.normal(0, 0.025 * s, LOCKS)
    edges = [temple + np.outer(far, down) + np.outer(edge, across) for edge in (outer, inner)]
    return _filled(size, np.vstack([spline(edges[0]), spline(edges[1])[::-1]]))


def _filled(size: tuple[int, ...], outline: Points) -> Plane:
    mask = np.zeros(size, np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return floats(mask) / np.float32(255)


def _colour(picture: Pixels, labels: Pixels, random: Generator) -> Colour:
    """The person's own, or any that hair has."""
    own = picture[labels == HAIR]
    if len(own) >= LEAST_HAIR and random.random() < OWN_COLOUR_SHARE:
        return floats(np.median(own, axis=0))
    return rgb(lch(random.uniform(8, 75), random.uniform(2, 28), random.uniform(45, 80)))


def _strands(shape: tuple[int, ...], colour: Colour, random: Generator) -> NDArray[np.float32]:
    """A picture full of hair of about this colour, which hangs down."""
    fine, wide = (
        cv2.GaussianBlur(
            random.standard_normal(shape[:2], np.float32), (0, 0), sigmaX=across, sigmaY=along
        )
        for across, along in ((0.9, 12.0), (6.0, 25.0))
    )
    light = fine / fine.std() * random.uniform(1, 7) + wide / wide.std() * random.uniform(1, 6)
    lab = np.broadcast_to(lab_picture(colour.reshape(1, 1, 3)), shape).copy()
    lab[..., 0] += light
    return rgb_picture(lab.clip((0, -100, -100), (100, 100, 100)))
