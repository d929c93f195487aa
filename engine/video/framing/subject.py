"""Which part of a picture shows the people in it, and which window would show them well."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging import WHOLE_PICTURE, Window

Plane = NDArray[np.float32]

PERSON = 0.5
"""From this value on, a pixel of a mask is a person's."""

SMALLEST = 0.004
"""The smallest part of the picture that counts as a person; below it are specks."""

BESIDE = 0.1
"""The smallest that counts beside somebody else, as a share of the largest: a poster far behind
does not."""

STRAY = 0.02
"""The share of a person's pixels beyond each edge of the box: fingertips do not move a camera."""

UPPER_BODY = 1.0
"""Height of what counts of a person, in widths: head, shoulders and chest. Otherwise whoever sits
before a camera, down to the edge of the picture, would never be framed."""

FILLED = 0.82
"""The share of a window's height that people fill, and of its width the most that they may."""

HEADROOM = 0.1
"""Of the window's height, above the uppermost head."""

CLOSEST = 0.5
"""The smallest window, as a share of the picture's sides: enlarging more would show how little is
there."""


def people_in(mask: Plane, aspect: float) -> Window | None:
    """The box around everyone's upper body in a mask (h, w), 0..1; None where nobody is.

    aspect: width by height of the picture, which a mask need not have.
    """
    solid = (mask >= PERSON).astype(np.uint8)
    _, labels, figures, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    areas = figures[1:, cv2.CC_STAT_AREA]
    if not areas.size:
        return None
    least = max(SMALLEST * mask.size, BESIDE * float(areas.max()))
    boxes = [_box(labels == label + 1, aspect) for label in np.flatnonzero(areas >= least)]
    if not boxes:
        return None
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    bottom = max(box.top + box.height for box in boxes)
    return Window(left, top, right - left, bottom - top)


def window_around(people: Window) -> Window:
    """The window, of the picture's own shape, that shows this part of it well."""
    side = min(max(people.width / FILLED, people.height / FILLED, CLOSEST), 1.0)
    if side == 1.0:
        return WHOLE_PICTURE
    left = people.left + people.width / 2 - side / 2
    top = people.top - HEADROOM * side
    return Window(_inside(left, side), _inside(top, side), side, side)


def _inside(start: float, length: float) -> float:
    return min(max(start, 0.0), 1.0 - length)


def _box(person: NDArray[np.bool_], aspect: float) -> Window:
    """Around one person's upper body, but for the outermost pixels."""
    left, right = _span(person.sum(axis=0))
    top, bottom = _span(person.sum(axis=1))
    width = right - left
    return Window(left, top, width, min(bottom - top, UPPER_BODY * width * aspect))


def _span(counts: NDArray[np.int64]) -> tuple[float, float]:
    """Where a share of `STRAY` lies before and behind, 0..1."""
    share = np.concatenate(([0.0], np.cumsum(counts) / counts.sum()))
    edges = np.interp((STRAY, 1.0 - STRAY), share, np.arange(len(counts) + 1) / len(counts))
    return float(edges[0]), float(edges[1])
