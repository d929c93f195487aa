"""Whether the graphics card draws the pictures: tried once, before the window is shown."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import PySide6
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QRhiDriverInfo
from PySide6.QtWidgets import QWidget

from engine.files.atomic import write_text
from engine.paths import app_version, cache_dir
from gui.widgets.picture.drawn_by_gpu import GpuPicture
from gui.widgets.picture.painted import PaintedPicture
from gui.widgets.picture.scene import Layer, Scene, SceneSource

logger = logging.getLogger(__name__)

VARIABLE = "LIVE2DIFF_PREVIEW"
"""In the environment: `software` never uses the card, `gpu` even one that a program imitates."""

PLATFORMS = ("xcb", "wayland", "wayland-egl", "windows", "cocoa")
"""Qt's platforms on which a window can be drawn by a card."""
SOFTWARE_WISHED = {"LIBGL_ALWAYS_SOFTWARE": ("1", "true"), "QT_OPENGL": ("software",)}
"""What says, in the environment, that cards are imitated here."""
IMITATIONS = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "basic render", "gdi")
"""In the names of drivers that compute on the processor: they take it away from the model."""
CRASHES = 2
"""So many times the program may have ended in the driver's hands; then it is left alone."""
_LEVELS = 3
"""By which the card's picture may differ from the right one, of 0..255."""


class Trial:
    """Notes on disk that the card is being tried, so that a driver that takes the program down is
    not tried for ever. Another version of the program or of Qt is tried anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = f"{app_version()} {PySide6.__version__}"

    def begin(self) -> bool:
        """Whether to try; noted until `end`."""
        failures = self._failures()
        if failures >= CRASHES:
            return False
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_text(self._path, f"{self._version} {failures + 1}")
        return True

    def end(self) -> None:
        """The program has survived it."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _failures(self) -> int:
        try:
            version, _, count = self._path.read_text("utf-8").rpartition(" ")
            return int(count) if version == self._version else 0
        except (OSError, ValueError):
            return 0


class DrawingChoice:
    """Which way pictures are drawn, for the whole program."""

    def __init__(self, environment: Mapping[str, str], trial: Trial) -> None:
        self._environment, self._trial = environment, trial
        self._by_card: bool | None = None

    def new_picture(self, scene: SceneSource, parent: QWidget) -> GpuPicture | PaintedPicture:
        """A widget that draws a scene. The first call tries the card."""
        if self._by_card is None:
            refusal = self.refusal()
            self._by_card = not refusal
            if refusal:
                logger.info("the processor draws the preview: %s", refusal)
        if not self._by_card:
            return PaintedPicture(scene, parent)
        picture = GpuPicture(scene, parent)
        picture.drawn.connect(self._trial.end, Qt.ConnectionType.SingleShotConnection)
        return picture

    def give_up(self) -> None:
        """The card has failed while it was in use: the processor draws from now on."""
        self._by_card = False
        self._trial.end()
        logger.warning("the processor draws the preview from now on")

    def refusal(self) -> str:
        """Try the card; why it is not used, "" where it is."""
        wish = self._environment.get(VARIABLE, "")
        if wish == "software":
            return f"{VARIABLE} says so"
        if QGuiApplication.platformName() not in PLATFORMS:
            return "no card draws on this kind of display"
        for name, values in SOFTWARE_WISHED.items():
            if wish != "gpu" and self._environment.get(name, "").lower() in values:
                return f"{name} says so"
        if not self._trial.begin():
            return "with the graphics card, the program has ended before it showed anything"
        refusal = try_card(imitated=wish == "gpu")
        if refusal:
            self._trial.end()
        return refusal


def try_card(*, imitated: bool) -> str:
    """Draw a picture that nobody sees; why the card is not to be used, "" where it is.

    imitated: whether a card that a program imitates will do.
    """
    scene = _test_scene()
    by_card, by_processor = GpuPicture(lambda: scene), PaintedPicture(lambda: scene)
    for widget in (by_card, by_processor):
        widget.resize(scene.place.size())
    got, right = by_card.grabFramebuffer(), by_processor.grab().toImage()
    driver = by_card.rhi().driverInfo() if not got.isNull() else None
    by_card.releaseResources()
    if driver is None:
        return "there is no graphics card, or its driver does not work"
    name = bytes(driver.deviceName.data()).decode(errors="replace")
    if not imitated and is_imitation(name, QRhiDriverInfo.DeviceType(driver.deviceType)):
        return f"a program imitates a graphics card ({name})"
    if not _alike(got, right):
        return f"the graphics card draws wrong pictures ({name})"
    logger.info("the graphics card draws the preview: %s", name)
    return ""


def is_imitation(name: str, kind: QRhiDriverInfo.DeviceType) -> bool:
    """Whether a device of this name computes on the processor."""
    imitates = any(word in name.lower() for word in IMITATIONS)
    return imitates or kind is QRhiDriverInfo.DeviceType.CpuDevice


def _test_scene() -> Scene:
    """Two pictures of odd sizes in many colours, one enlarged, one shrunk, a part of it seen. In
    units of which any usual scale of a display makes whole pixels.
    """
    colours = np.random.default_rng(0)
    large, small = (colours.integers(0, 256, size, np.uint8) for size in ((66, 99, 3), (7, 10, 3)))
    place = QRect(0, 0, 32, 20)
    layers = (Layer(small, place), Layer(large, QRect(0, 0, 12, 20)))
    return Scene("#204060", place, layers)


def _alike(one: QImage, other: QImage) -> bool:
    if one.size() != other.size():
        return False
    ours, theirs = (_levels(image) for image in (one, other))
    return bool(np.abs(ours - theirs).max() <= _LEVELS)


def _levels(image: QImage) -> NDArray[np.int16]:
    """(H, W, 4), red first."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    shape = (image.height(), image.width(), 4)
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(np.int16)


choice = DrawingChoice(os.environ, Trial(cache_dir() / "graphics_card.txt"))
"""The program's own."""
