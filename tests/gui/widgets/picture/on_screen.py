"""Shows a preview on a screen, keeps a picture of the screen, and prints what drew it.

python -m tests.gui.widgets.picture.on_screen PICTURE.png [--fails]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from engine.frames import Pixels
from gui.theme.theme import apply_theme
from gui.widgets.overlay import Notice, OverlayBadge
from gui.widgets.picture.choice import choice
from gui.widgets.picture.drawn_by_gpu import GpuPicture
from gui.widgets.video_view import VideoView

SIZES = ((321, 181), (1000, 563), (1920, 1080), (98, 401))
"""Width and height of pictures: enlarged, shrunk in two ways, portrait; rows of any length."""


@dataclass
class Kept:
    """What was seen."""

    drawn_by: str = ""


def noise(seed: int, width: int, height: int) -> Pixels:
    """Soft, and full of colour."""
    coarse = np.random.default_rng(seed).integers(0, 256, (height // 4, width // 4, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def window_of(views: list[VideoView]) -> QWidget:
    """All of them beside each other, with what the program lays upon them."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLabel("above"))
    for view in views:
        column.addWidget(view, stretch=1)
    badge, notice = OverlayBadge(), Notice()
    badge.show_text("Your unstyled camera picture is on air", alarming=True)
    notice.show_text("Starting", "Loading the model", on_picture=True)
    upon = QVBoxLayout(views[0])
    upon.addWidget(badge, alignment=Qt.AlignmentFlag.AlignLeft)
    upon.addWidget(notice)
    return window


def main() -> None:
    """See above."""
    app = QApplication([])
    apply_theme(app, Qt.ColorScheme.Dark)
    if "--fails" in sys.argv:  # as if it had gone well before the window was shown
        choice.refusal = str  # type: ignore[method-assign]
    views = [VideoView() for _ in SIZES]
    for seed, (view, size) in enumerate(zip(views, SIZES, strict=True)):
        view.show_input(noise(10 + seed, *size))
        view.show_output(noise(seed, *size))
    views[0].set_dimmed(True)
    views[1].set_comparing(True)
    views[1].set_split(0.3)
    window = window_of(views)
    window.resize(700, 900)
    kept, seen = Kept(), set[int]()

    def keep() -> None:
        picture = app.primaryScreen().grabWindow(0, 0, 0, 720, 920)
        assert picture.save(sys.argv[1])
        kept.drawn_by = "card" if window.findChildren(GpuPicture) else "processor"
        app.quit()

    def on_painted(number: int) -> None:
        seen.add(number)
        if len(seen) == len(views):
            QTimer.singleShot(500, keep)

    for number, view in enumerate(views):
        view.painted.connect(lambda number=number: on_painted(number))
    window.show()
    QTimer.singleShot(60_000, app.quit)
    app.exec()
    sys.stdout.write(kept.drawn_by)


if __name__ == "__main__":
    main()
