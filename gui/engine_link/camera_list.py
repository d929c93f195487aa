"""The list of cameras, kept up to date in the background so that plugging one in is noticed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from engine.video.sources.camera_list import CameraInfo, list_cameras
from gui.engine_link.background import Background
from gui.engine_link.task import Task

REFRESH_MS = 2000
CAMERA = "camera:"
"""How a source that is a camera begins."""

CameraLister = Callable[[], Sequence[CameraInfo]]


class CameraList(QObject):
    """Lists the cameras every two seconds, never on the GUI thread: some systems are slow at it.

    A driver's fault does not end the list: the cameras found before it stay.
    """

    changed = Signal(tuple)
    """CameraInfo of each camera."""
    refreshed = Signal()
    """A refresh has ended, whatever it found."""

    def __init__(self, lister: CameraLister = list_cameras, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lister = lister
        self._task = Task(Background("camera list", stay_s=2 * REFRESH_MS / 1000), self)
        self._cameras: tuple[CameraInfo, ...] = ()
        self._refreshing = False
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._task.done.connect(self._on_found)
        self._task.failed.connect(self._on_failed)

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """What the last refresh found."""
        return self._cameras

    def entries(self) -> list[tuple[str, str]]:
        """(source, name) of every camera.

        The source is by name, which survives replugging; by number where two share a name.
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
        """Refresh now and regularly from now on."""
        self.refresh()
        self._timer.start()

    def stop(self, timeout: float) -> bool:
        """End the refreshing; whether the last one ended within `timeout` seconds."""
        self._timer.stop()
        return self._task.wait(timeout)

    def refresh(self) -> None:
        """List the cameras once; one refresh at a time."""
        if not self._refreshing:
            self._refreshing = True
            self._task.run(lambda: tuple(self._lister()))

    def _on_failed(self) -> None:
        self._on_found(self._cameras)

    def _on_found(self, found: tuple[CameraInfo, ...]) -> None:
        self._refreshing = False
        if found != self._cameras:
            self._cameras = found
            self.changed.emit(found)
        self.refreshed.emit()
