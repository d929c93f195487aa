"""Gives a drawing the heads and outlines that plans show.

The teacher sees people by other masks than the program does: its outlines run a few pixels beside
the plan's, and a network that is shown both learns a blur. What the plan lays upon a picture is
laid upon the drawing, too, and what the drawing had around it gives way to what is beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.figures import Figures
from engine.drawing.head import Head
from engine.drawing.looks import Look
from engine.drawing.parts import REST, HeadParts
from engine.drawing.plan import lay_upon
from engine.drawing.planned_face import PlannedFace
from engine.frames import Pixels

AROUND = 0.07
"""How far around a head the drawing's own outline is taken away, in sizes of the face."""
ROOM = 0.08
"""How far the room's colours are brought there, likewise."""
BESIDE = 3.0
"""How far around a line the drawing's own is taken away, in cells of the mask."""


def with_outlines(
    drawing: Pixels, figures: Figures, look: Look, heads: Sequence[tuple[Head, float]]
) -> Pixels:
    """A drawing (N, N, 3) with the lines around people that plans have. heads: see `Figures`."""
    laid, cover = np.zeros_like(drawing), np.zeros(drawing.shape[:2], np.uint8)
    figures.lay(laid, cover, look, 1.0, heads)
    result = drawing.copy()
    people = np.divide(figures.share(drawing.shape[:2]), np.float32(255), dtype=np.float32)
    size = BESIDE * float(np.hypot(*figures.to_picture[:, 0])) / AROUND
    for side in (np.float32(1.0) - people, people):
        _clear(result, cover, side, size)
    lay_upon(result, cover, laid)
    return result


def with_heads(
    drawing: Pixels,
    faces: Sequence[PlannedFace],
    look: Look,
    features: NDArray[np.uint8],
    *,
    outlined: bool = False,
) -> Pixels:
    """A drawing (N, N, 3) with heads as plans have them. faces: in the look's geometry, with their
    parts and heads. outlined: whether there is a line around the whole person.

    features (N, N): how far the drawing's features hide what is below them, 0..255; they stay.
    """
    result = drawing.copy()
    for each in reversed(faces):
        if each.parts is None or each.head is None:
            continue
        laid, cover = np.zeros_like(drawing), np.zeros(drawing.shape[:2], np.uint8)
        each.head.lay(laid, cover, each.palette, look, each.weight, outlined=outlined)
        _clear(result, cover, _room(each.parts, drawing.shape[:2]), each.face.scale)
        kept = cv2.bitwise_not(features)
        cover = np.asarray(cv2.multiply(cover, kept, scale=1 / 255), np.uint8)
        laid = np.asarray(cv2.multiply(laid, cv2.merge([kept] * 3), scale=1 / 255), np.uint8)
        lay_upon(result, cover, laid)
    return result


def _room(parts: HeadParts, size: tuple[int, ...]) -> NDArray[np.float32]:
    """How much of each pixel is none of a person, (N, N) 0..1; 0 away from the head."""
    back = np.linalg.inv(parts.to_picture[:, :2])
    matrix = np.column_stack([back, -back @ parts.to_picture[:, 2]])
    rest = np.ascontiguousarray(parts.shares[..., REST])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(rest, matrix, size[::-1], flags=flags), np.float32)


def _clear(
    picture: Pixels, cover: NDArray[np.uint8], room: NDArray[np.float32], size: float
) -> None:
    """Around what is covered let a side's own colours reach up to it, in place. room: that side,
    0..1.
    """
    reach = 2 * max(1, round(AROUND * size)) + 1
    near = cv2.dilate(cover, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))) > 0
    far = ((room > 0.8) & ~near).astype(np.float32)
    sigma = max(1.0, ROOM * size)
    amount = cv2.GaussianBlur(far, (0, 0), sigma)
    colours = cv2.GaussianBlur(picture * far[..., None], (0, 0), sigma)
    known = amount > 0.02
    share = cv2.GaussianBlur((near & (room > 0.5) & known).astype(np.float32), (0, 0), 0.8)
    filled = colours / np.maximum(amount, 1e-3)[..., None]
    picture[:] = np.rint(picture + (filled - picture) * (share * known)[..., None])
