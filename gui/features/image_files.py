"""Writing pictures of people: whole or not at all, and for their owner alone."""

from __future__ import annotations

import errno
from pathlib import Path

from PySide6.QtGui import QImage

from engine.files.atomic import written_whole


def save_private(image: QImage, path: Path, *, quality: int = -1) -> None:
    """Write an image in the format of its suffix; its folder is created. Raises OSError.

    quality: 0..100, or -1 for Qt's own.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with written_whole(path, suffix=path.suffix, private=True) as partial:
        _save(image, partial, quality)


def _save(image: QImage, path: Path, quality: int) -> None:
    if not image.save(str(path), quality=quality):
        raise OSError(errno.EIO, "the image cannot be written")
