"""The sink that broadcasts: on a thread of its own, at a steady rate, and it fails closed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from engine.concurrency.worker import Worker
from engine.errors import EngineError, RefusedError, SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.video.broadcast.target import (
    SOUND_RATE,
    BroadcastConnection,
    BroadcastTarget,
    Samples,
    SoundSource,
    lost,
)

STALE_AFTER = 1.0
"""Seconds after which a frame that no other has followed is shown no longer."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0
_LETS_GO_WITHIN = 0.2
_MOST_SOUND = SOUND_RATE
"""Samples that are made good after a pause; what was missed before them is silence."""

logger = logging.getLogger(__name__)


class BroadcastState(Enum):
    """CONNECTING -> ON_AIR <-> INTERRUPTED; any -> REFUSED or OFF."""

    OFF = "off"
    CONNECTING = "connecting"
    ON_AIR = "on air"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class BroadcastStatus:
    """A moment of a broadcast. error: why it is INTERRUPTED or REFUSED. sent: pictures so far."""

    state: BroadcastState = BroadcastState.OFF
    error: EngineError | None = None
    sent: int = 0


Connect = Callable[[BroadcastTarget], BroadcastConnection]


def connection_for(target: BroadcastTarget) -> BroadcastConnection:
    """What carries a broadcast to this target."""
    # imported only here: each loads a large library
    if target.by_whip:
        from engine.video.broadcast.whip import WhipConnection  # noqa: PLC0415

        return WhipConnection(target)
    if target.ndi_name:
        from engine.video.broadcast.ndi import NdiConnection  # noqa: PLC0415

        return NdiConnection(target)
    from engine.video.broadcast.rtmp import RtmpConnection  # noqa: PLC0415

    return RtmpConnection(target)


class Broadcast:
    """A frame sink. `send` keeps the newest frame and returns; the thread sends at a steady rate.

    While there is no fresh frame, and while it is hidden, the placeholder goes out. An interrupted
    connection is tried again, at longer and longer intervals, until it is closed.
    """

    def __init__(
        self,
        target: BroadcastTarget,
        size: Size,
        fps: float,
        placeholder: Pixels,
        sound: SoundSource | None = None,
        connect: Connect = connection_for,
    ) -> None:
        """size: even sides; frames of another shape are letterboxed. fps: 1..60. sound: as late as
        the pictures; None for silence.
        """
        self._sound = _Sound(sound)
        self._target, self._size, self._fps, self._connect = target, size, fps, connect
        self._placeholder = _fitted(placeholder, size, FitMode.CROP)
        self._guard = threading.Lock()
        self._frame: Pixels | None = None
        self._came_at = 0.0
        self._hidden = False
        self._status = BroadcastStatus()
        self._sent = 0
        self._worker: Worker | None = None

    @property
    def status(self) -> BroadcastStatus:
        """How it fares."""
        return self._status

    def hide(self, on: bool) -> None:
        """Send the placeholder from the next picture on, until released."""
        self._hidden = on

    def set_placeholder(self, pixels: Pixels) -> None:
        """Use this picture where nothing else may be shown. Never from the camera."""
        self._placeholder = _fitted(pixels, self._size, FitMode.CROP)

    def open(self, size: Size, fps: float) -> None:  # noqa: ARG002 - a broadcast keeps its own
        """Begin to connect."""
        if self._worker is None:
            self._worker = Worker("broadcast", self._run)
            self._worker.start()

    def send(self, frame: StyledFrame) -> None:
        """Hand one finished frame over. Never waits. In place of an original, which the user shows
        to the programs on this computer, the placeholder goes out.
        """
        if frame.original:
            self.blank()
            return
        with self._guard:
            self._frame, self._came_at = frame.pixels, time.monotonic()

    def blank(self) -> None:
        """Send the placeholder from the next picture on, until a newer frame comes."""
        with self._guard:
            self._frame = None

    def close(self) -> None:
        """End it; a connection that hangs ends by itself, and shows nothing more."""
        self.blank()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
            worker.join(_LETS_GO_WITHIN)

    def abort(self) -> None:
        """The same as `close`."""
        self.close()

    def _run(self, stopping: threading.Event) -> None:
        pause = _FIRST_PAUSE
        self._status = BroadcastStatus(BroadcastState.CONNECTING)
        while not stopping.is_set():
            before = self._sent
            try:
                self._broadcast(stopping)
            except RefusedError as error:
                self._status = BroadcastStatus(BroadcastState.REFUSED, error, self._sent)
                return
            except SinkError as error:
                logger.warning("%s", error)
                self._status = BroadcastStatus(BroadcastState.INTERRUPTED, error, self._sent)
            except Exception as error:  # noqa: BLE001 - a library's; its text may hold the key
                reason = type(error).__name__
                logger.warning("unforeseen in a broadcast: %s", reason)
                self._status = BroadcastStatus(BroadcastState.INTERRUPTED, lost(reason), self._sent)
            pause = _FIRST_PAUSE if self._sent > before else min(2 * pause, _LONGEST_PAUSE)
            stopping.wait(pause)
        self._status = BroadcastStatus(sent=self._sent)

    def _broadcast(self, stopping: threading.Event) -> None:
        """One connection, until it breaks or is no longer wanted. Raises SinkError."""
        connection = self._connect(self._target)
        connection.open(self._size, self._fps)
        try:
            began = time.monotonic()
            self._sound.begin(began)
            turn = 0
            while not stopping.is_set():
                connection.send(self._choose(), turn / self._fps)
                connection.send_sound(self._sound.until(turn / self._fps, hidden=self._hidden))
                self._sent += 1
                self._status = BroadcastStatus(BroadcastState.ON_AIR, None, self._sent)
                turn = max(turn + 1, int((time.monotonic() - began) * self._fps))
                stopping.wait(max(0.0, began + turn / self._fps - time.monotonic()))
        finally:
            self._sound.end()
            connection.close()

    def _choose(self) -> Pixels:
        """The picture whose turn it is."""
        with self._guard:
            frame, age = self._frame, time.monotonic() - self._came_at
        if frame is None or self._hidden or age > STALE_AFTER:
            return self._placeholder
        return _fitted(frame, self._size, FitMode.LETTERBOX)


class _Sound:
    """The sound of one connection after the other, gapless in each."""

    def __init__(self, source: SoundSource | None) -> None:
        self._source = source
        self._began, self._sent = 0.0, 0

    def begin(self, now: float) -> None:
        self._began, self._sent = now, 0
        if self._source is not None:
            self._source.open()

    def until(self, seconds: float, *, hidden: bool) -> Samples:
        """What has not been sent of the time up to here. hidden: none of it may be heard."""
        count = round(seconds * SOUND_RATE) - self._sent
        self._sent += count
        silence = np.zeros(max(0, count - _MOST_SOUND), np.float32)
        if self._source is None:
            return np.zeros(count, np.float32)
        heard = self._source.read(min(count, _MOST_SOUND), self._began + seconds)
        return np.concatenate([silence, np.zeros_like(heard) if hidden else heard])

    def end(self) -> None:
        if self._source is not None:
            self._source.close()


def _fitted(pixels: Pixels, size: Size, mode: FitMode) -> Pixels:
    out = np.empty((size.height, size.width, 3), np.uint8)
    draw_fitted(pixels, out, mode)
    return out
