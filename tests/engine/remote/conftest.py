"""An engine to connect to, paired already; nothing of the user's key store is touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import numpy as np
import pytest
from keyring.backend import KeyringBackend

from engine.events import Event, Failed, SessionState, StateChanged
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.remote import pairing
from engine.remote.address import parse_address
from engine.remote.factory import build_translator
from engine.remote.pinned_http import Door
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark
from tests.engine.doubles import ScriptedSource
from tests.engine.remote.server import CODE, Conduct, Server

WITHIN_S = 40.0
"""Long enough for a machine that has much else to do."""
RAW_LEVEL, STYLED_LEVEL = 200, 55


class KeptInMemory(KeyringBackend):
    """A key store of the test's own."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.secrets.pop((service, username), None)


@pytest.fixture(autouse=True)
def key_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptInMemory]:
    before = keyring.get_keyring()
    own = KeptInMemory()
    keyring.set_keyring(own)
    monkeypatch.setattr(pairing, "_known", {})
    yield own
    keyring.set_keyring(before)


@pytest.fixture
def conduct() -> Conduct:
    return Conduct()


@pytest.fixture
def server(conduct: Conduct) -> Iterator[Server]:
    server = Server(conduct).start()
    yield server
    server.close()


@pytest.fixture
def secure_server(conduct: Conduct, tmp_path: Path) -> Iterator[Server]:
    """The same over HTTPS."""
    server = Server(conduct, tls=tmp_path / "certificate").start()
    yield server
    server.close()


@pytest.fixture
def door(server: Server) -> Door:
    return paired(server.address)


def paired(address: str) -> Door:
    door = pairing.pair(parse_address(address), CODE)
    pairing.remember(door)
    return door


class NumberedSource(ScriptedSource):
    """Frames of one grey with their number in it, at a camera's rate."""

    def __init__(self, count: int | None = None, *, live: bool = True) -> None:
        super().__init__(count, live=live)
        self.size = Size(128, 128)

    def read(self) -> Frame | None:
        if self.live:
            time.sleep(0.04)
        frame = super().read()
        return None if frame is None else Frame(numbered(frame.number), frame.number, now())


def now() -> float:
    return time.monotonic()


def numbered(number: int) -> Pixels:
    """(128, 128, 3): bright, with the number as a row of dark squares."""
    pixels = np.full((128, 128, 3), RAW_LEVEL, np.uint8)
    for bit in range(8):
        if number >> bit & 1:
            pixels[96:128, 16 * bit : 16 * bit + 16] = 20
    return pixels


def number_in(pixels: Pixels) -> int:
    """The number in the negative of such a picture."""
    squares = [pixels[104:120, 16 * bit + 4 : 16 * bit + 12].mean() for bit in range(8)]
    return sum(1 << bit for bit, level in enumerate(squares) if level > 150)


class WatchedSink:
    """Keeps what is sent, and whether it is on show."""

    def __init__(self) -> None:
        self.frames: list[StyledFrame] = []
        self.delays: list[float] = []
        self.on_show: StyledFrame | None = None
        self.blanks = 0

    def open(self, size: Size, fps: float) -> None: ...

    def send(self, frame: StyledFrame) -> None:
        self.frames.append(frame)
        self.delays.append(now() - frame.captured_at)
        self.on_show = frame

    def blank(self) -> None:
        self.blanks += 1
        self.on_show = None

    def close(self) -> None: ...

    def abort(self) -> None: ...

    @property
    def raw(self) -> int:
        """Frames that are not negatives."""
        return sum(abs(float(f.pixels[:90].mean()) - STYLED_LEVEL) > 25 for f in self.frames)


class Stage:
    """A session whose engine is elsewhere."""

    def __init__(self, engine: str, *, count: int | None = None, live: bool = True) -> None:
        self.events: list[Event] = []
        self.sink = WatchedSink()
        self.session = Session(
            self._hear,
            build_translator=build_translator,
            open_source=lambda _: NumberedSource(count, live=live),
        )
        self._job = Job(
            InputSettings("script"),
            BuildSettings(engine=engine),
            LiveSettings(),
            (self.sink,),
            realtime=live,
            watermark=AiWatermark(shown=False, invisible=False),
        )

    def start(self) -> None:
        self.session.start(self._job)

    def until(self, condition: Callable[[], bool], within: float = WITHIN_S) -> None:
        deadline = now() + within
        while not condition():
            assert now() < deadline, self.events[-6:]
            time.sleep(0.01)

    @property
    def states(self) -> list[SessionState]:
        return [event.state for event in self.events if isinstance(event, StateChanged)]

    def told(self, words: str) -> bool:
        """Whether a failure says so."""
        failures = (event for event in self.events if isinstance(event, Failed))
        return any(words in str(failure.error) for failure in failures)

    def end(self) -> None:
        self.session.stop()
        assert self.session.wait(WITHIN_S)

    def _hear(self, event: Event) -> None:
        self.events.append(event)


@pytest.fixture
def stage(server: Server, door: Door) -> Iterator[Stage]:
    """Live, and running."""
    stage = Stage(server.address)
    stage.start()
    yield stage
    stage.end()
