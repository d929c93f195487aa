"""Senders and players that are not ours: FFmpeg's WHIP, and the WHIP sender and WHEP player of
whip-whep in Chromium.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import av
import pytest

from tests.engine.control.web.browser import Page
from tests.engine.server.ffmpeg_whip import ffmpeg_sends
from tests.engine.server.peers import WITHIN_S, Serving, serving
from tests.engine.server.test_page import LOOK, visit

pytestmark = pytest.mark.timeout(900)

LIBRARY = Path(__file__).parent / "whip_whep"

SEND = """
(async () => {
  const camera = await navigator.mediaDevices.getUserMedia({ video: true });
  const peer = new RTCPeerConnection();
  peer.addTransceiver(camera.getVideoTracks()[0], { direction: 'sendonly' });
  window.sender = new WHIPClient();
  await sender.publish(peer, `${location.origin}/whip`, TOKEN);
  window.sends = true;
})().catch((error) => { window.failed = String(error); });
"""
PLAY = """
(async () => {
  const peer = new RTCPeerConnection();
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  peer.ontrack = ({ track }) => {
    const picture = document.getElementById('picture');
    if (track.kind === 'video') picture.srcObject = new MediaStream([track]);
  };
  window.player = new WHEPClient();
  await player.view(peer, `${location.origin}/whep`, TOKEN);
  window.plays = true;
})().catch((error) => { window.failed = String(error); });
"""
BRIGHT = "look(document.getElementById('picture')).every((level) => level > 180)"
"""A negative of the dark pictures that are sent."""


async def load(page: Page, name: str, client: str) -> None:
    """Take over a module of the library's as it is."""
    source = (LIBRARY / f"{name}.js").read_text(encoding="utf-8")
    begins = f"export class {client}"
    assert source.count(begins) == 1
    await page.value(f"{source.replace(begins, f'window.{client} = class {client}')}\n;0")
    await page.value("window.TOKEN = localStorage.getItem('live2diff-engine-token')")


async def done(page: Page, what: str) -> None:
    await page.wait_for(f"window.{what} || window.failed")
    assert await page.value("window.failed") is None


async def streams_are(server: Serving, token: str, wanted: Callable[[list[Any]], bool]) -> None:
    """Wait until the server tells of such streams."""
    headers = {"Authorization": f"Bearer {token}"}
    async with asyncio.timeout(WITHIN_S), aiohttp.ClientSession(headers=headers) as web:
        while True:
            async with web.get(f"{server.url}/streams") as answer:
                if wanted((await answer.json())["streams"]):
                    return
            await asyncio.sleep(0.2)


def test_a_library_brings_a_stream_by_whip_and_another_page_of_it_watches_by_whep(
    tmp_path: Path,
) -> None:
    async def work(page: Page) -> None:
        await load(page, "whip", "WHIPClient")
        await load(page, "whep", "WHEPClient")
        await page.value(LOOK)
        await page.value(SEND)
        await done(page, "sends")
        await page.value(PLAY)
        await done(page, "plays")
        await page.wait_for("window.raw && window.raw.videoWidth && negative()")
        await page.value("player.stop(); sender.stop();")
        await streams_are(server, await page.value("TOKEN"), lambda found: not found)

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work)


def test_ffmpeg_brings_a_stream_and_a_whep_player_shows_it(tmp_path: Path) -> None:
    """Neither end is ours."""
    if "whip" not in av.formats_available:
        pytest.skip("this FFmpeg has no WHIP")

    async def work(page: Page) -> None:
        await load(page, "whep", "WHEPClient")
        await page.value(LOOK)
        token = await page.value("TOKEN")
        with ffmpeg_sends(server, token, tmp_path):
            await streams_are(server, token, lambda found: any(one["fps_out"] for one in found))
            await page.value(PLAY)
            await done(page, "plays")
            await page.wait_for(BRIGHT)

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work)
