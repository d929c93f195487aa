"""A look through a camera before any model runs: for choosing one. Shown here, sent nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.frames import Pixels, Size
from engine.imaging import fit
from engine.settings import InputSettings
from engine.video.sources.factory import make_source

SIZE = Size(480, 272)


class CameraPreview(QObject):
    """Reads a source on a thread of its own until told to stop. Only `wait` ever waits."""

    seen = Signal(object)
    """Pixels, fitted to `SIZE`."""
    failed = Signal(object)
    """An EngineError."""
    _saw = Signal(object, object)
    _lost = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: _PreviewThread | None = None
        self._saw.connect(self._on_saw)
        self._lost.connect(self._on_lost)

    def show(self, wish: InputSettings) -> None:
        """Look through this source from now on."""
        self.stop()
        self._look = _PreviewThread(wish, self._look, self._saw.emit, self._lost.emit)
        self._look.start()

    def stop(self) -> None:
        """Let go of the camera, soon. Nothing is told any more."""
        if self._look is not None:
            self._look.stop()

    def wait(self, timeout: float) -> bool:
        """Wait until the camera is let go of; True when it is."""
        if self._look is None:
            return True
        self._look.join(timeout)
        return not self._look.is_alive()

    def _on_saw(self, look: _PreviewThread, pixels: Pixels) -> None:
        """What was on its way from an earlier look comes too late."""
        if look is self._look and not look.stopped:
            self.seen.emit(pixels)

    def _on_lost(self, look: _PreviewThread, error: EngineError) -> None:
        if look is self._look and not look.stopped:
            self.failed.emit(error)


class _PreviewThread(threading.Thread):
    """One look; it begins when the one before has let go of its camera."""

    def __init__(
        self,
        wish: InputSettings,
        before: threading.Thread | None,
        show: Callable[[_PreviewThread, Pixels], object],
        fail: Callable[[_PreviewThread, EngineError], object],
    ) -> None:
        super().__init__(name="camera glance", daemon=True)
        self.stopped = False
        self._guard = threading.Lock()
        self._wish, self._before = wish, before
        self._show, self._fail = show, fail

    def stop(self) -> None:
        """Nothing is told any more once this has returned; the camera is let go of soon."""
        with self._guard:
            self.stopped = True

    def run(self) -> None:
        if self._before is not None:
            self._before.join()
            self._before = None
        try:
            self._read()
        except EngineError as error:
            with self._guard:
                if not self.stopped:
                    self._fail(self, error)

    def _read(self) -> None:
        source = make_source(self._wish)
        source.open()
        try:
            while not self.stopped and (frame := source.read()) is not None:
                picture = fit(frame.pixels, SIZE, self._wish)
                with self._guard:
                    if not self.stopped:
                        self._show(self, picture)
        finally:
            source.close()
