"""The pictures that the tests send, and how they are distinguished on the other side.

The test card has eight colour patches above a row of sixteen cells that spell the frame's number
in black and white. Everything that stands for the translator's work is grey, and so nearly is
the placeholder: a frame with much saturated colour can only be the raw input, whose colour bars
`is_raw` looks for.
"""

from __future__ import annotations

import numpy as np

from engine.frames import Pixels, Size

PATCHES = (
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 0),
    (0, 255, 255),
    (255, 0, 255),
    (128, 128, 128),
    (255, 128, 0),
)
_CELLS = 16
_COLOURFUL = 90


def test_card(size: Size, number: int) -> Pixels:
    """Four by two patches on the upper five sixths, the number in binary below."""
    card = np.zeros((size.height, size.width, 3), np.uint8)
    patch_height, patch_width = size.height * 5 // 12, size.width // 4
    for index, colour in enumerate(PATCHES):
        top, left = index // 4 * patch_height, index % 4 * patch_width
        card[top : top + patch_height, left : left + patch_width] = colour
    cell = size.width // _CELLS
    for bit in range(_CELLS):
        if number >> bit & 1:
            card[size.height * 11 // 12 :, bit * cell : (bit + 1) * cell] = 255
    return card


test_card.__test__ = False  # type: ignore[attr-defined]  # no test, whatever its name


def read_number(pixels: Pixels) -> int:
    """The number that a test card shows."""
    height, width = pixels.shape[:2]
    row = pixels[height * 23 // 24].mean(axis=-1)
    cell = width // _CELLS
    return sum(int(row[bit * cell + cell // 2] > 127) << bit for bit in range(_CELLS))


def worst_patch_error(pixels: Pixels) -> float:
    """The largest difference of any channel in the middle of any patch, 0..255."""
    height, width = pixels.shape[:2]
    worst = 0.0
    for index, colour in enumerate(PATCHES):
        y = index // 4 * (height * 5 // 12) + height * 5 // 24
        x = index % 4 * (width // 4) + width // 8
        mean = pixels[y - 8 : y + 8, x - 8 : x + 8].reshape(-1, 3).mean(axis=0)
        worst = max(worst, float(np.abs(mean - np.array(colour)).max()))
    return worst


def colourful_share(pixels: Pixels) -> float:
    """The share of pixels whose channels differ by more than grey, noise and teal allow."""
    small = pixels[::4, ::4].astype(np.int16)
    return float(((small.max(axis=-1) - small.min(axis=-1)) > _COLOURFUL).mean())


def is_raw(pixels: Pixels) -> bool:
    """Whether any part of the raw colour bars is in this frame."""
    return colourful_share(pixels) > 0.01


def grey(size: Size, value: int) -> Pixels:
    """What the stand-in translator makes of every frame."""
    return np.full((size.height, size.width, 3), value, np.uint8)


def is_styled(pixels: Pixels) -> bool:
    """Whether this frame is the stand-in translator's."""
    middle = pixels[pixels.shape[0] // 4 : -pixels.shape[0] // 4].mean(axis=(0, 1))
    return bool(middle.min() > 150 and not is_raw(pixels))
