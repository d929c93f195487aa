"""Pictures for training in another light, and contact sheets for inspection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator

from engine.frames import Pixels


def in_other_light(pixels: Pixels, random: Generator) -> Pixels:
    """Another exposure, contrast and white balance; now and then as soft as a cheap camera."""
    lit = (pixels / 255.0) ** random.uniform(0.75, 1.45) * random.uniform(0.75, 1.1)
    lit = lit * random.uniform(0.90, 1.10, 3)
    lit = np.clip(255 * lit, 0, 255).astype(np.uint8)
    if random.uniform() < 0.35:
        side = lit.shape[0]
        small = cv2.resize(lit, (int(side * random.uniform(0.4, 0.7)),) * 2, interpolation=3)
        lit = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(lit, np.uint8)


def write_sheet(path: Path, rows: Sequence[Sequence[Pixels]]) -> None:
    """Write rows of pictures of one size as one PNG or JPEG."""
    sheet = np.vstack([np.hstack(list(row)) for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cv2.imwrite(str(path), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR)):
        raise OSError(f"could not write {path}")
