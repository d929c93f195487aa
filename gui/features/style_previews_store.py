"""Where the style previews are kept: only styled pictures, never the camera's."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage

from gui.features.image_files import save_private
from gui.paths import stem_of

logger = logging.getLogger(__name__)


class StylePreviewStore:
    """A picture for each style of each model, in one folder. Failures to write are logged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, model: str, styles: Sequence[str]) -> dict[str, QImage]:
        """The pictures kept for these styles."""
        found = {style: QImage(str(self._path(model, style))) for style in styles}
        return {style: image for style, image in found.items() if not image.isNull()}

    def save(self, model: str, style: str, image: QImage) -> None:
        """Keep a picture, in place of the previous one."""
        path = self._path(model, style)
        try:
            save_private(image, path)
        except OSError as error:
            logger.warning("a style's picture cannot be kept: %s", error.strerror)

    def forget(self, model: str) -> None:
        """Delete a model's pictures."""
        for path in self._folder_of(model).glob("*.png"):
            path.unlink(missing_ok=True)

    def _folder_of(self, model: str) -> Path:
        return self._folder / stem_of(model)

    def _path(self, model: str, style: str) -> Path:
        return self._folder_of(model) / f"{stem_of(style)}.png"
