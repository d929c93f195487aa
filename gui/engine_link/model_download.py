"""Fetches what a model lacks, off the GUI thread."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.concurrency.cancellation import CancellationToken, Cancelled
from engine.errors import DownloadError, EngineError
from engine.events import Progress
from engine.model_store.components import ModelComponent
from gui.engine_link.background import Background

logger = logging.getLogger(__name__)

Accept = Callable[[ModelComponent], bool]
Fetch = Callable[[str, Accept, Callable[[Progress], None], CancellationToken], None]
"""Fetches MODEL/STYLE: asks for each licence, tells the bytes, obeys the control."""


def fetch_model(
    name: str, accept: Accept, listener: Callable[[Progress], None], control: CancellationToken
) -> None:
    """From the hosts that the catalogue names. Raises EngineError kinds, or Cancelled."""
    from engine.model_store.manage import download, open_store  # noqa: PLC0415 - hosts take a while

    download(name, open_store(), accept, listener=listener, control=control)


class ModelDownload(QObject):
    """One download at a time; whatever came stays for the next try.

    progressed brings a Progress in bytes, terms_wanted a Part whose licence waits for `answer`,
    ended an EngineError or None; nothing follows a `cancel`.
    """

    progressed = Signal(object)
    licence_asked = Signal(object)
    ended = Signal(object)

    def __init__(self, fetch: Fetch = fetch_model, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._background = Background("fetching")
        self._control = CancellationToken()
        self._answers: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def start(self, name: str) -> None:
        """Fetch what MODEL/STYLE lacks."""
        self._control, self._answers = CancellationToken(), queue.SimpleQueue()
        control, answers = self._control, self._answers
        self._background.run(lambda: self._run(name, control, answers))

    def answer(self, *, accepted: bool) -> None:
        """The user's word on the licence that was shown."""
        self._answers.put(accepted)

    def pause(self, *, on: bool) -> None:
        """Hold at the next block, or go on."""
        (self._control.pause if on else self._control.resume)()

    def cancel(self) -> None:
        """Call it off."""
        self._control.cancel()
        self._answers.put(False)

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; True when so."""
        return self._background.wait(timeout)

    def _run(self, name: str, control: CancellationToken, answers: queue.SimpleQueue[bool]) -> None:
        def ask(part: ModelComponent) -> bool:
            self.licence_asked.emit(part)
            accepted = answers.get()
            control.check()
            return accepted

        try:
            self._fetch(name, ask, self.progressed.emit, control)
        except Cancelled:
            return
        except EngineError as error:
            self.ended.emit(error)
        except Exception as error:
            logger.exception("%s could not be fetched", name)
            self.ended.emit(_unforeseen(error))
        else:
            self.ended.emit(None)


def _unforeseen(error: Exception) -> EngineError:
    return DownloadError(
        "The download failed: {reason}.", "Try again; it goes on from here.", reason=error
    )
