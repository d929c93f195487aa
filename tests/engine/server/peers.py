"""A server on loopback whose model turns pictures into their negatives, and who visits it."""

from __future__ import annotations

import asyncio
import json
import queue
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import numpy as np
import pytest
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from engine.events import ProgressListener
from engine.frames import Pixels, StyledFrame
from engine.interfaces import Translator
from engine.remote.rtc import H264, PromptReceiver, Sending, prefer, to_pixels, to_video
from engine.remote.wire import Record, unpack_records
from engine.server import streams
from engine.server.engine_kind import engine_kind
from engine.server.service import EngineServer
from engine.server.settings import Address, ServeSettings
from engine.settings import BuildSettings, LiveSettings
from tests.engine.doubles import ScriptedTranslator

T = TypeVar("T")
WITHIN_S = 240.0
SIDE = 128
BITS = 12


class Negative(ScriptedTranslator):
    """Styles a frame as its negative, so that a raw picture cannot be taken for a styled one."""

    def _finish_held(self) -> None:
        held, self._held = self._held, []
        styled = [StyledFrame(255 - f.pixels, f.number, f.captured_at) for f in held]
        self._finished = [*self._finished, *styled]


def build_negative(_build: BuildSettings, _live: LiveSettings, _: ProgressListener) -> Translator:
    return Negative(warm_up=2)


def numbered(number: int, width: int = SIDE, height: int = SIDE) -> Pixels:
    """A dark picture with a number in it, as bars."""
    pixels = np.full((height, width, 3), 40, np.uint8)
    cell = width // BITS
    for bit in range(BITS):
        if number >> bit & 1:
            pixels[height // 2 :, bit * cell : (bit + 1) * cell] = 200
    return pixels


def is_styled(pixels: Pixels) -> bool:
    """Whether it is the negative of such a picture: its upper half is bright."""
    return float(pixels[: len(pixels) // 3].mean()) > 150


def number_in(pixels: Pixels) -> int:
    """The number in the negative of such a picture."""
    height, width, _ = pixels.shape
    cell = width // BITS
    middles = [pixels[height * 3 // 4, bit * cell + cell // 2].mean() for bit in range(BITS)]
    return sum(1 << bit for bit, level in enumerate(middles) if level < 128)


@dataclass
class Serving:
    """A running server. codes: those it has announced."""

    server: EngineServer
    codes: queue.SimpleQueue[str]
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.server.port}"

    def token(self, name: str = "test") -> str:
        """Of a device that is paired already."""
        return self.server.access.tokens.add(name)[1]


@contextmanager
def serving(
    folder: Path,
    translator: Callable[..., Translator] = build_negative,
    *,
    patience: float = 240.0,
    **settings: Any,
) -> Iterator[Serving]:
    """patience: seconds of silence after which a stream is ended; long, where a computer is busy
    with other tests.
    """
    codes: queue.SimpleQueue[str] = queue.SimpleQueue()
    wanted = ServeSettings(Address("127.0.0.1", 0), plain_http=True, **settings)
    server = EngineServer(wanted, engine_kind(wanted, translator, lambda: None), codes.put, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "CONNECTS_WITHIN_S", patience)
        patch.setattr(streams, "SILENT_S", patience)
        server.start()
        try:
            yield Serving(server, codes)
        finally:
            assert server.stop()


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 550))


def new_peer() -> RTCPeerConnection:
    """That asks no server for addresses."""
    return RTCPeerConnection(RTCConfiguration(iceServers=[]))


class Camera(MediaStreamTrack):  # type: ignore[misc]
    """Sends numbered pictures at a steady rate, or, where paced, as `allow` lets them go."""

    kind = "video"

    def __init__(self, fps: float = 6.0, width: int = SIDE, height: int = SIDE) -> None:
        super().__init__()
        self.fps, self.width, self.height = fps, width, height
        self.number = -1
        self.pts = 0
        self.sending: Sending | None = None
        self.rtp: dict[int, int] = {}
        self.gate: asyncio.Semaphore | None = None
        self.flowing = asyncio.Event()
        self.flowing.set()

    async def recv(self) -> VideoFrame:
        if self.number >= 0 and self.sending is not None:
            rtp_time = self.sending.last_sent()
            if rtp_time is not None:
                self.rtp[rtp_time] = self.number
        if self.gate is not None:
            await self.gate.acquire()
        else:
            await asyncio.sleep(1 / self.fps)
        await self.flowing.wait()
        self.number += 1
        self.pts += 4500
        frame = to_video(numbered(self.number, self.width, self.height))
        frame.pts, frame.time_base = self.pts, Fraction(1, 90_000)
        return frame


@dataclass
class Result:
    """A picture that came back. at: `time.monotonic()` seconds."""

    pixels: Pixels
    rtp_time: int
    at: float


class Client:
    """A two-way session, written from the documentation of the wire."""

    def __init__(self, web: aiohttp.ClientSession, url: str, token: str) -> None:
        self._web, self._url = web, url
        self.headers = {"Authorization": f"Bearer {token}"}
        self.peer = new_peer()
        self.camera = Camera()
        self.results: list[Result] = []
        self.records: dict[int, Record] = {}
        self.events: list[dict[str, Any]] = []
        self.location = ""
        self._news = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self.commands: Any = None

    async def open(self, query: str = "", codec: str = H264, *, paced: bool = False) -> int:
        """Connect; the HTTP status."""
        transceiver = self.peer.addTransceiver(self.camera, direction="sendrecv")
        prefer(transceiver, codec)
        receiver = PromptReceiver(transceiver.receiver)
        self.camera.sending = Sending(transceiver.sender)
        self.commands = self.peer.createDataChannel("commands")
        self.commands.on("message", self._heard)
        options = {} if paced else {"ordered": False, "maxRetransmits": 0}
        self.peer.createDataChannel("frames", **options).on("message", self._bound)
        await self.peer.setLocalDescription(await self.peer.createOffer())
        status, text, self.location = await post_offer(
            self._web, f"{self._url}/session{query}", self.peer.localDescription.sdp, self.headers
        )
        if status == 201:
            await self.peer.setRemoteDescription(RTCSessionDescription(text, "answer"))
            self._tasks.append(
                asyncio.create_task(self._watch(transceiver.receiver.track, receiver))
            )
        return status

    async def begin_again(self) -> None:
        """Be ready to open once more, where it was refused."""
        await self.peer.close()
        self.peer, self.camera = new_peer(), Camera()

    def say(self, command: dict[str, Any]) -> None:
        self.commands.send(json.dumps(command))

    async def until(self, condition: Callable[[], bool], within: float = WITHIN_S) -> None:
        """Wait for something that a picture or a message brings about."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(condition), within)

    def heard(self, event: str) -> list[dict[str, Any]]:
        """The events of a kind, so far."""
        return [one for one in self.events if one["event"] == event]

    @property
    def status(self) -> dict[str, Any]:
        """The newest status."""
        return self.heard("status")[-1]["status"]  # type: ignore[no-any-return]

    async def close(self) -> None:
        await self.peer.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _watch(self, track: Any, receiver: PromptReceiver) -> None:
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                result = Result(to_pixels(frame), receiver.rtp_time(frame), time.monotonic())
                async with self._news:
                    self.results.append(result)
                    self._news.notify_all()

    def _heard(self, text: str) -> None:
        self.events.append(json.loads(text))
        self._notify()

    def _bound(self, message: bytes) -> None:
        for record in unpack_records(message):
            if record.result not in self.records and self.camera.gate is not None:
                self.camera.gate.release()
            self.records[record.result] = record
        self._notify()

    def _notify(self) -> None:
        async def notify() -> None:
            async with self._news:
                self._news.notify_all()

        self._tasks.append(asyncio.ensure_future(notify()))


async def post_offer(
    web: aiohttp.ClientSession, url: str, sdp: str | bytes, headers: dict[str, str]
) -> tuple[int, str, str]:
    """Status, body and location of the answer to an offer."""
    head = headers | {"Content-Type": "application/sdp"}
    async with web.post(url, data=sdp, headers=head) as answer:
        return answer.status, await answer.text(), answer.headers.get("Location", "")


@asynccontextmanager
async def visiting(serving_: Serving, *tokens: str) -> AsyncIterator[Sequence[Client]]:
    """One client a token; they are closed at the end."""
    async with aiohttp.ClientSession() as web:
        clients = [Client(web, serving_.url, token) for token in tokens]
        try:
            yield clients
        finally:
            await asyncio.gather(*(client.close() for client in clients))
