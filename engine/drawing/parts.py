"""The parts of a head: what is skin, clothes, hair and none of a person around a face.

Shape letters: S side of the square in cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points
from engine.drawing.colour import Lab, Picture, as_lab

SKIN, CLOTHES, HAIR, REST = range(4)
PARTS = 4

LEAST = 20
"""In cells: less of a part tells nothing."""
SURELY = 0.7
"""The share of a part from which on a cell tells its colour."""
HELD = 0.7
"""Of the frame before, where little is otherwise."""
CLEARLY = 20.0
"""A difference in L*a*b* that is no noise."""


@dataclass(frozen=True, slots=True)
class HeadParts:
    """What is around a face. shares (S, S, PARTS): how much of each cell is skin, clothes, hair,
    and none of a person, which sum to 1. lab (S, S, 3): what is seen there. to_picture (2, 3): from
    cells to pixels.
    """

    shares: NDArray[np.float32]
    lab: Picture
    to_picture: NDArray[np.float64]

    def scaled(self, factor: Points) -> HeadParts:
        """The same in a picture of another size; factor: of width and height, (2,)."""
        return replace(self, to_picture=scaled_cells(self.to_picture, factor))

    def hair_colour(self) -> Lab | None:
        """The median colour of the hair; None where there is hardly any."""
        hair = self.lab[self.shares[..., HAIR] > SURELY]
        return as_lab(np.median(hair, axis=0)) if len(hair) >= LEAST else None

    def moved(self, field: NDArray[np.float32], corner: Points) -> HeadParts:
        """The same in a picture whose pixels were moved by a field, (N, N, 2), which begins at a
        corner (2,) of it.
        """
        y, x = np.mgrid[0 : len(self.lab), 0 : len(self.lab)].astype(np.float32)
        linear = self.to_picture[:, :2].astype(np.float32)
        start = (self.to_picture[:, 2] - corner).astype(np.float32)
        at = [linear[i, 0] * x + linear[i, 1] * y + start[i] for i in (0, 1)]
        across, down = cv2.split(cv2.remap(field, at[0], at[1], cv2.INTER_LINEAR))
        back = np.linalg.inv(linear)
        maps = [plane - back[i, 0] * across - back[i, 1] * down for i, plane in enumerate((x, y))]
        shares, lab = (
            cv2.remap(planes, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for planes in (self.shares, self.lab)
        )
        return replace(self, shares=shares, lab=lab)


class HeldParts:
    """The parts of one head, held over a stream: they are told anew of frames, and flicker.

    shown: the newest, None at first.
    """

    def __init__(self) -> None:
        self.shown: HeadParts | None = None

    def of(self, parts: HeadParts) -> HeadParts:
        """Those of the next frame. What is clearly otherwise than before counts at once."""
        if self.shown is not None:
            shares = _held(self.shown.shares, parts.shares, 1.0)
            parts = replace(parts, shares=shares, lab=_held(self.shown.lab, parts.lab, CLEARLY))
        self.shown = parts
        return parts


def _held(before: NDArray[np.float32], now: NDArray[np.float32], clearly: float) -> Picture:
    change = now - before
    share = np.float32(1 - HELD) + np.float32(HELD / clearly) * np.abs(change)
    return np.asarray(before + change * np.minimum(share, np.float32(1)), np.float32)


def scaled_cells(to_picture: NDArray[np.float64], factor: Points) -> NDArray[np.float64]:
    """(2, 3): to the pixels of a picture of another size; factor: of width and height, (2,)."""
    shift = np.column_stack([np.zeros((2, 2)), (factor - 1) / 2])
    return np.asarray(to_picture * factor[:, None] + shift)
