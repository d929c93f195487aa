"""The publisher's end: who owns the camera, what the owner wants, and which picture is next."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import wait

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
from engine.virtual_camera.process.safety_gate import ApplicationStatus
from engine.virtual_camera.process.strangers import Strangers
from engine.virtual_camera.protocol import STATUS_EVERY
from engine.virtual_camera.shared_memory import (
    FRAME_SLOTS,
    PLACEHOLDER_SLOT,
    reserve_memory,
)
from engine.virtual_camera.transport.base import Channel, ChannelLostError, Listener

_MOST_MESSAGES = 64
"""Per visit and connection, so that a flood cannot stall the camera."""
_HEARS_EVERY = 0.035
"""Seconds between two visits to the owner: once a turn at 30 pictures a second, or more."""
_UNKNOWN_RELEASES = 2
"""Free slots of which the owner may be left unaware until the next status is due."""
_FAST = FRAME_SLOTS - 1
"""Frames between two turns from which slots could run short, so that each frame is heard at once.
"""
_FAST_FOR = 1.0

logger = logging.getLogger(__name__)


class _GrantedPictures:
    """What one owner was granted, and what it has announced in it."""

    def __init__(self, size: Size) -> None:
        """Raises SinkError where there is no memory left."""
        self.number = secrets.randbits(62) + 1
        self.handle, self.pictures = reserve_memory(size)
        self.pending: FrameReady | None = None
        self.announced = 0
        self.announced_in_turn = 0
        self.placeholder: PlaceholderReady | None = None
        self.placeholder_released = 0

    @property
    def released(self) -> int:
        """Up to which announcement all slots are the application's again."""
        return self.announced if self.pending is None else self.pending.sequence - 1

    def drop_pending(self) -> None:
        """Give the pending frame up, and leave nothing of it."""
        if self.pending is not None:
            self.pictures.wipe(self.pending.slot)
            self.pending = None

    def close(self) -> None:
        """Wipe and unmap."""
        self.pictures.wipe_all()
        self.pictures.close()
        self.handle.close()


class OwnerLink:
    """At most one application owns the camera; its connection is the only way to command it.

    A second one is refused and has no channel at all. When the owner's connection ends, nothing
    of it counts any more. Everything runs on the publisher's one thread.
    """

    def __init__(self, listener: Listener, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._listener, self._clock = listener, clock
        self._strangers = Strangers(listener, clock)
        self._owner: Channel | None = None
        self._nonce = 0
        self._state: ApplicationState | None = None
        self._heartbeat = 0
        self._size: Size | None = None
        self._memory: _GrantedPictures | None = None
        self._told: CameraStatus | None = None
        self._told_at = float("-inf")
        self._told_released = (0, 0)
        self._fast_until = float("-inf")
        self.waited = 0.0
        """Seconds for which frames lay ready lately; the owner is told with every status."""
        self.replaced = False
        """Whether an application of another build has asked for the camera while it was free."""

    @property
    def status(self) -> ApplicationStatus:
        """What the owner says now; with no owner, no session and no panic."""
        state = self._state
        if state is None:
            return ApplicationStatus(self._heartbeat, 0, panic=False, owner=self._nonce)
        return ApplicationStatus(self._heartbeat, state.session, state.panic, self._nonce)

    @property
    def request(self) -> tuple[Size, float] | None:
        """The size and rate that the owner wants; None before it has said so."""
        state = self._state
        return None if state is None else (Size(state.width, state.height), state.fps)

    @property
    def reachable(self) -> bool:
        """Whether an application could find this publisher."""
        return self._listener.reachable()

    def serve(self, seconds: float) -> None:
        """Hear everybody for this long. Raises SinkError where there is no memory for an owner.

        What the owner says counts from the next picture on, so it is heard now and then; only
        while its frames overtake one another is each of them heard at once.
        """
        until = self._clock() + seconds
        left = seconds
        while True:
            somebody = self._wait(max(0.0, min(left, _HEARS_EVERY)))
            left = until - self._clock()
            self._hear_owner()
            self._release_overtaken()
            if somebody:
                self._strangers.accept()
            self._strangers.hear(self._answer)
            if left <= 0:
                return

    def use_size(self, size: Size | None) -> None:
        """Grant memory for a camera of this size, now and to later owners; None: no camera.

        Raises SinkError where there is no memory left.
        """
        self._size = size
        self._revoke()
        self._grant()

    def take_frame(self, show: Callable[[Pixels], None]) -> FrameReady | None:
        """Show `take` the newest frame that has not been taken yet."""
        memory = self._memory
        if memory is None:
            return None
        memory.announced_in_turn = 0
        frame = memory.pending
        if frame is None:
            return None
        show(memory.pictures.picture(frame.slot))
        memory.pending = None
        return frame

    def take_placeholder(self, show: Callable[[Pixels], None]) -> bool:
        """Show `take` the owner's placeholder, if there is one that has not been taken yet."""
        memory = self._memory
        if memory is None or memory.placeholder is None:
            return False
        show(memory.pictures.picture(PLACEHOLDER_SLOT))
        memory.placeholder_released = memory.placeholder.sequence
        memory.placeholder = None
        return True

    def released(self) -> tuple[int, int]:
        """Which announcements of frames and placeholders are not in use any more."""
        memory = self._memory
        return (memory.released, memory.placeholder_released) if memory else (0, 0)

    def tell(self, status: CameraStatus) -> None:
        """Send the owner this status, with what is released now, if it is news or the last one is
        a while ago.
        """
        if self._owner is None:
            return
        now, (frames, placeholders) = self._clock(), self.released()
        due = now - self._told_at >= STATUS_EVERY or status != self._told
        if not due and not self._releases_matter(frames, placeholders):
            return
        whole = replace(
            status, released=frames, placeholder_released=placeholders, waited=self.waited
        )
        if self._send(whole):
            self._told, self._told_at, self._told_released = status, now, (frames, placeholders)

    def close(self) -> None:
        """Let go of everybody; leave nothing of any picture."""
        self._drop_owner("the publisher ends")
        self._strangers.close()
        self._listener.close()

    def _releases_matter(self, frames: int, placeholders: int) -> bool:
        """Whether the owner cannot wait to hear of them; a single slot that is free, it can."""
        told_frames, told_placeholders = self._told_released
        return placeholders != told_placeholders or abs(frames - told_frames) >= _UNKNOWN_RELEASES

    def _release_overtaken(self) -> None:
        """Give back the slots of frames that a newer one has overtaken, before their turn."""
        if self._told is not None and self.released() != self._told_released:
            self.tell(self._told)

    @property
    def _fast(self) -> bool:
        return self._clock() < self._fast_until

    def _wait(self, seconds: float) -> bool:
        """Wait, at most so long, for what cannot wait longer. Whether anybody may have come."""
        ends = self._strangers.waitables
        if self._owner is not None and self._fast:
            ends.append(self._owner.waitable)
        newcomers = self._listener.waitable
        if newcomers is not None:
            ends.append(newcomers)
        if not ends:
            time.sleep(seconds)
            return True
        return newcomers is None or newcomers in wait(ends, seconds)

    def _answer(self, channel: Channel, message: Message | None) -> None:
        """Make it the owner, or refuse it. Raises ChannelLostError."""
        self._hear_owner()  # it may have left before this one came
        if not isinstance(message, Hello):
            channel.close()
        elif self._owner is not None:
            channel.send(encode(Refused(busy=True)))
            channel.close()
        elif message.build != build_id():
            logger.info("an application of another build asks for the camera")
            self.replaced = True
            channel.send(encode(Refused(busy=False)))
            channel.close()
        else:
            self._take_owner(channel)

    def _take_owner(self, channel: Channel) -> None:
        self._owner, self._nonce = channel, secrets.randbits(61) + 1
        self._told = None
        logger.info("an application owns the camera")
        if self._send(Welcome(self._nonce, os.getpid())):
            self._grant()

    def _grant(self) -> None:
        if self._owner is None or self._size is None:
            return
        self._memory = memory = _GrantedPictures(self._size)
        self._told = None
        granted = MemoryGranted(
            memory.number, self._size.width, self._size.height, memory.handle.name
        )
        if not self._send(granted, memory.handle.file):
            self._drop_owner("the memory could not be handed over")

    def _revoke(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    def _send(self, message: Message, handle: int | None = None) -> bool:
        if self._owner is None:
            return False
        try:
            return self._owner.send(encode(message), handle)
        except ChannelLostError as error:
            self._drop_owner(str(error))
            return False

    def _drop_owner(self, reason: str) -> None:
        if self._owner is None:
            return
        logger.info("the owner of the camera is gone: %s", reason)
        self._owner.close()
        self._owner, self._nonce, self._state = None, 0, None
        self._revoke()

    def _hear_owner(self) -> None:
        if self._owner is None:
            return
        try:
            words = self._owner.receive(_MOST_MESSAGES)
            for data in words:
                self._handle(decode(data))
        except (ChannelLostError, MalformedMessageError) as error:
            self._drop_owner(str(error))
            return
        if len(words) == _MOST_MESSAGES:
            self._fast_until = self._clock() + _FAST_FOR

    def _handle(self, message: Message) -> None:
        """Take over what an owner may say; with another's nonce nothing counts."""
        match message:
            case ApplicationState(owner=self._nonce):
                self._handle_state(message)
            case FrameReady(owner=self._nonce):
                self._handle_frame(message)
            case PlaceholderReady(owner=self._nonce):
                if self._memory is not None and message.memory == self._memory.number:
                    self._memory.placeholder = message
            case _:
                raise MalformedMessageError(f"not from an owner: {type(message).__name__}")

    def _handle_state(self, state: ApplicationState) -> None:
        if self._memory is not None and (self._state is None or state.session != self._session):
            self._memory.drop_pending()
        self._state = state
        self._heartbeat += 1

    def _handle_frame(self, frame: FrameReady) -> None:
        """Note the newest frame; one that cannot be right is left out."""
        memory = self._memory
        if memory is None or frame.memory != memory.number:
            return  # announced before it heard of the new memory
        if frame.slot >= FRAME_SLOTS or frame.sequence <= memory.announced:
            raise MalformedMessageError(f"slot {frame.slot}, sequence {frame.sequence}")
        memory.announced = frame.sequence
        memory.announced_in_turn += 1
        if memory.announced_in_turn >= _FAST:
            self._fast_until = self._clock() + _FAST_FOR
        if frame.session and frame.session == self._session:
            memory.pending = frame
        else:
            memory.pictures.wipe(frame.slot)

    @property
    def _session(self) -> int:
        return self._state.session if self._state is not None else 0
