"""Draws the program's icon in every size that a system asks for: `python icons.py FOLDER`.

FOLDER then holds NxN.png for Linux, `live2diff-camera.ico` and `welcome.bmp` for Windows,
`live2diff-camera.icns` for macOS.
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
WELCOME = (164, 314)
TOP, BOTTOM = (42, 51, 80), (18, 21, 29)
"""The colours of the icon's own ground."""
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
    _welcome(largest).save(folder / "welcome.bmp")
    del application


def _welcome(icon: Image.Image) -> Image.Image:
    """The picture beside the first and the last page of the Windows installer."""
    width, height = WELCOME
    picture = Image.new("RGB", WELCOME)
    for row in range(height):
        share = row / height
        colour = tuple(round(a + (b - a) * share) for a, b in zip(TOP, BOTTOM, strict=True))
        picture.paste(colour, (0, row, width, row + 1))
    small = icon.convert("RGBA").resize((width * 2 // 3, width * 2 // 3), Image.Resampling.LANCZOS)
    picture.paste(small, (width // 6, height // 4), small)
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]))
