"""One WebRTC connection to an engine: the camera's pictures out, styled ones and records back."""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiortc
import numpy as np
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from engine.concurrency.detached import detached
from engine.errors import EngineError, SettingError
from engine.files.names import shown
from engine.frames import Frame, Size
from engine.remote import rtc, sentences
from engine.remote.loopback import allow_loopback
from engine.remote.pinned_http import ANSWERS_WITHIN_S, SDP, Answer, Door, ask, refusal
from engine.remote.stream.flight import Flight, Sent
from engine.remote.track import OutgoingTrack
from engine.remote.wire import COMMANDS, FRAMES, MOST_IN_FLIGHT, unpack_records
from engine.settings import parse_size

CONNECTED_WITHIN_S = 10.0
SILENT_AFTER_S = 1.2
"""Seconds without any packet after which the other end counts as gone, where a picture is shown."""
PATIENT_S = 15.0
"""The same where none is: it may be loading a model."""
STOPPED_AFTER_S = 1.6
"""Seconds without a result after which it counts as stuck, where they had come more often."""
CHECKED_EVERY_S, ASKED_EVERY_S = 0.1, 0.3
IDLE_EVERY_S = 5.0
"""How often a black picture is sent while nothing is to be styled: an engine lets go of those who
send nothing.
"""
FAREWELL_WITHIN_S, HANGS_UP_WITHIN_S = 1.0, 3.0
LARGEST_EVENT = 1 << 18

NOBODYS = Sent(Frame(np.zeros((0, 0, 3), np.uint8), -1, 0.0), -1, 0.0)
"""What a black picture is sent for."""

NOTHING_TO_ADJUST = json.dumps({"command": "adjust"})
"""A command that changes nothing; its transport acknowledges it, and so says that it is there."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PeerListener:
    """What hears of a connection, on its event loop. came: results may be there. refused: the
    engine does not carry out what it was told.
    """

    came: Callable[[], None]
    refused: Callable[[EngineError], None]


class Peer:
    """Only the event loop's thread uses it. paced: no frame is skipped by the engine."""

    def __init__(
        self, door: Door, flight: Flight[VideoFrame], listener: PeerListener, *, paced: bool
    ) -> None:
        self._door, self._flight, self._listener = door, flight, listener
        self._paced = paced
        self._resource = ""
        self._withdrawn: EngineError | None = None
        self._open = asyncio.Event()
        self._heard = self._asked = time.monotonic()
        self._packets = 0
        self._shown_at = 0.0
        self._black: VideoFrame | None = None
        rtc.raise_bitrates()
        allow_loopback()
        # no servers of others are asked for this computer's address
        self._rtc = aiortc.RTCPeerConnection(aiortc.RTCConfiguration(iceServers=[]))
        most = 2 * MOST_IN_FLIGHT if paced else 1
        self._track: OutgoingTrack[Sent] = OutgoingTrack(flight.left, most_waiting=most)
        self._transceiver = self._rtc.addTransceiver(self._track, direction="sendrecv")
        rtc.prefer(self._transceiver, rtc.H264, rtc.VP8)
        self._track.attach(self._transceiver.sender)
        self._receiver = rtc.PromptReceiver(self._transceiver.receiver, paced=paced)
        self._commands = self._rtc.createDataChannel(COMMANDS)
        prompt: dict[str, Any] = {} if paced else {"ordered": False, "maxRetransmits": 0}
        self._frames = self._rtc.createDataChannel(FRAMES, **prompt)
        self._reading: asyncio.Task[None] | None = None
        self._listen()

    async def connect(self) -> int:
        """Agree, and wait until pictures can go both ways; the most pixels that a frame may have.
        Raises EngineError.
        """
        most = await self._most_pixels()
        await self._rtc.setLocalDescription(await self._rtc.createOffer())
        query = "?mark=0&paced=1" if self._paced else "?mark=0"
        answer = await self._ask("POST", f"/session{query}", self._rtc.localDescription.sdp)
        if answer.status != http.client.CREATED:
            raise refusal(self._door, answer)
        self._resource = answer.location
        try:
            await self._rtc.setRemoteDescription(
                aiortc.RTCSessionDescription(answer.body.decode(), "answer")
            )
            self._reading = asyncio.create_task(self._read())
            await asyncio.wait_for(self._open.wait(), CONNECTED_WITHIN_S)
        except TimeoutError as error:
            raise sentences.no_connection(self._door.address) from error
        except EngineError:
            raise
        except Exception as error:  # the library checks an answer by assertions, among others
            logger.info("an answer that is none: %s", type(error).__name__)
            raise sentences.not_an_engine(self._door.address) from error
        self._heard = time.monotonic()
        return most

    def show(self, frame: VideoFrame, sent: Sent) -> None:
        """Send a frame in yuv420p."""
        self._shown_at = time.monotonic()
        if self._black is None or (self._black.width, self._black.height) != (
            frame.width,
            frame.height,
        ):
            self._black = rtc.to_video(np.zeros((frame.height, frame.width, 3), np.uint8))
        self._track.show(frame, sent)

    def tell(self, message: dict[str, object]) -> None:
        """Send a message on the channel of commands; one that is closed says so elsewhere."""
        if self._commands.readyState == "open":
            self._commands.send(json.dumps(message))

    async def watch(self) -> None:
        """Return never; raises EngineError as soon as the connection is of no use any more."""
        due = time.monotonic()
        while True:
            await asyncio.sleep(CHECKED_EVERY_S)
            now = time.monotonic()
            self._heard += max(0.0, now - due - 2 * CHECKED_EVERY_S)  # it is we who were late
            due = now
            await self._check(now)

    async def close(self) -> None:
        """Let go of everything, and tell the engine, if it still listens; within a few seconds."""
        if self._reading is not None:
            self._reading.cancel()
        await asyncio.gather(self._hang_up(), self._say_farewell())

    async def _hang_up(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rtc.close(), HANGS_UP_WITHIN_S)

    async def _say_farewell(self) -> None:
        if not self._resource:
            return
        try:
            await self._ask("DELETE", self._resource, None, FAREWELL_WITHIN_S)
        except EngineError as error:
            logger.info("the engine was not told of the end: %s", type(error).__name__)

    def _listen(self) -> None:
        def changed() -> None:
            channels = (self._commands, self._frames)
            ready = all(channel.readyState == "open" for channel in channels)
            if ready and self._rtc.connectionState == "connected":
                self._open.set()

        self._rtc.on("connectionstatechange", changed)
        for channel in (self._commands, self._frames):
            channel.on("open", changed)
        self._commands.on("message", self._on_event)
        self._frames.on("message", self._on_records)

    async def _most_pixels(self) -> int:
        answer = await self._ask("GET", "/health", None)
        if answer.status != http.client.OK:
            raise refusal(self._door, answer)
        size = answer.data.get("max_size")
        if not isinstance(size, str):
            raise sentences.not_paired(self._door.address)  # strangers are told no figures
        try:
            largest: Size = parse_size(size)
        except SettingError as error:
            raise sentences.not_an_engine(self._door.address) from error
        return largest.width * largest.height

    async def _ask(
        self, method: str, path: str, text: str | None, timeout: float = ANSWERS_WITHIN_S
    ) -> Answer:
        """Raises ElsewhereError. It may be cancelled at any time."""
        body = None if text is None else text.encode()
        asking = detached(
            "remote engine request",
            lambda: ask(self._door, method, path, body, kind=SDP, timeout=timeout),
            self._leave,
        )
        try:
            return await asyncio.wait_for(asking, timeout)
        except TimeoutError as error:
            raise sentences.unreachable(self._door.address) from error

    def _leave(self, answer: Answer) -> None:
        """Nobody waits for this answer any more: what it has opened must not hold a place. On a
        thread of its own.
        """
        if answer.location:
            with suppress(EngineError):
                ask(self._door, "DELETE", answer.location, timeout=FAREWELL_WITHIN_S)

    async def _read(self) -> None:
        """Drain the remote track: what is left in it would only grow older."""
        while True:
            try:
                frame = await self._transceiver.receiver.track.recv()
            except MediaStreamError:
                return
            if self._flight.picture(self._receiver.rtp_time(frame), frame):
                self._listener.came()

    def _on_records(self, message: object) -> None:
        try:
            records = unpack_records(message) if isinstance(message, bytes) else ()
        except ValueError:
            return
        self._flight.records(records)
        self._listener.came()  # if there is no picture yet, there may be room for another frame

    def _on_event(self, message: object) -> None:
        if not isinstance(message, str | bytes) or len(message) > LARGEST_EVENT:
            return
        try:
            data = json.loads(message)
        except (ValueError, RecursionError):
            return
        if isinstance(data, dict):
            self._obey(data)

    def _obey(self, event: dict[str, Any]) -> None:
        address = self._door.address
        match event.get("event"):
            case "refused":
                words = (shown(str(event.get(key, ""))) for key in ("message", "remedy"))
                self._listener.refused(SettingError(*words))
            case "finished":
                self._flight.end()
            case "ended":
                self._withdraw(sentences.ended(address, str(event.get("message", ""))))
            case "blank" if self._flight.begun:
                self._withdraw(sentences.interrupted(address))

    def _withdraw(self, error: EngineError) -> None:
        """What was shown must go at once."""
        self._withdrawn = error
        self._flight.fail(error)
        self._listener.came()

    async def _check(self, now: float) -> None:
        address = self._door.address
        if self._withdrawn is not None:
            raise self._withdrawn
        packets = await self._packets_received()
        if packets != self._packets:
            self._packets, self._heard = packets, now
        urgent = self._flight.begun and not self._paced
        silent = now - self._heard > (SILENT_AFTER_S if urgent else PATIENT_S)
        if silent or self._rtc.connectionState in ("failed", "closed"):
            raise sentences.silent(address)
        if not self._paced and self._flight.stopped(STOPPED_AFTER_S):
            raise sentences.interrupted(address)
        if self._black is not None and now - self._shown_at > IDLE_EVERY_S:
            self._shown_at = now
            self._track.show(self._black, NOBODYS)
        if now - self._asked > ASKED_EVERY_S and self._commands.readyState == "open":
            self._asked = now
            self._commands.send(NOTHING_TO_ADJUST)

    async def _packets_received(self) -> int:
        stats = await self._transceiver.receiver.getStats()
        return sum(one.packetsReceived for one in stats.values() if one.type == "transport")
