"""WHIP to an endpoint of aiohttp and aiortc, which decodes what it receives."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import aiortc
import numpy as np
import pytest
from aiohttp import web

from engine.frames import Pixels
from engine.video.broadcast.sink import Broadcast, BroadcastState
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget, Samples
from tests.engine.video.broadcast.pictures import (
    FPS,
    PLACEHOLDER,
    SIZE,
    STYLED,
    Stream,
    click_starts,
    plain,
    shows,
)
from tests.engine.virtual_camera.helpers import wait_until

TICKS_EVERY = 0.5


class Endpoint:
    """A WHIP endpoint on a thread. newest: the picture received last."""

    def __init__(self) -> None:
        self.newest: Pixels | None = None
        self.blocks_heard = 0
        self.clicks: list[float] = []
        """When clicks began, by the stream's own clock; seconds."""
        self.count = self.deleted = 0
        self.nonsense = ""
        """What it answers instead, where it is to talk nonsense."""
        self.port = 0
        self._peers: list[Any] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        assert self._ready.wait(20)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/whip"

    def hang_up(self) -> None:
        """Close the connections, as a server that restarts does."""
        asyncio.run_coroutine_threadsafe(self._close_peers(), self._loop).result(20)

    def close(self) -> None:
        self.hang_up()
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    async def _close_peers(self) -> None:
        for peer in self._peers:
            await peer.close()
        self._peers.clear()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/whip", self._offer)
        app.router.add_delete("/whip/1", self._delete)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def _offer(self, request: Any) -> Any:
        if request.headers.get("Authorization") != "Bearer token":
            return web.Response(status=401)
        if self.nonsense:
            return web.Response(status=201, text=self.nonsense, headers={"Location": "/whip/1"})
        peer = aiortc.RTCPeerConnection(aiortc.RTCConfiguration(iceServers=[]))
        self._peers.append(peer)
        peer.on("track", lambda track: asyncio.ensure_future(self._receive(track)))
        offer = aiortc.RTCSessionDescription(await request.text(), "offer")
        await peer.setRemoteDescription(offer)
        await peer.setLocalDescription(await peer.createAnswer())
        return web.Response(
            status=201, text=peer.localDescription.sdp,
            headers={"Content-Type": "application/sdp", "Location": "/whip/1"},
        )  # fmt: skip

    async def _delete(self, request: Any) -> Any:
        self.deleted += 1
        return web.Response()

    def _hear(self, block: Any) -> None:
        self.blocks_heard += 1
        left = block.to_ndarray().reshape(-1, 2)[:, 0].astype(np.float32) / 32_768
        for start in click_starts(left, SOUND_RATE):
            at = block.pts / SOUND_RATE + start
            if not self.clicks or at - self.clicks[-1] > 0.1:
                self.clicks.append(at)

    async def _receive(self, track: Any) -> None:
        try:
            while True:
                frame = await track.recv()
                if track.kind == "audio":
                    self._hear(frame)
                    continue
                self.newest = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                self.count += 1
        except aiortc.mediastreams.MediaStreamError:
            return


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    yield endpoint
    endpoint.close()


class Ticks:
    """A click every half second of the clock."""

    def open(self) -> None:
        """There is nothing to open."""

    def read(self, count: int, now: float) -> Samples:
        at = now - np.arange(count - 1, -1, -1) / SOUND_RATE
        return np.where(at % TICKS_EVERY < 0.01, 0.8, 0).astype(np.float32)

    def close(self) -> None:
        """There is nothing to close."""


def broadcast(endpoint: Endpoint, key: str = "token", sound: Ticks | None = None) -> Broadcast:
    target = BroadcastTarget(endpoint.address, key)
    return Broadcast(target, SIZE, FPS, plain(PLACEHOLDER), sound)


def test_an_endpoint_receives_the_stream_and_the_placeholder_in_a_panic(endpoint: Endpoint) -> None:
    def newest(colour: tuple[int, int, int]) -> bool:
        return endpoint.newest is not None and shows(endpoint.newest, colour)

    with Stream(broadcast(endpoint)) as stream:
        wait_until(lambda: newest(STYLED), 60)
        stream.sink.hide(True)
        wait_until(lambda: newest(PLACEHOLDER), 60)
    wait_until(lambda: endpoint.deleted == 1, 60)
    wait_until(lambda: stream.sink.status.state is BroadcastState.OFF, 60)


def test_an_endpoint_hears_the_sound_at_its_own_pace(endpoint: Endpoint) -> None:
    with Stream(broadcast(endpoint, sound=Ticks())) as stream:
        wait_until(lambda: len(endpoint.clicks) >= 12, 90)
        gaps = np.diff(endpoint.clicks) / TICKS_EVERY
        assert gaps == pytest.approx(gaps.round(), abs=0.05)  # some may be left out on their way
        stream.sink.hide(True)
        time.sleep(2)  # what is on its way arrives
        endpoint.clicks.clear()
        before = endpoint.blocks_heard
        wait_until(lambda: endpoint.blocks_heard >= before + 60, 60)
        assert endpoint.clicks == []


def test_a_wrong_key_is_refused_once_and_for_all(endpoint: Endpoint) -> None:
    with Stream(broadcast(endpoint, "wrong")) as stream:
        wait_until(lambda: stream.sink.status.state is BroadcastState.REFUSED, 60)
        assert "401" in str(stream.sink.status.error)


def test_a_service_that_talks_nonsense_is_let_go_of_and_asked_again(endpoint: Endpoint) -> None:
    endpoint.nonsense = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap\r\n"
    with Stream(broadcast(endpoint)) as stream:
        wait_until(lambda: stream.sink.status.state is BroadcastState.INTERRUPTED, 60)
        wait_until(lambda: endpoint.deleted == 1, 60)
        assert not [thread for thread in threading.enumerate() if thread.name == "whip"]
        endpoint.nonsense = ""
        wait_until(lambda: stream.sink.status.state is BroadcastState.ON_AIR, 60)
    wait_until(lambda: stream.sink.status.state is BroadcastState.OFF, 60)


@pytest.mark.timeout(240)
def test_a_service_that_hangs_up_is_called_again(endpoint: Endpoint) -> None:
    with Stream(broadcast(endpoint)) as stream:
        wait_until(lambda: endpoint.count > 10, 60)
        endpoint.hang_up()
        wait_until(lambda: stream.sink.status.state is BroadcastState.INTERRUPTED, 90)
        before = endpoint.count
        wait_until(lambda: endpoint.count > before + 10, 90)
    wait_until(lambda: stream.sink.status.state is BroadcastState.OFF, 60)
