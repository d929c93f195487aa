"""The real OBS Studio, without a screen: connection, password, and the delay of a microphone."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.obs.link import ObsLink, ObsState, ObsWish
from tests.engine.virtual_camera.helpers import wait_until

simpleobsws: Any = pytest.importorskip("simpleobsws")
pytestmark = [
    pytest.mark.skipif(
        not all(map(shutil.which, ("obs", "Xvfb", "dbus-run-session"))), reason="needs obs-studio"
    ),
    pytest.mark.timeout(300),
]

PASSWORD = "obs-password"
DISPLAY = ":87"
SLOW = 60.0
SETTINGS = "[General]\nFirstRun=true\n[OBSWebSocket]\nFirstLoad=false\nServerEnabled=true\n"


class Obs:
    """OBS on a screen of its own."""

    def __init__(self, home: Path, port: int) -> None:
        folder = home / ".config" / "obs-studio"
        folder.mkdir(parents=True)
        (folder / "global.ini").write_text(SETTINGS)
        self.port, self._home = port, home
        self._screen = subprocess.Popen(
            ["Xvfb", DISPLAY, "-screen", "0", "1024x768x24"], stderr=subprocess.DEVNULL
        )
        wait_until(Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists, SLOW)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        own = {
            "HOME": str(self._home),
            "XDG_CONFIG_HOME": str(self._home / ".config"),
            "DISPLAY": DISPLAY,
            "QT_QPA_PLATFORM": "xcb",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "obs", "--multi", "--minimize-to-tray",
             "--disable-updater", "--disable-shutdown-check",
             "--websocket_port", str(self.port), "--websocket_password", PASSWORD],
            env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        wait_until(self._listens, SLOW)

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        self.stop()
        self._screen.terminate()
        self._screen.wait()

    def ask(self, name: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        """A request of a client that is not ours."""

        async def ask() -> dict[str, Any]:
            client = simpleobsws.WebSocketClient(f"ws://127.0.0.1:{self.port}", PASSWORD)
            await client.connect()
            assert await client.wait_until_identified()
            reply = await client.call(simpleobsws.Request(name, data))
            await client.disconnect()
            assert reply.ok(), reply.requestStatus.comment
            return dict(reply.responseData or {})

        return asyncio.run(ask())

    def offset(self, name: str) -> int:
        return int(self.ask("GetInputAudioSyncOffset", {"inputName": name})["inputAudioSyncOffset"])

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="module")
def obs() -> Iterator[Obs]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        obs = Obs(Path(home), port)
        yield obs
        obs.close()


@pytest.fixture
def link() -> Iterator[ObsLink]:
    link = ObsLink()
    yield link
    link.close()


def connect(link: ObsLink, obs: Obs, **wish: Any) -> None:
    link.wish(ObsWish(port=obs.port, password=PASSWORD, **wish))
    wait_until(lambda: link.status.state is ObsState.CONNECTED, SLOW)


def test_a_wrong_password_is_told_and_the_right_one_is_taken(obs: Obs, link: ObsLink) -> None:
    link.wish(ObsWish(port=obs.port, password="wrong"))
    wait_until(lambda: link.status.state is ObsState.REFUSED, SLOW)
    assert "password" in str(link.status.error)
    connect(link, obs)


def test_the_microphones_delay_is_set_followed_and_kept(obs: Obs, link: ObsLink) -> None:
    scene = obs.ask("GetCurrentProgramScene")["currentProgramSceneName"]
    obs.ask("CreateInput", {"sceneName": scene, "inputName": "My voice",
                            "inputKind": "pulse_input_capture"})  # fmt: skip
    connect(link, obs, microphone="My voice", delay_ms=250)
    assert "My voice" in link.status.microphones
    wait_until(lambda: obs.offset("My voice") == 250, SLOW)
    connect(link, obs, microphone="My voice", delay_ms=320)
    wait_until(lambda: obs.offset("My voice") == 320, SLOW)
    obs.ask("SetInputAudioSyncOffset", {"inputName": "My voice", "inputAudioSyncOffset": 0})
    wait_until(lambda: obs.offset("My voice") == 320, SLOW)


def test_a_camera_that_obs_does_not_see_leaves_no_source_behind(obs: Obs, link: ObsLink) -> None:
    connect(link, obs)
    link.add_camera("Live2Diff Camera", ("/dev/video99",))
    wait_until(lambda: link.status.error is not None, SLOW)
    assert "OBS does not find the camera" in str(link.status.error)
    names = [one["inputName"] for one in obs.ask("GetInputList")["inputs"]]
    assert "Live2Diff Camera" not in names


def test_obs_may_end_and_come_back(obs: Obs, link: ObsLink) -> None:
    connect(link, obs)
    obs.stop()
    wait_until(lambda: link.status.state is ObsState.WAITING, SLOW)
    obs.start()
    wait_until(lambda: link.status.state is ObsState.CONNECTED, SLOW)
