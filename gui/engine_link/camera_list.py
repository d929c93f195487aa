"""The list of cameras, kept fresh in the background so that plugging one in is noticed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from engine.video.sources.camera_list import CameraInfo, list_cameras
from gui.engine_link.background import Background

logger = logging.getLogger(__name__)

REFRESH_MS = 2000
CAMERA = "camera:"
"""How a source that is a camera begins."""

CameraLister = Callable[[], Sequence[CameraInfo]]


class CameraList(QObject):
    """Looks every two seconds, never on the GUI thread: some systems take their time."""

    changed = Signal(object)
    _found = Signal(object)

    def __init__(self, lister: CameraLister = list_cameras, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lister = lister
        self._background = Background("camera list", stay_s=2 * REFRESH_MS / 1000)
        self._cameras: tuple[CameraInfo, ...] = ()
        self.refreshing = False
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._found.connect(self._on_found)

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """What the last look found."""
        return self._cameras

    def entries(self) -> list[tuple[str, str]]:
        """(source, name) of every camera.

        The source is by name, which survives replugging; by number where two have the same.
        """
        names = [camera.name for camera in self._cameras]
        return [
            (
                f"{CAMERA}{camera.name if names.count(camera.name) == 1 else camera.index}",
                camera.name,
            )
            for camera in self._cameras
        ]

    def start(self) -> None:
        """Look now and from now on."""
        self.refresh()
        self._timer.start()

    def stop(self, timeout: float) -> bool:
        """Look no more; True when no look is under way any more."""
        self._timer.stop()
        return self._background.wait(timeout)

    def refresh(self) -> None:
        """Look once; one at a time."""
        if not self.refreshing:
            self.refreshing = True
            self._background.run(self._ask)

    def _ask(self) -> None:
        found: tuple[CameraInfo, ...] = self._cameras
        try:
            found = tuple(self._lister())
        except Exception:  # a driver's fault must not end the list
            logger.exception("the cameras could not be listed")
        self._found.emit(found)

    def _on_found(self, found: tuple[CameraInfo, ...]) -> None:
        self.refreshing = False
        if found != self._cameras:
            self._cameras = found
            self.changed.emit(found)
