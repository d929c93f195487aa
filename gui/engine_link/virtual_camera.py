"""The virtual camera as the window sees it: status, panic and placeholder."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.interfaces import FrameSink
from engine.virtual_camera.protocol import PublisherStatus

POLL_MS = 100
TRY_AGAIN_S = 2.0
"""How long after a refusal the camera is asked for again."""


class Publisher(Protocol):
    """What the window needs of `PublisherClient`; tests bring a double."""

    def start(self) -> None: ...

    def set_up(self, size: Size, fps: float) -> None: ...

    def sink(self) -> FrameSink: ...

    def panic(self, on: bool) -> None: ...

    def set_placeholder(self, pixels: Pixels) -> None: ...

    def status(self) -> PublisherStatus: ...

    def close(self) -> None: ...


class VirtualCameraModel(QObject):
    """Polls the publisher a few times a second and announces every change."""

    status_changed = Signal(PublisherStatus)

    def __init__(self, publisher: Publisher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._publisher = publisher
        self._status: PublisherStatus | None = None
        self._try_again_at: float | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def status(self) -> PublisherStatus | None:
        """The status at the last poll; None before the first."""
        return self._status

    def start(self) -> None:
        """Start the virtual camera and begin to poll it. Raises SinkError if another application
        has it; it is then tried again now and then.
        """
        self._timer.start()
        self._try_again_at = time.monotonic() + TRY_AGAIN_S
        self._publisher.start()
        self._try_again_at = None

    def close(self) -> None:
        """Disconnect from the virtual camera, which shows the placeholder until it ends."""
        self._timer.stop()
        self._publisher.close()

    def set_up(self, size: Size, fps: float) -> None:
        """Give the virtual camera this size and rate. Raises SettingError."""
        self._publisher.set_up(size, fps)

    def wait_ms(self, fps: float) -> float:
        """For how long a frame lies ready until it is shown, as measured; half an interval of the
        camera, of so many pictures a second, before that.
        """
        measured = self._status.waited if self._status is not None else 0.0
        return 1000 * measured or 500 / fps

    def sink(self) -> FrameSink:
        """A new sink for one session."""
        return self._publisher.sink()

    def panic(self, on: bool) -> None:
        """Show the placeholder within one frame, until released; `status` says when it shows."""
        self._publisher.panic(on)
        self.refresh()

    def hide_at_once(self) -> None:
        """Show the placeholder as `panic` does; any thread may call it. Whoever does makes the
        window know of the panic as well.
        """
        self._publisher.panic(True)

    def show_at_once(self) -> None:
        """Release a panic; whoever does makes the window know of it as well."""
        self._publisher.panic(False)

    def set_placeholder(self, pixels: Pixels) -> None:
        """Set what is shown while there is no styled picture."""
        self._publisher.set_placeholder(pixels)

    def refresh(self) -> None:
        """Poll now."""
        if self._try_again_at is not None and time.monotonic() > self._try_again_at:
            with suppress(SinkError):
                self.start()
        status, before = self._publisher.status(), self._status
        self._status = status
        if not _same(status, before):
            self.status_changed.emit(status)


def _same(one: PublisherStatus, other: PublisherStatus | None) -> bool:
    """Whether they are equal; errors count as equal when they say the same."""
    if other is None:
        return False
    return replace(one, error=None) == replace(other, error=None) and (
        str(one.error) == str(other.error)
    )
