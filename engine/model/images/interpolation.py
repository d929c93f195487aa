"""Pictures between two successive results, along the motion that was measured between their inputs.

Both results are moved towards the moment in between, the earlier one forwards and the later one
back, and mixed by their distance in time: as in Jiang et al., "Super SloMo" (arXiv 1712.00080),
equations 2 and 4, with the flow that is there already in place of a network's two, and without a
map of what is hidden: tried with the flow's confidence as one, the middle of three frames of
webcam clips came out 0.8 to 1.7 dB worse where they move.

Shape letters: H, W sides of the results; h, w those of the motion.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.frames import Motion, Pixels
from engine.model.images.warping import Field, pixel_positions, warped

COMPARED_AT = (160, 90)
"""The size at which two results are compared, in pixels."""

ANOTHER_LOOK = 14.0
"""Mean difference (0..255) of two results, one moved along to the other, above which they do not
show the same look. One of the six steps of a fade is below it, even to the negative picture."""

TRUSTED = 0.5
"""Confidence above which a place counts in that comparison."""


SMOOTHED = 1.5
"""Standard deviation, in pixels of the motion, of the blur that keeps its steps from tearing edges
apart."""


def belong_together(earlier: Pixels, later: Pixels, motion: Motion) -> bool:
    """Whether two results (H, W, 3) show the same in the same look, so that nothing between them
    would be a ghost. motion: from the earlier to the later.
    """
    width, height = COMPARED_AT
    before, after = (
        cv2.resize(picture, COMPARED_AT, interpolation=cv2.INTER_AREA)
        for picture in (earlier, later)
    )
    scale = np.asarray((width / later.shape[1], height / later.shape[0]), np.float32)
    offsets = np.asarray(cv2.resize(motion.offsets * scale, COMPARED_AT), np.float32)
    moved = warped(np.asarray(before, np.uint8), offsets + pixel_positions(height, width))
    trusted = cv2.resize(motion.confidence, COMPARED_AT) > TRUSTED
    if np.count_nonzero(trusted) < trusted.size // 4:
        return False  # most of the picture is another one
    differs = cv2.absdiff(moved, np.asarray(after, np.uint8)).mean(axis=2)
    return float(differs[trusted].mean()) <= ANOTHER_LOOK


def interpolate(earlier: Pixels, later: Pixels, motion: Motion, share: float) -> Pixels:
    """The picture (H, W, 3) at a share of 0..1 of the way from one result to the next."""
    height, width = later.shape[:2]
    offsets = _offsets_at(motion, share, (width, height))
    way = cv2.resize(offsets, (width, height), interpolation=cv2.INTER_LINEAR)
    grid = pixel_positions(height, width)
    forwards = warped(earlier, cv2.scaleAdd(way, share, grid))
    back = warped(later, cv2.scaleAdd(way, share - 1.0, grid))
    return np.asarray(cv2.addWeighted(forwards, 1.0 - share, back, share, 0.0), np.uint8)


def _offsets_at(motion: Motion, share: float, size: tuple[int, int]) -> Field:
    """Offsets (h, w, 2) at the moment in between: what is there then is on its way to where the
    motion is known. size: that of the results, (W, H), in whose pixels the offsets are.
    """
    height, width = motion.offsets.shape[:2]
    scale = np.asarray((width / size[0], height / size[1]), np.float32)
    there = pixel_positions(height, width) + motion.offsets * (scale * np.float32(share - 1.0))
    moved = cv2.remap(
        motion.offsets, there, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cv2.GaussianBlur(moved, (0, 0), SMOOTHED), np.float32)
