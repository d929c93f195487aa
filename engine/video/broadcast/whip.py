"""WHIP (RFC 9725): WebRTC, agreed upon by one HTTP request."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from fractions import Fraction
from typing import Any, TypeVar
from urllib.parse import urljoin

import aiortc
import httpx2
import numpy as np
from aiortc.codecs import h264
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from engine.concurrency.worker import Worker
from engine.errors import RefusedError, SinkError
from engine.frames import Pixels, Size
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget, Samples, lost

T = TypeVar("T")

ANSWERS_WITHIN_S = 10.0
_CLOCK = 90_000
_BITS_PER_PIXEL = 0.08
_SOUND_BLOCK, _MOST_BLOCKS = 960, 15
"""Opus takes 20 ms at a time; so many may wait before the oldest is left out."""
_REFUSALS = (400, 401, 403, 404, 405, 406, 415)

logger = logging.getLogger(__name__)


class WhipConnection:
    """aiortc on a thread and a loop of its own; `send` hands over the newest picture only."""

    def __init__(self, target: BroadcastTarget) -> None:
        self._target = target
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: Worker | None = None
        self._peer: Any = None
        self._track: Any = None
        self._sound: Any = None
        self._waiting = np.zeros(0, np.float32)
        self._resource = ""
        self._problem = ""

    def open(self, size: Size, fps: float) -> None:
        bits = round(size.width * size.height * fps * _BITS_PER_PIXEL)
        h264.DEFAULT_BITRATE, h264.MAX_BITRATE = bits, 2 * bits  # its own way to set them
        self._problem, self._resource = "", ""
        self._waiting = np.zeros(0, np.float32)
        self._loop = loop = asyncio.new_event_loop()
        self._worker = Worker("whip", lambda _: loop.run_forever())
        self._worker.start()
        try:
            self._wait(self._connect())
        except SinkError:
            self.close()
            raise
        except Exception as error:  # the library checks an answer by assertions, among others
            self.close()
            raise lost(type(error).__name__) from error

    def send(self, pixels: Pixels, seconds: float) -> None:
        assert self._loop is not None
        if self._problem:
            raise lost(self._problem)
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
        # WebRTC does not say which matrix it uses: receivers take BT.601
        frame = frame.reformat(format="yuv420p", dst_colorspace="ITU601", dst_color_range="MPEG")
        frame.pts, frame.time_base = round(seconds * _CLOCK), Fraction(1, _CLOCK)
        self._loop.call_soon_threadsafe(self._track.show, frame)

    def send_sound(self, samples: Samples) -> None:
        assert self._loop is not None
        self._waiting = np.concatenate([self._waiting, samples])
        while len(self._waiting) >= _SOUND_BLOCK:
            block, self._waiting = np.split(self._waiting, [_SOUND_BLOCK])
            self._loop.call_soon_threadsafe(self._sound.play, block)

    def close(self) -> None:
        loop, self._loop = self._loop, None
        if loop is None:
            return
        try:
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(ANSWERS_WITHIN_S)
        except (TimeoutError, OSError, httpx2.HTTPError) as error:
            logger.info("the service was not told of the end: %s", type(error).__name__)
        finally:
            loop.call_soon_threadsafe(loop.stop)
            assert self._worker is not None
            if self._worker.join(ANSWERS_WITHIN_S):
                loop.close()
            self._peer = self._track = self._sound = None

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * ANSWERS_WITHIN_S)

    async def _connect(self) -> None:
        # no servers of others are asked for this computer's address
        self._peer = peer = aiortc.RTCPeerConnection(aiortc.RTCConfiguration(iceServers=[]))
        self._track, self._sound = _newest_frame_track(), _sound_track()
        peer.addTransceiver(self._sound, direction="sendonly")
        transceiver = peer.addTransceiver(self._track, direction="sendonly")
        codecs = aiortc.RTCRtpSender.getCapabilities("video").codecs
        transceiver.setCodecPreferences([c for c in codecs if c.mimeType == "video/H264"])
        connected = asyncio.Event()

        def note() -> None:
            if peer.connectionState == "connected":
                connected.set()
            elif peer.connectionState in ("failed", "closed"):
                self._problem = "the service has closed the connection"
                connected.set()

        peer.on("connectionstatechange", note)
        await peer.setLocalDescription(await peer.createOffer())
        answer = await self._ask(peer.localDescription.sdp)
        await peer.setRemoteDescription(aiortc.RTCSessionDescription(answer, "answer"))
        await asyncio.wait_for(connected.wait(), ANSWERS_WITHIN_S)
        if self._problem:
            raise lost(self._problem)

    async def _ask(self, offer: str) -> str:
        """Send the offer; the answer."""
        async with self._client() as client:
            reply = await client.post(
                self._target.address, content=offer, headers={"Content-Type": "application/sdp"}
            )
        if reply.status_code in _REFUSALS:
            raise RefusedError(
                "The service refuses the broadcast (HTTP {status}).",
                "Check its address and its key.",
                status=reply.status_code,
            )
        if reply.status_code != httpx2.codes.CREATED:
            raise lost(f"HTTP {reply.status_code}")
        self._resource = urljoin(self._target.address, reply.headers.get("Location", ""))
        return str(reply.text)

    async def _end(self) -> None:
        try:
            if self._peer is not None:
                await self._peer.close()
        finally:
            if self._resource:
                async with self._client() as client:
                    await client.delete(self._resource)

    def _client(self) -> httpx2.AsyncClient:
        key = self._target.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx2.AsyncClient(headers=headers, timeout=ANSWERS_WITHIN_S)


def _newest_frame_track() -> Any:
    """A video track that gives the newest picture, once each."""

    class NewestFrameTrack(aiortc.MediaStreamTrack):  # type: ignore[misc]
        kind = "video"

        def __init__(self) -> None:
            super().__init__()
            self._frame: VideoFrame | None = None
            self._come = asyncio.Event()

        def show(self, frame: VideoFrame) -> None:
            self._frame = frame
            self._come.set()

        async def recv(self) -> VideoFrame:
            await self._come.wait()
            self._come.clear()
            assert self._frame is not None
            return self._frame

    return NewestFrameTrack()


def _sound_track() -> Any:
    """A track that gives the blocks of sound in their order."""

    class SoundTrack(aiortc.MediaStreamTrack):  # type: ignore[misc]
        kind = "audio"

        def __init__(self) -> None:
            super().__init__()
            self._blocks: deque[AudioFrame] = deque(maxlen=_MOST_BLOCKS)
            self._come = asyncio.Event()
            self._played = 0

        def play(self, samples: Samples) -> None:
            whole = (samples.clip(-1, 1) * 32_767).astype(np.int16)
            block = AudioFrame.from_ndarray(whole[None], format="s16", layout="mono")
            block.sample_rate, block.pts = SOUND_RATE, self._played
            block.time_base = Fraction(1, SOUND_RATE)
            self._played += len(samples)
            self._blocks.append(block)
            self._come.set()

        async def recv(self) -> AudioFrame:
            while not self._blocks:
                self._come.clear()
                await self._come.wait()
            return self._blocks.popleft()

    return SoundTrack()
