"""The capture thread: from a source, fitted to the size of the output, into a mailbox."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.concurrency.mailbox import Mailbox, MailboxClosed
from engine.concurrency.worker import Worker
from engine.errors import EngineError, SourceError
from engine.frames import Frame, Size
from engine.interfaces import FrameSource
from engine.video.framing.framer import AutoFraming

logger = logging.getLogger(__name__)

RETRY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class CaptureListener:
    """What hears of the source, on the capture thread.

    opened: the source is open, or open again. lost: it failed; the flag says whether it will be
    tried again. came: a frame was read, at this `time.monotonic()`. noticed: something was left
    out, and the reading goes on or has ended well.
    """

    opened: Callable[[FrameSource], None]
    lost: Callable[[EngineError, bool], None]
    came: Callable[[float], None]
    noticed: Callable[[EngineError], None]


class Capture:
    """Reads a source on a thread of its own until it ends, fails for good, or `stop`.

    A live source that fails is opened again every second; one that was never open only if
    `patient`. size_for: the size of the pictures, given that of the source when it is first opened;
    it stays if the source comes back with another. framing: fits frames to that. limit: frames to
    read at most. Closes the mailbox at the end.
    """

    def __init__(
        self,
        source: FrameSource,
        inbox: Mailbox[Frame],
        listener: CaptureListener,
        *,
        size_for: Callable[[Size], Size],
        framing: AutoFraming,
        limit: int | None = None,
        patient: bool = True,
    ) -> None:
        self._source, self._inbox, self._listener = source, inbox, listener
        self._size_for, self._framing = size_for, framing
        self._size: Size | None = None
        self._left, self._retry = limit, patient
        self._worker = Worker("capture", self._run)

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def stop(self) -> None:
        """Ask the thread to end; it does after the read it is in."""
        self._worker.stop()
        self._inbox.close()

    def join(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for the end; returns whether it has come."""
        return self._worker.join(timeout)

    def _run(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set() and not self._read_through(stopping):
                stopping.wait(RETRY_SECONDS)
        except MailboxClosed:
            logger.debug("capture: stopped")
        finally:
            self._inbox.close()

    def _read_through(self, stopping: threading.Event) -> bool:
        """Open the source and read it to its end. Whether nothing more is to be read."""
        try:
            self._source.open()
            self._retry = True
            self._size = self._size or self._size_for(self._source.size)
            self._listener.opened(self._source)
            self._read_all(self._size, stopping)
            for remark in self._source.remarks():
                self._listener.noticed(remark)
        except EngineError as error:
            return self._lost(error)
        except MailboxClosed:
            raise
        except Exception as error:
            logger.exception("capture: %s failed", type(self._source).__name__)
            return self._lost(
                SourceError(
                    "{source} failed: {reason}.",
                    "Choose it again.",
                    source=self._source.name,
                    reason=error,
                )
            )
        finally:
            self._source.close()
        return True

    def _lost(self, error: EngineError) -> bool:
        again = self._source.live and self._retry
        self._listener.lost(error, again)
        return not again

    def _read_all(self, size: Size, stopping: threading.Event) -> None:
        self._framing.start()
        while self._left != 0 and not stopping.is_set():
            frame = self._source.read()
            if frame is None:
                return
            self._listener.came(time.monotonic())
            pixels = self._framing.fit(frame, size, self._source.fps)
            self._inbox.put(replace(frame, pixels=pixels))
            if self._left is not None:
                self._left -= 1
