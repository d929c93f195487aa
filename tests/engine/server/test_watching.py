"""WHIP and WHEP, by clients that are not ours, and what is told of the streams."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

import aiohttp
import av
import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from engine.remote.rtc import to_pixels
from engine.server.metrics import Metric
from tests.engine.server.ffmpeg_whip import ffmpeg_sends
from tests.engine.server.peers import (
    WITHIN_S,
    Camera,
    Serving,
    is_styled,
    new_peer,
    post_offer,
    run,
    serving,
    visiting,
)

pytestmark = pytest.mark.timeout(600)

GRAMMAR = re.compile(r'(# (HELP|TYPE) live2diff_\w+ .+|live2diff_\w+(\{\w+="[^"]*"\})? [0-9.e+-]+)')


class Watcher:
    """Watches by WHEP alone, as in the draft: one offer that receives."""

    def __init__(self, web: aiohttp.ClientSession, url: str, token: str) -> None:
        self._web, self._url = web, url
        self._headers = {"Authorization": f"Bearer {token}"}
        self.peer = new_peer()

    async def open(self, query: str = "") -> int:
        self.peer.addTransceiver("video", direction="recvonly")
        self.peer.addTransceiver("audio", direction="recvonly")
        await self.peer.setLocalDescription(await self.peer.createOffer())
        status, text, self.place = await post_offer(
            self._web, f"{self._url}/whep{query}", self.peer.localDescription.sdp, self._headers
        )
        if status == 201:
            await self.peer.setRemoteDescription(RTCSessionDescription(text, "answer"))
        return status

    async def pictures(self, count: int) -> list[VideoFrame]:
        track = self.peer.getTransceivers()[0].receiver.track
        return [await asyncio.wait_for(track.recv(), WITHIN_S) for _ in range(count)]

    async def end(self) -> int:
        async with self._web.delete(self._url + self.place, headers=self._headers) as answer:
            return answer.status


async def bring(web: aiohttp.ClientSession, server: Serving, token: str) -> RTCPeerConnection:
    """A stream by WHIP, with a bare aiortc."""
    peer = new_peer()
    peer.addTransceiver(Camera(), direction="sendonly")
    await peer.setLocalDescription(await peer.createOffer())
    status, text, _ = await post_offer(
        web, f"{server.url}/whip", peer.localDescription.sdp, {"Authorization": f"Bearer {token}"}
    )
    assert status == 201
    await peer.setRemoteDescription(RTCSessionDescription(text, "answer"))
    return peer


def test_a_stream_that_is_brought_can_be_watched_styled_by_its_owner_alone(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with aiohttp.ClientSession() as web:
                owner, stranger = server.token("owner"), server.token("stranger")
                peer = await bring(web, server, owner)
                other = Watcher(web, server.url, stranger)
                assert await other.open() == 404
                await other.peer.close()
                watcher = Watcher(web, server.url, owner)
                assert await watcher.open() == 201
                for picture in await watcher.pictures(5):
                    assert is_styled(to_pixels(picture))
                assert await watcher.end() == 200
                with suppress(MediaStreamError):
                    await watcher.pictures(1000)
                await watcher.peer.close()
                await peer.close()

    run(work())


def test_what_is_shared_may_be_watched_by_every_paired_device(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token("phone")) as (phone,):
                await phone.open("?share=1")
                await phone.until(lambda: len(phone.results) >= 3)
                async with aiohttp.ClientSession() as web:
                    desktop = server.token("desktop")
                    key = {"Authorization": f"Bearer {desktop}"}
                    async with web.get(f"{server.url}/streams", headers=key) as answer:
                        (found,) = (await answer.json())["streams"]
                    assert found["shared"]
                    assert not found["mine"]
                    assert found["size"] == "128x128"
                    watcher = Watcher(web, server.url, desktop)
                    assert await watcher.open(f"?stream={found['id']}") == 201
                    pictures = await watcher.pictures(3)
                    assert all(is_styled(to_pixels(one)) for one in pictures)
                    await watcher.peer.close()

    run(work())


def test_ffmpeg_brings_a_stream_by_whip(tmp_path: Path) -> None:
    """FFmpeg's own WHIP client, by libavformat."""
    if "whip" not in av.formats_available:
        pytest.skip("this FFmpeg has no WHIP")

    async def work() -> None:
        with serving(tmp_path) as server:
            token = server.token()
            with ffmpeg_sends(server, token, tmp_path) as process:
                async with aiohttp.ClientSession() as web:
                    watcher = Watcher(web, server.url, token)
                    while await watcher.open() == 404:
                        await watcher.peer.close()
                        assert process.poll() is None
                        await asyncio.sleep(1)
                        watcher = Watcher(web, server.url, token)
                    for picture in await watcher.pictures(3):
                        assert is_styled(to_pixels(picture))
                    await watcher.peer.close()

    run(work())


def test_the_figures_are_in_the_format_of_prometheus(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 3)
                await client.until(lambda: bool(client.heard("figures")))
                async with aiohttp.ClientSession() as web:
                    async with web.get(f"{server.url}/metrics", headers=client.headers) as answer:
                        assert answer.content_type == "text/plain"
                        lines = (await answer.text()).splitlines()
                    async with web.get(f"{server.url}/health", headers=client.headers) as answer:
                        health = await answer.json()
                assert all(GRAMMAR.fullmatch(line) for line in lines), lines
                assert 'live2diff_streams{kind="session"} 1' in lines
                assert health["streams"] == 1
                assert health["max_size"] == "1280x720"

    run(work())


def test_a_counter_is_exact_after_days() -> None:
    metric = Metric("frames_received_total", "counter", "Frames decoded.", {"": 12_345_678})
    assert [*metric.lines()][-1] == "live2diff_frames_received_total 12345678"


def test_style_pictures_come_from_the_server(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            key = {"Authorization": f"Bearer {server.token()}"}
            async with aiohttp.ClientSession() as web:
                async with web.get(f"{server.url}/styles", headers=key) as answer:
                    styles = (await answer.json())["styles"]
                assert "ink" in [style["name"] for style in styles]
                path = next(style["picture"] for style in styles if style["picture"])
                async with web.get(server.url + path, headers=key) as answer:
                    assert answer.status == 200
                    assert answer.content_type.startswith("image/")
                    assert len(await answer.read()) > 1000
                async with web.get(f"{server.url}/styles/x/picture", headers=key) as answer:
                    assert answer.status == 404

    run(work())
