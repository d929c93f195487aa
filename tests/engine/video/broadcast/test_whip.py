"""WHIP to an endpoint of aiohttp and aiortc, which decodes what it receives."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engine.frames import Pixels
from engine.video.broadcast.sink import Broadcast, BroadcastState
from engine.video.broadcast.target import BroadcastTarget
from tests.engine.video.broadcast.pictures import (
    FPS,
    PLACEHOLDER,
    SIZE,
    STYLED,
    Stream,
    plain,
    shows,
)
from tests.engine.virtual_camera.helpers import wait_until

aiortc: Any = pytest.importorskip("aiortc")
web: Any = pytest.importorskip("aiohttp.web")


class Endpoint:
    """A WHIP endpoint on a thread. newest: the picture received last."""

    def __init__(self) -> None:
        self.newest: Pixels | None = None
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
        self.port = site._server.sockets[0].getsockname()[1]

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

    async def _receive(self, track: Any) -> None:
        try:
            while True:
                frame = await track.recv()
                self.newest = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                self.count += 1
        except aiortc.mediastreams.MediaStreamError:
            return


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    yield endpoint
    endpoint.close()


def broadcast(endpoint: Endpoint, key: str = "token") -> Broadcast:
    return Broadcast(BroadcastTarget(endpoint.address, key), SIZE, FPS, plain(PLACEHOLDER))


def test_an_endpoint_receives_the_stream_and_the_placeholder_in_a_panic(endpoint: Endpoint) -> None:
    def newest(colour: tuple[int, int, int]) -> bool:
        return endpoint.newest is not None and shows(endpoint.newest, colour)

    with Stream(broadcast(endpoint)) as stream:
        wait_until(lambda: newest(STYLED), 60)
        stream.sink.hide(True)
        wait_until(lambda: newest(PLACEHOLDER), 60)
    wait_until(lambda: endpoint.deleted == 1, 60)
    wait_until(lambda: stream.sink.status.state is BroadcastState.OFF, 60)


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
