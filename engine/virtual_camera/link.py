"""The application's end of one connection to the publisher."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.frames import Pixels, Size
from engine.virtual_camera.messages import (
    ApplicationState,
    CameraStatus,
    FrameReady,
    Hello,
    MalformedMessageError,
    MemoryGranted,
    Message,
    PlaceholderReady,
    Refused,
    Welcome,
    build_id,
    decode,
    encode,
)
from engine.virtual_camera.protocol import HEARTBEAT_EVERY, OnAir
from engine.virtual_camera.shared_memory import (
    FRAME_SLOTS,
    PLACEHOLDER_SLOT,
    MemoryHandle,
    PictureMemory,
)
from engine.virtual_camera.transport.base import Channel, ChannelLostError
from engine.virtual_camera.transport.factory import connect

_MOST_MESSAGES = 64


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What goes with a picture. handed_over: `time.monotonic()` seconds of the application."""

    session: int
    original: bool = False
    frame: int = 0
    handed_over: float = 0.0


class _Granted:
    """Memory that the publisher granted, and which of its slots are free."""

    def __init__(self, granted: MemoryGranted, file: int | None) -> None:
        """Raises OSError or ValueError where it cannot be what it should be."""
        self.number = granted.memory
        handle = MemoryHandle(file, granted.name)
        try:
            self.pictures = PictureMemory(handle, Size(granted.width, granted.height))
        finally:
            handle.close()
        self.announced_in = [0] * FRAME_SLOTS
        self.session_in = [0] * FRAME_SLOTS
        self.placeholder_announced = 0

    def free_slot(self, released: int) -> int | None:
        """The slot that the publisher released last: the processor's cache still knows it."""
        free = [slot for slot in range(FRAME_SLOTS) if self.announced_in[slot] <= released]
        return max(free, key=self.announced_in.__getitem__, default=None)

    def wipe_idle(self, session: int, released: int) -> None:
        """Leave nothing of earlier sessions in free slots."""
        for slot in range(FRAME_SLOTS):
            if self.session_in[slot] not in (0, session) and self.announced_in[slot] <= released:
                self.pictures.wipe(slot)
                self.session_in[slot] = 0


class PublisherLink:
    """One connection. Nothing here waits. One thread at a time.

    Every call may raise ChannelLostError, but `close`; nothing can be done with the link then.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._owner = 0
        self._process = channel.peer_process
        self._sequence = 0
        self._said: ApplicationState | None = None
        self._said_at = float("-inf")
        self._granted: _Granted | None = None
        self.status: CameraStatus | None = None
        self.refusal: Refused | None = None
        self.heard = 0
        """Moves with every message of the publisher's."""
        channel.send(encode(Hello(build_id())))

    @property
    def owns(self) -> bool:
        """Whether the publisher has made this application the owner."""
        return self._owner != 0

    @property
    def process(self) -> int | None:
        """The publisher's process, where the system or the publisher has said it."""
        return self._process

    @property
    def memory_number(self) -> int:
        """Which memory is granted; 0 while none is."""
        return self._granted.number if self._granted is not None else 0

    def hear(self) -> None:
        """Take in everything that the publisher has sent."""
        try:
            for data in self._channel.receive(_MOST_MESSAGES):
                self._handle(decode(data))
                self.heard += 1
        except (MalformedMessageError, OSError, ValueError) as error:
            raise ChannelLostError(str(error)) from error

    def send_state(self, session: int, panic: bool, size: Size, fps: float) -> None:
        """Say what is wanted, if it is news; else only as often as a sign of life is due."""
        if not self.owns:
            return
        state = ApplicationState(self._owner, session, panic, size.width, size.height, fps)
        now = time.monotonic()
        if state == self._said and now - self._said_at < HEARTBEAT_EVERY:
            return
        if self._channel.send(encode(state)):
            self._said, self._said_at = state, now

    def write_frame(self, header: FrameHeader, draw: Callable[[Pixels], None]) -> bool:
        """Let `draw` fill a picture of the camera's size, and announce it. False where the
        publisher still uses every slot, or has granted none.
        """
        if self._free_slot() is None:
            self.hear()
        granted, slot = self._granted, self._free_slot()
        if granted is None or slot is None:
            return False
        draw(granted.pictures.picture(slot))
        self._sequence += 1
        sent = self._channel.send(encode(FrameReady(
            self._owner, granted.number, self._sequence, slot, header.session, header.original,
            header.frame, header.handed_over,
        )))  # fmt: skip
        granted.session_in[slot] = header.session
        if sent:
            granted.announced_in[slot] = self._sequence
        return sent

    def write_placeholder(self, draw: Callable[[Pixels], None]) -> bool:
        """The same for the placeholder. False where it cannot be written now."""
        granted, status = self._granted, self.status
        if granted is None or status is None:
            return False
        if granted.placeholder_announced > status.placeholder_released:
            return False
        draw(granted.pictures.picture(PLACEHOLDER_SLOT))
        self._sequence += 1
        ready = PlaceholderReady(self._owner, granted.number, self._sequence)
        if not self._channel.send(encode(ready)):
            return False
        granted.placeholder_announced = self._sequence
        return True

    def wipe_idle(self, session: int) -> None:
        """Leave nothing of sessions other than this one where the publisher does not use it."""
        if self._granted is not None and self.status is not None:
            self._granted.wipe_idle(session, self.status.released)

    def close(self) -> None:
        """End the connection: the publisher shows the placeholder at once."""
        self._drop_memory()
        self._channel.close()

    def _handle(self, message: Message) -> None:
        match message:
            case Welcome():
                self._owner = message.owner
                self._process = self._process or message.process
            case Refused():
                self.refusal = message
            case MemoryGranted():
                self._drop_memory()
                self._granted = _Granted(message, self._channel.take_handle())
                if self.status is not None:  # what it released was of the memory before
                    self.status = replace(self.status, released=0, placeholder_released=0)
            case CameraStatus():
                OnAir(message.on_air)  # raises ValueError for an unknown value
                self.status = message
            case _:
                raise MalformedMessageError(f"not from a publisher: {type(message).__name__}")

    def _free_slot(self) -> int | None:
        """A slot that is known to be free; None where none is, or no memory."""
        if self._granted is None or self.status is None:
            return None
        return self._granted.free_slot(self.status.released)

    def _drop_memory(self) -> None:
        if self._granted is not None:
            self._granted.pictures.close()
            self._granted = None


def connect_to_publisher(folder: Path) -> PublisherLink | None:
    """A connection to the publisher of this folder; None where none listens."""
    channel = connect(folder)
    if channel is None:
        return None
    try:
        return PublisherLink(channel)
    except ChannelLostError:
        channel.close()
        return None


def await_answer(link: PublisherLink, seconds: float) -> None:
    """Wait, at most so long, until the publisher has accepted or refused. May raise
    ChannelLostError.
    """
    until = time.monotonic() + seconds
    while not (link.owns or link.refusal) and time.monotonic() < until:
        time.sleep(0.005)
        link.hear()
