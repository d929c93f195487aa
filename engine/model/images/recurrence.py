"""Keeps of each painted picture what still holds in the next: the model's memory of pictures.

What was painted of the frame before is moved along the optical flow of the *input*, where the input
itself agrees with that flow. A recurrent decoder sees it, and says for each pixel how much of it
still holds, so that the network itself is steady, as in Sajjadi et al., "Frame-recurrent video
super-resolution" (CVPR 2018). Flicker reduction keeps more than that: temporal anti-aliasing as in
Karis, "High-quality temporal supersampling" (SIGGRAPH 2014), with estimated flow instead of a
renderer's motion vectors.

Shape letters: H, W sides of a picture at the engine's size.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size
from engine.imaging import towards
from engine.model.images.optical_flow import BackwardFlow
from engine.model.images.warping import moved_with

ENLARGED_MORE = 0.6
"""For enlarged results a share of 0.6 becomes 0.75, which leaves them as steady as others."""

RANGE, MORE = np.ones((5, 5), np.uint8), 12
"""The neighbourhood whose range bounds what is kept, as motion is that exact; and levels beyond it,
or even areas would flicker.
"""

NOTHING = (128, 128, 128, 0)
"""A pixel of which nothing is known: grey, and not to be trusted."""


def share_kept(flicker_reduction: float, *, enlarged: bool) -> float:
    """The share that is kept of what was before, 0..1. enlarged: results are; their edges jump from
    pixel to pixel of the engine's, so more is kept.
    """
    more = ENLARGED_MORE * flicker_reduction * (1.0 - flicker_reduction)
    return flicker_reduction + more * enlarged


def nothing_before(size: Size) -> Pixels:
    """What is given to the decoder where there is no frame before: (H, W, 4)."""
    return np.full((size.height, size.width, len(NOTHING)), NOTHING, np.uint8)


def moved(painted: Pixels, flow: BackwardFlow) -> Pixels:
    """A picture (H, W, 3), moved along the flow, and how far that can be trusted: (H, W, 4)."""
    return moved_with(painted, flow.ways, flow.trust)


def kept(picture: Pixels, before: Pixels, share: float, keep: Pixels | None = None) -> Pixels:
    """The picture (H, W, 3), with what is kept of that before (H, W, 4).

    share: of all of it, 0..1. keep: of each pixel, (H, W), 0..255; what remains has the share. Then
    the picture is steady already, and what is far from it has gone.
    """
    trust = cv2.extractChannel(before, 3)
    past = np.asarray(cv2.cvtColor(before, cv2.COLOR_RGBA2RGB), np.uint8)
    if keep is None:
        weight = cv2.convertScaleAbs(trust, alpha=share)
    else:
        more = cv2.convertScaleAbs(keep, alpha=1.0 - share, beta=255.0 * share)
        weight = cv2.multiply(more, trust, scale=1.0 / 255.0)
        past = bounded(past, picture, RANGE, MORE)
    return towards(picture, past, np.asarray(weight, np.uint8))


def bounded(past: Pixels, picture: Pixels, around: NDArray[np.uint8], more: int = 0) -> Pixels:
    """What was before, (H, W, 3), bounded by the range of the new picture around each pixel, and
    `more` levels, so that nothing stays that is not there any more: no ghost of hair that has
    turned away.
    """
    low = cv2.subtract(cv2.erode(picture, around), (more,) * 4)
    high = cv2.add(cv2.dilate(picture, around), (more,) * 4)
    return np.asarray(cv2.min(cv2.max(past, low), high), np.uint8)


class Recollection:
    """Keeps what was painted of the newest frame, and brings it to the next."""

    def __init__(self) -> None:
        self._painted: Pixels | None = None
        self._number: int | None = None

    def keep(self, painted: Pixels, number: int) -> None:
        """A picture (H, W, 3) was painted of the frame of this number."""
        self._painted, self._number = painted, number

    def of(self, number: int | None, flow: BackwardFlow | None) -> Pixels | None:
        """What was painted of that frame, moved along the flow from it: (H, W, 4).

        None where it is not known, where there is no flow, and for the number None.
        """
        if self._painted is None or flow is None or number != self._number:
            return None
        return moved(self._painted, flow)
