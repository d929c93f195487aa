"""The one door between the window and the session: events in as signals, commands out.

Events arrive on the engine's threads and leave here on the GUI thread.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from engine.concurrency.worker import Worker
from engine.events import (
    Event,
    Failed,
    Finished,
    Progress,
    SessionState,
    SizesChosen,
    StateChanged,
    Stats,
)
from engine.frames import Frame, Pixels, StyledFrame
from engine.remote.factory import build_translator
from engine.session.commands import Command
from engine.session.preload import preload
from engine.session.session import Job, Session
from engine.video.sources.still import StillSource


class LiveSession(Protocol):
    """What the window needs of `engine.session.session.Session`; tests supply a double."""

    @property
    def state(self) -> SessionState: ...

    def start(self, job: Job) -> None: ...

    def stop(self) -> None: ...

    def wait(self, timeout: float | None = None) -> bool: ...

    def send(self, command: Command) -> None: ...

    def newest_output(self) -> StyledFrame | None: ...

    def newest_input(self) -> Frame | None: ...


SessionFactory = Callable[[Callable[[Event], None]], LiveSession]


class SessionBridge(QObject):
    """Owns the session. Only the GUI thread calls it; nothing here waits but `close`."""

    state_changed = Signal(SessionState)
    progressed = Signal(Progress)
    sizes_chosen = Signal(SizesChosen)
    measured = Signal(Stats)
    failed = Signal(Failed)
    finished = Signal()

    _arrived = Signal(object)

    def __init__(self, make_session: SessionFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: Callable[[], Job] | None = None
        self._state = SessionState.OFF
        self._arrived.connect(self._dispatch, Qt.ConnectionType.QueuedConnection)
        self._session = make_session(self._arrived.emit)

    @property
    def state(self) -> SessionState:
        """The state last announced."""
        return self._state

    def start(self, make_job: Callable[[], Job]) -> None:
        """Run a job: at once when off, else as soon as the present one has ended.

        make_job: called only then, so that nothing that changes meanwhile is missing in it.
        """
        if self._session.state is SessionState.OFF and self._state is SessionState.OFF:
            self._session.start(make_job())
        else:
            self._next = make_job
            self._session.stop()

    def stop(self) -> None:
        """Ask the session to end."""
        self._next = None
        self._session.stop()

    def close(self, timeout: float) -> bool:
        """End the session and wait for it; True when it has ended in time."""
        self.stop()
        return self._session.wait(timeout)

    def send(self, command: Command) -> None:
        """Have the running session do this; ignored when off."""
        self._session.send(command)

    def newest_output(self) -> StyledFrame | None:
        """The newest styled frame that was not taken yet."""
        return self._session.newest_output()

    def newest_input(self) -> Frame | None:
        """The newest fitted input frame that was not taken yet."""
        return self._session.newest_input()

    def _dispatch(self, event: Event) -> None:
        match event:
            case StateChanged(state):
                self._enter(state)
            case Progress():
                self.progressed.emit(event)
            case SizesChosen():
                self.sizes_chosen.emit(event)
            case Stats():
                self.measured.emit(event)
            case Failed():
                self.failed.emit(event)
            case Finished():
                self.finished.emit()

    def _enter(self, state: SessionState) -> None:
        self._state = state
        self.state_changed.emit(state)
        if state is SessionState.OFF and self._next is not None:
            make_job, self._next = self._next, None
            self._session.start(make_job())


def live_session(listener: Callable[[Event], None]) -> LiveSession:
    """The real session."""
    return Session(listener, build_translator=build_translator)


def still_session(pixels: Pixels, frames: int) -> SessionFactory:
    """Sessions whose source is one picture, `frames` times."""

    def make(listener: Callable[[Event], None]) -> LiveSession:
        return Session(
            listener,
            build_translator=build_translator,
            open_source=lambda _job: StillSource(pixels, frames),
        )

    return make


def preload_engine() -> None:
    """Import what a stream needs on a thread of its own, so that the first start is quick."""
    Worker("preload", lambda _: _preload()).start()


def _preload() -> None:
    try:
        preload()
        import engine.video.sinks.recorder  # noqa: F401, PLC0415 - not on the click that records
    finally:
        linecache.clearcache()  # PySide reads the source of whatever is imported: 30 MB by now
