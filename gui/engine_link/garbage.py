"""Python's garbage, collected on the GUI thread only.

Python collects on whichever thread happens to make the object that is one too many. A widget in a
reference cycle, such as a closed dialog that its own callback refers to, would then be deleted by
the engine's thread or a camera's, and Qt crashes where a widget is deleted on another thread than
its own.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

LOOKS_EVERY_MS = 200
ALL_EVERY_S = 20.0
"""Seconds between two collections of the oldest generation, which visit every object."""


class GarbageCollection(QObject):
    """Collects in place of Python, at Python's own thresholds, from now until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._automatic = gc.isenabled()
        self._all_at = time.monotonic() + ALL_EVERY_S
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect as before."""
        self._timer.stop()
        if self._automatic:
            gc.enable()

    def _look(self) -> None:
        youngest, middle, oldest = (
            count > most for count, most in zip(gc.get_count(), self._thresholds, strict=True)
        )
        if oldest and time.monotonic() >= self._all_at:
            gc.collect()
            self._all_at = time.monotonic() + ALL_EVERY_S
        elif middle:
            gc.collect(1)
        elif youngest:
            gc.collect(0)
