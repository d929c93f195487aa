"""A real session is attacked through the control interface, and streams on."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from pytestqt.qtbot import QtBot

from engine.control.local_access import API, find_access
from engine.control.settings import ControlSettings, WebSettings
from engine.events import Event
from engine.frames import Size
from engine.session.session import Session
from engine.settings import BuildSettings, InputSettings
from gui.engine_link.session_bridge import SessionBridge
from gui.engine_link.virtual_camera import VirtualCameraModel
from gui.features.control.controller import RemoteControl
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.preferences import PreferenceStore
from tests.gui.fakes import FakePublisher
from tests.gui.stand_in import StandIn

REQUESTS = 2_000
HALF_OPEN = 100
WORDS = json.dumps({"command": "stop"}).encode()


@pytest.fixture
def app_model(qapp: object, catalog, store: PreferenceStore, publisher: FakePublisher):  # type: ignore[no-untyped-def]
    """On a real session, without a model."""

    def make(listener: Callable[[Event], None]) -> Session:
        return Session(listener, build_translator=StandIn)

    wanted = InputSettings("synthetic", Size(160, 120), 60.0)
    store.save(replace(store.load(), input=wanted, build=BuildSettings(size=Size(128, 128))))
    app_model = AppModel(SessionBridge(make), VirtualCameraModel(publisher), store, catalog)
    yield app_model
    app_model.close(10)


class Attackers:
    """Strangers: without a token, of another origin, by another name, and half a request each."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}{API}/commands"
        self._port = port
        self.statuses: set[int] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._attack()))

    def start(self) -> None:
        self._thread.start()

    @property
    def busy(self) -> bool:
        return self._thread.is_alive()

    async def _attack(self) -> None:
        halves = [socket.create_connection(("127.0.0.1", self._port)) for _ in range(HALF_OPEN)]
        for half in halves[::2]:
            with suppress(OSError):
                half.sendall(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n")
        disguises: list[dict[str, str]] = [
            {},
            {"Origin": "https://evil.example"},
            {"Host": "evil.example"},
            {"Authorization": "Bearer guess"},
        ]
        connector = aiohttp.TCPConnector(limit=8)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(
                *(self._send(session, headers, REQUESTS // 8) for headers in disguises * 2)
            )
        for half in halves:
            half.close()

    async def _send(
        self, session: aiohttp.ClientSession, headers: dict[str, str], count: int
    ) -> None:
        for _ in range(count):
            with suppress(aiohttp.ClientError, ConnectionError):
                async with session.post(self._url, data=WORDS, headers=headers) as answer:
                    self.statuses.add(answer.status)


@pytest.mark.timeout(600)
def test_thousands_of_requests_of_strangers_change_nothing_and_the_stream_goes_on(
    qtbot: QtBot,
    app_model: AppModel,
    recordings: RecordingController,
    control: RemoteControl,
    publisher: FakePublisher,
    tmp_path: Path,
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = WebSettings(on=True, port=port)
    app_model.update(lambda p: replace(p, control=ControlSettings(web=web)))
    qtbot.waitUntil(lambda: control.web.outcome is not None)
    app_model.go_live()
    qtbot.waitUntil(lambda: app_model.state.live, timeout=20_000)
    before, numbers = app_model.preferences, []
    attackers = Attackers(port)
    attackers.start()
    while attackers.busy:
        qtbot.wait(20)
        frame = app_model.take_output()
        if frame is not None:
            numbers.append(frame.number)
    assert attackers.statuses
    assert attackers.statuses <= {401, 403, 421}
    assert app_model.state.live
    assert app_model.preferences == before
    assert publisher.panics == []
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 20
    assert find_access().port == port
    app_model.stop()
    qtbot.waitUntil(lambda: not app_model.state.running, timeout=10_000)
