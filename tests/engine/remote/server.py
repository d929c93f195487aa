"""A small engine to connect to: it speaks the wire, and its style is the negative."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiortc
from aiohttp import web
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from engine.control.web.certificate import server_context
from engine.remote import rtc
from engine.remote.track import OutgoingTrack
from engine.remote.wire import COMMANDS, FRAMES, Record, pack_records, read_message

CODE, TOKEN = "AAAA-BBBB", "a-token"


@dataclass
class Conduct:
    """How the engine behaves; a test may change it at any time.

    work_s: seconds for a frame. warm_up: frames before the first result. places: for streams.
    stuck: no result is made. unmarked: pictures go out without records, as placeholders do.
    losing: every so many-th source frame gets no result. hesitates_s: seconds before an offer is
    answered. told: what came on "commands".
    """

    work_s: float = 0.0
    warm_up: int = 1
    places: int = 4
    stuck: bool = False
    unmarked: bool = False
    losing: int = 0
    hesitates_s: float = 0.0
    max_size: str = "1280x720"
    styles: list[dict[str, Any]] = field(default_factory=list)
    picture: bytes = b""
    told: list[dict[str, Any]] = field(default_factory=list)


class _Stream:
    """One session: frames in, negatives out."""

    def __init__(self, conduct: Conduct, *, paced: bool) -> None:
        self.conduct, self.paced = conduct, paced
        self.peer = aiortc.RTCPeerConnection(aiortc.RTCConfiguration(iceServers=[]))
        most = 64 if paced else 1
        self.track: OutgoingTrack[Record] = OutgoingTrack(self._left, most_waiting=most)
        self.channels: dict[str, Any] = {}
        self._recent: deque[Record] = deque(maxlen=4)
        self._waiting: deque[tuple[int, VideoFrame, float]] = deque(maxlen=most)
        self._come = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._count = 0
        self._ending = False

    async def answer(self, offer: str) -> str:
        self.peer.on("datachannel", self._on_channel)
        await self.peer.setRemoteDescription(aiortc.RTCSessionDescription(offer, "offer"))
        (transceiver,) = self.peer.getTransceivers()
        transceiver.direction = "sendrecv"
        transceiver.sender.replaceTrack(self.track)
        self.track.attach(transceiver.sender)
        receiver = rtc.PromptReceiver(transceiver.receiver, paced=self.paced)
        await self.peer.setLocalDescription(await self.peer.createAnswer())
        self._tasks = [
            asyncio.create_task(self._read(transceiver.receiver.track, receiver)),
            asyncio.create_task(self._work()),
        ]
        return str(self.peer.localDescription.sdp)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.peer.close()

    def say(self, event: dict[str, Any]) -> None:
        self.channels[COMMANDS].send(json.dumps(event))

    def _on_channel(self, channel: Any) -> None:
        self.channels[channel.label] = channel
        if channel.label == COMMANDS:
            channel.on("message", self._on_message)

    def _on_message(self, text: str) -> None:
        read_message(text)
        data = json.loads(text)
        self.conduct.told.append(data)
        if data["command"] == "end":
            self._ending = True
            self._come.set()

    async def _read(self, track: Any, receiver: rtc.PromptReceiver) -> None:
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                self._waiting.append((receiver.rtp_time(frame), frame, time.monotonic()))
                self._come.set()

    async def _work(self) -> None:
        held: list[tuple[int, VideoFrame, float]] = []
        while True:
            while not self._waiting:
                if self._ending and self.track.idle:
                    self.say({"event": "finished"})
                    self._ending = False
                self._come.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._come.wait(), 0.1)
            held.append(self._waiting.popleft())
            await asyncio.sleep(self.conduct.work_s)
            self._count += 1
            if self.conduct.stuck or self._count < self.conduct.warm_up:
                continue
            for one in held if self.paced else held[-1:]:
                await self._send(*one)
            held.clear()

    async def _send(self, source: int, frame: VideoFrame, came: float) -> None:
        if self.conduct.losing and self._count % self.conduct.losing == 0:
            return
        video = await asyncio.to_thread(lambda: rtc.to_video(255 - rtc.to_pixels(frame)))
        server_ms = 1000.0 * (time.monotonic() - came)
        self.track.show(video, Record(0, source, 1000.0 * self.conduct.work_s, server_ms))

    def _left(self, rtp_time: int, record: Record) -> None:
        if self.conduct.unmarked:
            return
        self._recent.appendleft(Record(rtp_time, record.source, record.engine_ms, record.server_ms))
        channel = self.channels.get(FRAMES)
        if channel is not None and channel.readyState == "open":
            channel.send(pack_records(list(self._recent)))


class Server:
    """Serves from `start` to `close`, on a thread with a loop of its own.

    tls: the folder of a certificate; None for plain HTTP. code: what pairs now.
    """

    def __init__(self, conduct: Conduct, *, tls: Path | None = None) -> None:
        self.conduct, self._port = conduct, 0
        self._tls: ssl.SSLContext | None = server_context(tls) if tls is not None else None
        self.streams: dict[str, _Stream] = {}
        self.begun = 0
        self.code = CODE
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="test")

    @property
    def port(self) -> int:
        return self._port

    @property
    def address(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    def start(self) -> Server:
        self._thread.start()
        assert self._ready.wait(20.0)
        return self

    def close(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10.0)

    def say(self, event: dict[str, Any]) -> None:
        """To every stream."""
        assert self._loop is not None
        for stream in list(self.streams.values()):
            self._loop.call_soon_threadsafe(stream.say, event)

    async def _serve(self) -> None:
        rtc.raise_bitrates()
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_post("/pair", self._pair)
        app.router.add_get("/health", self._health)
        app.router.add_get("/styles", self._styles)
        app.router.add_get("/styles/{name}", self._picture)
        app.router.add_post("/session", self._session)
        app.router.add_delete("/session/{id}", self._delete)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port, ssl_context=self._tls).start()
        self._port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await asyncio.gather(*(stream.close() for stream in self.streams.values()))
        await runner.cleanup()

    async def _pair(self, request: web.Request) -> web.Response:
        data = await request.json()
        if data["code"] != self.code:
            return _refused(403, "This code is not valid, or no longer.")
        return web.json_response({"token": TOKEN, "id": "1"})

    async def _health(self, request: web.Request) -> web.Response:
        known = {"max_size": self.conduct.max_size, "max_fps": 60} if _known(request) else {}
        return web.json_response({"ok": True, **known})

    async def _styles(self, request: web.Request) -> web.Response:
        if not _known(request):
            return _refused(401, "Pair this device first.")
        return web.json_response({"model": "built-in", "styles": self.conduct.styles})

    async def _picture(self, request: web.Request) -> web.Response:
        if not _known(request):
            return _refused(401, "Pair this device first.")
        return web.Response(body=self.conduct.picture, content_type="image/webp")

    async def _session(self, request: web.Request) -> web.Response:
        if not _known(request):
            return _refused(401, "Pair this device first.")
        for key, one in list(self.streams.items()):
            if one.peer.connectionState == "closed":
                await self.streams.pop(key).close()
        if len(self.streams) >= self.conduct.places:
            return _refused(503, "Every place is taken.")
        stream = _Stream(self.conduct, paced=request.query.get("paced") == "1")
        self.begun += 1
        location = f"/session/{self.begun}"
        self.streams[str(self.begun)] = stream
        answer = await stream.answer(await request.text())
        await asyncio.sleep(self.conduct.hesitates_s)
        return web.Response(
            text=answer, status=201, content_type="application/sdp", headers={"Location": location}
        )

    async def _delete(self, request: web.Request) -> web.Response:
        stream = self.streams.pop(request.match_info["id"], None)
        if stream is not None:
            await stream.close()
        return web.Response()


def _known(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bearer {TOKEN}"


def _refused(status: int, message: str) -> web.Response:
    return web.json_response({"message": message, "remedy": ""}, status=status)
