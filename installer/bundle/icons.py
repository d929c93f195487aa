"""Draws the program's icon in every size that a system asks for: `python icons.py FOLDER`.

FOLDER then holds NxN.png for Linux, `live2diff-camera.ico` for Windows, `live2diff-camera.icns`
for macOS.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
OF_WINDOWS = (16, 24, 32, 48, 64, 128, 256)


def main(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(DRAWING))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        image.save(str(folder / f"{size}x{size}.png"))
    largest = Image.open(folder / "512x512.png")
    largest.save(folder / "live2diff-camera.ico", sizes=[(size, size) for size in OF_WINDOWS])
    largest.save(folder / "live2diff-camera.icns")
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
