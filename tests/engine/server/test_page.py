"""The page that makes a browser a camera and a screen: Chromium with its fake camera, real clicks,
pictures compared.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from engine.events import ProgressListener
from engine.settings import BuildSettings, LiveSettings
from tests.engine.control.web.browser import Page, browser
from tests.engine.server.peers import Negative, Serving, serving

pytestmark = pytest.mark.timeout(900)  # a browser is slow to start where much else is going on

FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
SHOWING = "document.querySelector('#stage.showing') && document.querySelector('video').videoWidth"
LOOK = """
window.look = (video) => {
  const canvas = new OffscreenCanvas(64, 48), pen = canvas.getContext('2d');
  pen.drawImage(video, 0, 0, 64, 48);
  const { data } = pen.getImageData(0, 0, 64, 12), sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum[c] += data[i + c];
  return sum.map((one) => one / (data.length / 4));
};
window.negative = () => {
  const shown = look(document.getElementById('picture')), raw = look(window.raw);
  return shown.every((value, c) => Math.abs(255 - value - raw[c]) < 40)
    && shown.some((value, c) => Math.abs(value - raw[c]) > 60);
};
navigator.mediaDevices.getUserMedia({ video: true }).then(async (stream) => {
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
  await video.play();
  window.raw = video;
});
"""


def visit(
    server: Serving, folder: Path, work: Callable[[Page], Awaitable[None]], language: str = "en"
) -> None:
    async def main() -> None:
        async with browser(folder, language, *FAKE) as page:
            code = await asyncio.to_thread(server.codes.get, True, 60)
            await page.open(f"{server.url}/#pair={code}")
            await page.wait_for("document.querySelectorAll('#styles button').length")
            await work(page)

    asyncio.run(main())


def test_a_browser_is_a_camera_whose_styled_picture_comes_back(tmp_path: Path) -> None:
    models: list[Negative] = []

    def build(_build: BuildSettings, live: LiveSettings, _: ProgressListener) -> Negative:
        models.append(Negative(warm_up=2))
        models[-1].applied.append(live)
        return models[-1]

    async def work(page: Page) -> None:
        assert await page.value("location.hash") == ""
        assert "Full screen" in await page.value("document.body.innerText")
        await page.wait_for("document.querySelector('#styles img')?.naturalWidth")
        await page.click("#styles button:nth-child(2)")
        await page.click("#start")
        await page.wait_for(SHOWING)
        await page.wait_for("document.getElementById('state-text').textContent === 'Live'")
        await page.picture(tmp_path / "camera.png")

        await page.value(LOOK)
        await page.wait_for("window.raw && window.raw.videoWidth")
        await page.wait_for("negative()")  # and not what the camera sees

        second = await page.value("document.querySelectorAll('#styles button')[1].dataset.name")
        await applied(models, lambda live: live.style == second)
        await page.drag_to("#strength", 0.5)
        await applied(models, lambda live: abs(live.strength - 0.6) < 0.05)

        await page.click("#panic")
        await page.wait_for("!document.querySelector('#stage.showing')")
        await page.click("#panic")
        await page.wait_for(SHOWING)
        await page.wait_for("negative()")

        await page.click("#full")
        await page.wait_for("document.fullscreenElement?.id === 'stage'")
        await page.value("document.exitFullscreen()")
        await page.wait_for("!document.fullscreenElement")

        await page.click("#start")
        await page.wait_for("document.getElementById('state-text').textContent === 'Off'")
        assert await page.value("document.getElementById('picture').srcObject === null")
        for _ in range(1200):
            if models[-1].closed:
                break
            await asyncio.sleep(0.05)
        assert models[-1].closed
        assert [error for error in page.errors if "/session/" not in error] == []

    with serving(tmp_path / "server", build) as server:
        visit(server, tmp_path / "browser", work)


async def applied(models: list[Negative], wanted: Callable[..., bool]) -> None:
    """Wait until a model has been given such settings."""
    for _ in range(1200):
        if any(wanted(live) for model in models for live in model.applied):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"never applied; but {[model.applied for model in models]}")


def test_a_device_that_is_removed_has_to_pair_again(tmp_path: Path) -> None:
    async def work(page: Page) -> None:
        await page.click("#start")
        await page.wait_for(SHOWING)
        store = server.server.access.tokens
        store.remove(store.devices[0].id)
        await page.wait_for("!document.getElementById('message').hidden")
        await page.open(server.url)
        await page.wait_for("!document.getElementById('pairing').hidden")
        assert await page.value("localStorage.length") == 0

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work)


@pytest.mark.parametrize(
    ("language", "start"), [("en", "Start"), ("de-DE", "Start"), ("zh-CN", "开始")]
)
def test_the_page_speaks_the_languages_of_the_program_and_fits_a_phone(
    tmp_path: Path, language: str, start: str
) -> None:
    async def work(page: Page) -> None:
        await page.wait_for(f"document.getElementById('start').textContent === '{start}'")
        wide = "[...document.querySelectorAll('button')].filter(b => b.scrollWidth > b.clientWidth)"
        assert await page.value(f"{wide}.map(b => b.textContent)") == []
        assert await page.value("document.documentElement.scrollWidth <= innerWidth")
        await page.picture(tmp_path / f"camera-{language}.png")

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work, language)


BUSY = """
window.taken = [];
const take = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await take(wanted);
  window.taken.push(...stream.getVideoTracks());
  return stream;
};
const ask = window.fetch;
window.fetch = (path, options) => (path.startsWith('/session')
  ? Promise.resolve(new Response('{}', { status: 503, headers: { 'Retry-After': '600' } }))
  : ask(path, options));
"""


def test_the_camera_is_off_at_once_where_the_page_waits_to_try_again(tmp_path: Path) -> None:
    async def work(page: Page) -> None:
        await page.value(BUSY)
        await page.click("#start")
        await page.wait_for("document.getElementById('message').textContent.includes('is full')")
        assert await page.value("window.taken.map((track) => track.readyState)") == ["live"]
        await page.click("#start")
        await page.wait_for("document.getElementById('state-text').textContent === 'Off'")
        assert await page.value("window.taken.map((track) => track.readyState)") == ["ended"]

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work)


BY_THE_STANDARDS = """
(async () => {
  const token = localStorage.getItem('live2diff-engine-token');
  const post = async (path, peer) => {
    await peer.setLocalDescription();
    await new Promise((done) => {
      const look = () => peer.iceGatheringState === 'complete' && done();
      peer.onicegatheringstatechange = look;
      look();
    });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/sdp' };
    const body = peer.localDescription.sdp;
    const answer = await fetch(path, { method: 'POST', headers, body });
    window.answered = [...(window.answered ?? []), answer.status];
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  };
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const out = new RTCPeerConnection(), back = new RTCPeerConnection();
  out.addTransceiver(stream.getVideoTracks()[0], { direction: 'sendonly' });
  back.addTransceiver('video', { direction: 'recvonly' });
  back.ontrack = (event) => {
    document.getElementById('picture').srcObject = new MediaStream([event.track]);
  };
  await post('/whip', out);
  await post('/whep', back);
  window.peers = [out, back];
})();
"""


def test_a_browser_brings_a_stream_by_whip_and_watches_it_by_whep(tmp_path: Path) -> None:
    """Chromium's own WebRTC by the standards alone, without our page's script."""

    async def work(page: Page) -> None:
        await page.value(LOOK)
        await page.value(BY_THE_STANDARDS)
        await page.wait_for("window.peers")
        assert await page.value("window.answered") == [201, 201]
        await page.wait_for("window.raw && window.raw.videoWidth && negative()")

    with serving(tmp_path / "server") as server:
        visit(server, tmp_path / "browser", work)
