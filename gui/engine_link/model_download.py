"""Downloads what a model lacks, off the GUI thread."""

from __future__ import annotations

import queue
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.concurrency.cancellation import CancellationToken, Cancelled
from engine.errors import DownloadError, EngineError
from engine.events import Progress
from engine.model_store.components import ModelComponent
from gui.engine_link.background import Background
from gui.engine_link.task import Task

Accept = Callable[[ModelComponent], bool]
Fetch = Callable[[str, Accept, Callable[[Progress], None], CancellationToken], None]
"""Downloads MODEL/STYLE: asks about each licence, reports its progress, obeys the token."""


def fetch_model(
    name: str, accept: Accept, listener: Callable[[Progress], None], token: CancellationToken
) -> None:
    """From the hosts that the catalogue names. Raises EngineError kinds, or Cancelled."""
    from engine.model_store.manage import download, open_store  # noqa: PLC0415 - hosts take a while

    download(name, open_store(), accept, listener=listener, cancellation=token)


class ModelDownload(QObject):
    """One download at a time; what has arrived is kept for the next try.

    Nothing is announced after a `cancel`.
    """

    progressed = Signal(Progress)
    """In bytes."""
    licence_asked = Signal(ModelComponent)
    """Its licence waits for `answer`."""
    finished = Signal()
    """Everything has arrived."""
    failed = Signal(EngineError)

    def __init__(self, fetch: Fetch = fetch_model, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._task = Task(Background("model download"), self)
        self._token = CancellationToken()
        self._answers: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)

    def start(self, name: str) -> None:
        """Download what MODEL/STYLE lacks."""
        self._token, self._answers = CancellationToken(), queue.SimpleQueue()
        token, answers = self._token, self._answers
        self._task.run(lambda: self._download(name, token, answers))

    def answer(self, *, accepted: bool) -> None:
        """The user's answer to the licence that was shown."""
        self._answers.put(accepted)

    def pause(self, *, on: bool) -> None:
        """Pause at the next block, or resume."""
        (self._token.pause if on else self._token.resume)()

    def cancel(self) -> None:
        """Call the download off."""
        self._token.cancel()
        self._answers.put(False)

    def wait(self, timeout: float) -> bool:
        """Wait for the download; whether it ended within `timeout` seconds."""
        return self._task.wait(timeout)

    def _download(
        self, name: str, token: CancellationToken, answers: queue.SimpleQueue[bool]
    ) -> bool:
        """Whether it is complete, rather than called off."""

        def ask(component: ModelComponent) -> bool:
            self.licence_asked.emit(component)
            accepted = answers.get()
            token.check()
            return accepted

        try:
            self._fetch(name, ask, self.progressed.emit, token)
        except Cancelled:
            return False
        return True

    def _on_done(self, complete: bool) -> None:
        if complete:
            self.finished.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error if isinstance(error, EngineError) else _unforeseen(error))


def _unforeseen(error: Exception) -> EngineError:
    return DownloadError(
        "The download failed: {reason}.", "Try again; it resumes where it stopped.", reason=error
    )
