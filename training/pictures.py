"""Contact sheets for inspection while training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from engine.frames import Pixels


def write_sheet(path: Path, rows: Sequence[Sequence[Pixels]]) -> None:
    """Write rows of pictures of one size as one PNG or JPEG."""
    sheet = np.vstack([np.hstack(list(row)) for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cv2.imwrite(str(path), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR)):
        raise OSError(f"could not write {path}")
