"""Keeps enlarged results steady at their own size.

Lines of an enlarged result jump from pixel to pixel of the engine's. So more is kept of what was
shown before than at the engine's size, and two things are done to it first, as is usual in temporal
anti-aliasing (Karis, "High-quality temporal supersampling", SIGGRAPH 2014). What fetching it
between pixels has softened is sharpened again; and it is bounded by the range of the new result's
neighbourhood, so that nothing stays that is not there any more: no ghost behind a hand, no line of
the style before.

Shape letters: H, W sides of an enlarged result; h, w those of the flow's estimate.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.frames import Pixels
from engine.imaging import towards
from engine.model.images.optical_flow import BackwardFlow, Plane
from engine.model.images.recurrence import bounded

MORE_KEPT = 2.0
"""A share of 0.6 becomes 0.8: as steady as the same look computed at this size. The largest hardly
grow, which would only soften."""

RESTORED = 2.5
"""How much of a pixel's difference from its neighbourhood's mean is added to it, per unit of
`BackwardFlow.softening` and of what is new: what is kept for longer is restored more often. Some
more would make up for all of the softening, but flickers."""

LEAST_NEW = 0.1
"""Of what is new at least so much is counted: where nearly all is kept, it would end soft."""

RANGE = np.ones((7, 7), np.uint8)
"""The neighbourhood whose range bounds what is kept: lines may be three pixels beside their place,
more than one of the engine's."""
_UNIT = 128.0  # a gain of 1 as uint8


def share_kept_enlarged(flicker_reduction: float) -> float:
    """The share that is kept of enlarged results, 0..1."""
    return flicker_reduction + MORE_KEPT * flicker_reduction * (1.0 - flicker_reduction) ** 2


def steadied(
    picture: Pixels,
    before: Pixels,
    flow: BackwardFlow,
    share: float,
    keep: Pixels | None = None,
) -> Pixels:
    """An enlarged result (H, W, 3), with a share of what was shown before, (H, W, 4), moved along
    the flow. keep: what a decoder keeps of each pixel, (h, w) 0..255; what remains has the share.
    """
    weight = cv2.extractChannel(before, 3)
    if keep is None:
        weight = cv2.convertScaleAbs(weight, alpha=share)
    else:
        more = cv2.convertScaleAbs(keep, alpha=1.0 - share, beta=255.0 * share)
        share = float(more.mean()) / 255.0
        more = cv2.resize(more, (picture.shape[1], picture.shape[0]))
        weight = cv2.multiply(weight, more, scale=1.0 / 255.0)
    past = np.asarray(cv2.cvtColor(before, cv2.COLOR_RGBA2RGB), np.uint8)
    past = _restored(past, flow.softening * (RESTORED * max(1.0 - share, LEAST_NEW)))
    past = bounded(past, picture, RANGE)
    return towards(picture, past, np.asarray(weight, np.uint8))


def _restored(past: Pixels, sharpening: Plane) -> Pixels:
    """(H, W, 3), sharpened by (h, w)."""
    soft = cv2.cvtColor(past, cv2.COLOR_RGB2GRAY)
    gain = cv2.convertScaleAbs(sharpening, alpha=_UNIT)
    gain = cv2.resize(gain, (soft.shape[1], soft.shape[0]), interpolation=cv2.INTER_LINEAR)
    mean = cv2.blur(soft, (3, 3))
    rise = cv2.multiply(cv2.subtract(soft, mean), gain, scale=1.0 / _UNIT)
    fall = cv2.multiply(cv2.subtract(mean, soft), gain, scale=1.0 / _UNIT)
    cv2.add(past, cv2.cvtColor(rise, cv2.COLOR_GRAY2RGB), dst=past)
    cv2.subtract(past, cv2.cvtColor(fall, cv2.COLOR_GRAY2RGB), dst=past)
    return past
