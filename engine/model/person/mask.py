"""Reads where a person is, steadily: each mask is mixed with the one before, moved along.

The motion is that of the picture, estimated at the mask's size. Where the picture does not agree
with it, such as where an arm came into view, the new mask counts alone: an edge that stands still
does not flicker, and one that moves does not lag behind.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.concurrency.worker import Worker
from engine.frames import Pixels, Size
from engine.imaging import resize
from engine.model.images.optical_flow import BackwardFlow, OpticalFlowEstimator
from engine.model.images.warping import along
from engine.model.person.network import MASK_HEIGHT, MASK_WIDTH, MaskNetwork

logger = logging.getLogger(__name__)

Plane = NDArray[np.float32]

SIZE = Size(MASK_WIDTH, MASK_HEIGHT)

SHARE = 0.8
"""Of the mask before, where the picture moved as estimated."""

NEIGHBOURHOOD = (5, 5)
"""Of the regression that fits a mask to the edges of its picture."""

RAMP = 0.4
"""The range of the mask, around one half, that makes the edge: what is hardly or nearly a person is
none or one, or ghosts of things in the room would be seen."""

FAINT = 1e-3
"""Variance of a picture's brightness (0..1) below which it has no edges to follow."""


class PersonMask:
    """Reads the masks of successive pictures. load: its network, loaded once, when first needed.

    It belongs to one thread at a time, apart from `prepare`.
    """

    def __init__(self, load: Callable[[], MaskNetwork]) -> None:
        self._load = load
        self._loading: Worker | None = None
        self._network: MaskNetwork | None = None
        self._failed = False
        self._flow = OpticalFlowEstimator()
        self._past: Plane | None = None

    def prepare(self, *, beside: bool) -> None:
        """Load the network, unless that was done. beside: do not wait; there are no masks until
        then, and no frame is late. If it cannot be loaded there never are, and the log says why.
        """
        if self._loading is None:
            self._loading = Worker("person mask", self._load_network, stoppable=False)
            self._loading.start()
        if not beside:
            self._loading.join()

    @torch.inference_mode()  # inference mode is per thread
    def read(
        self, picture: Pixels, *, moved: bool = False, flow: BackwardFlow | None = None
    ) -> Plane | None:
        """How much of each pixel is a person: (H, W, 3) -> (144, 256) 0..1.

        None where that cannot be told: then nothing may be shown of the picture itself. Failures
        are logged once in a row. moved: the mask before, moved along, will do if there is one.
        flow: from the picture before, where it has been estimated for another purpose.
        """
        try:
            mask = self._read(picture, flow, moved=moved)
        except Exception:  # it may come from any library, and must not end a stream
            if not self._failed:
                logger.exception("a person cannot be found; the whole picture is shown styled")
            self._failed, self._past = True, None
            return None
        self._failed, self._past = False, mask
        return mask

    def forget(self) -> None:
        """A new stream begins."""
        self._past, self._flow = None, OpticalFlowEstimator()

    def _load_network(self, _: threading.Event) -> None:
        self._network = self._load()

    def _read(self, picture: Pixels, flow: BackwardFlow | None, *, moved: bool) -> Plane | None:
        if self._loading is None:
            self.prepare(beside=False)
        if self._network is None:
            return None
        small = None
        if flow is None:
            small = np.ascontiguousarray(resize(picture, SIZE))
            flow = self._flow.estimate(small)
        else:
            flow, self._flow = flow.at(SIZE), OpticalFlowEstimator()
        if moved and flow is not None and self._past is not None:
            return along(self._past, flow.ways)
        if small is None:
            small = np.ascontiguousarray(resize(picture, SIZE))
        given = torch.from_numpy(small).permute(2, 0, 1)[None].float().div_(255.0)
        now = np.asarray(self._network(given)[0][0, 0].numpy(), np.float32)
        if now.shape != (SIZE.height, SIZE.width) or not np.isfinite(now).all():
            raise ValueError(f"the mask of a person has the shape {now.shape} or is not finite")
        return now if flow is None or self._past is None else _mixed(self._past, now, flow)


def enlarged(mask: Plane, picture: Pixels) -> NDArray[np.uint8]:
    """A mask at the size of its picture (H, W, 3), its edge drawn to the picture's: (H, W) 0..255.

    The guided filter (He and Sun, arXiv 1505.00996), whose coefficients are found at the size of
    the mask and applied at half the picture's.
    """
    height, width = picture.shape[:2]
    middle = Size(max(width // 2, 1), max(height // 2, 1))
    grey = cv2.cvtColor(resize(picture, middle), cv2.COLOR_RGB2GRAY)
    guide = grey.astype(np.float32)
    guide *= 1 / 255
    small = cv2.resize(guide, (SIZE.width, SIZE.height), interpolation=cv2.INTER_AREA)
    mean, mean_mask = cv2.blur(small, NEIGHBOURHOOD), cv2.blur(mask, NEIGHBOURHOOD)
    together = cv2.blur(small * mask, NEIGHBOURHOOD) - mean * mean_mask
    slope = together / (cv2.blur(small * small, NEIGHBOURHOOD) - mean * mean + FAINT)
    offset = cv2.blur(mean_mask - slope * mean, NEIGHBOURHOOD)
    scale = 255.0 / RAMP
    slope = cv2.blur(slope, NEIGHBOURHOOD) * scale
    offset = (offset - (0.5 - RAMP / 2)) * scale
    shape = (middle.width, middle.height)
    steep = cv2.multiply(cv2.resize(slope, shape), guide)
    fitted = cv2.add(steep, cv2.resize(offset, shape), dtype=cv2.CV_8U)  # which saturates
    return np.asarray(cv2.resize(fitted, (width, height)), np.uint8)


def _mixed(past: Plane, now: Plane, flow: BackwardFlow) -> Plane:
    moved = along(past, flow.ways)
    share = cv2.resize(SHARE * flow.confidence, (now.shape[1], now.shape[0]))
    return np.asarray(now + (moved - now) * share, np.float32)
