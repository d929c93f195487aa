"""Puts a styled picture and its source together: who is styled, and what is behind them."""

from __future__ import annotations

import logging
from pathlib import Path

import cv2
import numpy as np

from engine.frames import Pixels, Size, size_of
from engine.imaging import draw_fitted, read_picture, towards
from engine.model.person.mask import Plane, enlarged
from engine.settings import Behind, Composition, FitMode, Rgb, Styled

logger = logging.getLogger(__name__)

BLURRED_SIDE = 160
"""Width in pixels at which a background is blurred."""

BLUR = 4.0
"""Standard deviation of the blur, in pixels of that width: of a face, only the place remains."""


class Composer:
    """Composes the frames of a stream. It keeps what is behind them at their size."""

    def __init__(self) -> None:
        self._key: tuple[str | Rgb, Size] | None = None
        self._backdrop: Pixels | None = None
        self._failed = False

    def compose(
        self, styled: Pixels, source: Pixels, mask: Plane | None, wanted: Composition
    ) -> Pixels:
        """A styled picture and its source, both (H, W, 3) -> what is shown, (H, W, 3).

        mask: see `engine.model.person.mask.PersonMask`. Without one, and wherever something fails,
        the styled picture is shown, whole: never the source.
        """
        if mask is None or not wanted.needs_mask:
            return styled
        try:
            composed = self._composed(styled, source, mask, wanted)
        except Exception:  # such as a picture that is gone; a stream goes on
            if not self._failed:
                logger.exception("the picture cannot be composed; it is shown styled")
            self._failed = True
            return styled
        self._failed = False
        return composed

    def _composed(self, styled: Pixels, source: Pixels, mask: Plane, wanted: Composition) -> Pixels:
        person = source if wanted.styled is Styled.ROOM else styled
        room = source if wanted.styled is Styled.PERSON else styled
        match wanted.behind:
            case Behind.AS_STYLED:
                behind = room
            case Behind.BLURRED:
                behind = _blurred(room, mask)
            case Behind.COLOUR:
                behind = self._backdrop_of(wanted.colour, size_of(styled))
            case Behind.PICTURE:
                behind = self._backdrop_of(wanted.picture, size_of(styled))
        return towards(behind, person, enlarged(mask, source))

    def _backdrop_of(self, what: str | Rgb, size: Size) -> Pixels:
        """A picture, by its path, or a colour, at this size. Raises SettingError or ValueError.

        A picture that cannot be read is not tried again with every frame, which may take long.
        """
        if self._key != (what, size):
            self._key, self._backdrop = (what, size), None
            drawn = np.empty((size.height, size.width, 3), np.uint8)
            if isinstance(what, str):
                draw_fitted(read_picture(Path(what)), drawn, FitMode.CROP)
            else:
                drawn[:] = what
            self._backdrop = drawn
        if self._backdrop is None:
            raise ValueError("the picture could not be read")
        return self._backdrop


def _blurred(room: Pixels, mask: Plane) -> Pixels:
    """The room, blurred without the person's colours running into it."""
    height, width = room.shape[:2]
    small = (BLURRED_SIDE, max(round(BLURRED_SIDE * height / width), 1))
    weight = 1.0 - cv2.resize(mask, small, interpolation=cv2.INTER_AREA)
    weight = np.maximum(weight, 1e-3)[..., None]
    colours = cv2.resize(room, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    total = cv2.GaussianBlur(colours * weight, (0, 0), BLUR)
    blurred = total / cv2.GaussianBlur(weight, (0, 0), BLUR)[..., None]
    return np.asarray(cv2.resize(np.rint(blurred).astype(np.uint8), (width, height)), np.uint8)
