"""The picture of a source before any model runs: for choosing a camera. Shown, never on air."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.concurrency.worker import Worker
from engine.errors import EngineError
from engine.frames import Pixels, Size
from engine.imaging import fit
from engine.interfaces import FrameSource
from engine.settings import InputSettings
from engine.video.sources.factory import make_source

SIZE = Size(480, 272)

SourceMaker = Callable[[InputSettings], FrameSource]


class CameraPreview(QObject):
    """Reads one source at a time, on a thread of its own, until it is stopped.

    Only `wait` ever blocks.
    """

    seen = Signal(np.ndarray)
    """Pixels, fitted to `SIZE`."""
    failed = Signal(EngineError)
    _read = Signal(object, np.ndarray)
    _lost = Signal(object, EngineError)

    def __init__(self, parent: QObject | None = None, *, make: SourceMaker = make_source) -> None:
        super().__init__(parent)
        self._make = make
        self._reader: _Reader | None = None
        self._read.connect(self._on_read)
        self._lost.connect(self._on_lost)

    def show(self, settings: InputSettings) -> None:
        """Show this source from now on."""
        self.stop()
        self._reader = _Reader(
            lambda: self._make(settings), settings, self._reader, self._read.emit, self._lost.emit
        )
        self._reader.start()

    def stop(self) -> None:
        """Release the camera soon. Nothing is announced any more."""
        if self._reader is not None:
            self._reader.stop()

    def wait(self, timeout: float | None) -> bool:
        """Wait until the camera is released; whether it was within `timeout` seconds."""
        return self._reader is None or self._reader.join(timeout)

    def _on_read(self, reader: _Reader, pixels: Pixels) -> None:
        """Pictures of an earlier source that were still on their way are dropped."""
        if reader is self._reader and not reader.stopped:
            self.seen.emit(pixels)

    def _on_lost(self, reader: _Reader, error: EngineError) -> None:
        if reader is self._reader and not reader.stopped:
            self.failed.emit(error)


class _Reader:
    """Reads one source; it begins when the one before has released its camera."""

    def __init__(
        self,
        make: Callable[[], FrameSource],
        settings: InputSettings,
        previous: _Reader | None,
        show: Callable[[_Reader, Pixels], object],
        fail: Callable[[_Reader, EngineError], object],
    ) -> None:
        self.stopped = False
        self._guard = threading.Lock()
        self._make, self._settings, self._previous = make, settings, previous
        self._show, self._fail = show, fail
        self._worker = Worker("camera preview", self._run)

    def start(self) -> None:
        """Begin once the previous reader has ended."""
        self._worker.start()

    def stop(self) -> None:
        """Nothing is announced once this has returned; the camera is released soon."""
        with self._guard:
            self.stopped = True

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end; whether it came within `timeout` seconds."""
        return self._worker.join(timeout)

    def _run(self, _stopping: threading.Event) -> None:
        if self._previous is not None:
            self._previous.join()
            self._previous = None
        try:
            self._read()
        except EngineError as error:
            with self._guard:
                if not self.stopped:
                    self._fail(self, error)

    def _read(self) -> None:
        source = self._make()
        source.open()
        try:
            while not self.stopped and (frame := source.read()) is not None:
                picture = fit(frame.pixels, SIZE, self._settings)
                with self._guard:
                    if not self.stopped:
                        self._show(self, picture)
        finally:
            source.close()
