"""What follows the picture: the microphone, OBS, a broadcast; with doubles of all three."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import keyring
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from engine.events import SessionState, Stats
from engine.frames import Pixels, Size, StyledFrame
from engine.microphone.client import MicrophoneStatus, MicrophoneWish
from engine.microphone.sound_pipe import HeardSound
from engine.obs.link import ObsStatus, ObsWish
from engine.video.broadcast.sink import Broadcast, BroadcastState, BroadcastStatus
from engine.video.broadcast.target import BroadcastTarget, SoundSource
from gui.features.streaming.broadcast import BroadcastController
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from gui.state.preferences import BroadcastChoice, MicrophoneChoice, ObsChoice
from tests.gui.fakes import FakePublisher, FakeSession

SOUND = HeardSound()
BETWEEN_PICTURES_MS = 500 / 20 + 500 / 30
"""Half an interval of the styled frames, and half of one of the camera."""


class FakeMicrophone:
    def __init__(self) -> None:
        self.wishes: list[MicrophoneWish] = []
        self.status = MicrophoneStatus()
        self.closed = 0
        self.sound = SOUND

    def is_heard(self) -> bool:
        return self.wishes[-1].on

    def wish(self, wanted: MicrophoneWish) -> None:
        self.wishes.append(wanted)

    def close(self) -> None:
        self.closed += 1


class FakeObs:
    def __init__(self) -> None:
        self.wishes: list[ObsWish] = []
        self.added: list[tuple[str, tuple[str, ...]]] = []
        self.status = ObsStatus()

    def wish(self, wanted: ObsWish) -> None:
        self.wishes.append(wanted)

    def add_camera(self, name: str, devices: tuple[str, ...]) -> None:
        self.added.append((name, devices))

    def close(self) -> None:
        """Nothing to let go of."""


class FakeBroadcast(Broadcast):
    """Keeps what it was told, and connects to nobody."""

    made: ClassVar[list[FakeBroadcast]] = []

    def __init__(
        self,
        target: BroadcastTarget,
        size: Size,
        fps: float,
        placeholder: Pixels,
        sound: SoundSource | None = None,
    ) -> None:
        super().__init__(target, size, fps, placeholder, sound)
        self.sound = sound
        self.target, self.hidden, self.ended = target, False, False
        self.frames: list[StyledFrame] = []
        self.blanked = 0
        FakeBroadcast.made.append(self)

    @property
    def status(self) -> BroadcastStatus:
        return BroadcastStatus(BroadcastState.ON_AIR)

    def open(self, size: Size, fps: float) -> None:
        """It connects to nobody."""

    def hide(self, on: bool) -> None:
        self.hidden = on

    def send(self, frame: StyledFrame) -> None:
        self.frames.append(frame)

    def blank(self) -> None:
        self.blanked += 1

    def close(self) -> None:
        self.ended = True


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    kept: dict[str, str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda _, account: kept.get(account))
    monkeypatch.setattr(keyring, "set_password", lambda _, a, secret: kept.update({a: secret}))
    return kept


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def obs() -> FakeObs:
    return FakeObs()


@pytest.fixture
def desk(app_model: AppModel, microphone: FakeMicrophone, obs: FakeObs) -> Iterator[StreamingDesk]:
    desk = StreamingDesk(app_model, microphone, obs)
    yield desk
    desk.close()


@pytest.fixture
def broadcast(app_model: AppModel) -> Iterator[BroadcastController]:
    FakeBroadcast.made = []
    choice = BroadcastChoice("rtmp://127.0.0.1/live")
    app_model.update(lambda p: replace(p, broadcast=choice))
    controller = BroadcastController(app_model, SOUND, FakeBroadcast)
    yield controller
    controller.stop()


def measure(session: FakeSession, milliseconds: float, times: int = 1) -> None:
    for _ in range(times):
        session.listener(Stats(milliseconds, milliseconds, 1, 1, 1, 30, 20, 0, 1))


def test_the_delay_is_the_median_of_what_is_measured(
    qtbot: QtBot, desk: StreamingDesk, session: FakeSession
) -> None:
    measure(session, 200, 9)
    measure(session, 900)
    measure(session, 200, 9)
    qtbot.waitUntil(lambda: desk.delay.milliseconds > 0)
    qtbot.wait(50)
    assert desk.delay.milliseconds == pytest.approx(200 + BETWEEN_PICTURES_MS)


def test_the_wait_at_the_camera_counts_as_its_process_measures_it(
    qtbot: QtBot,
    desk: StreamingDesk,
    app_model: AppModel,
    session: FakeSession,
    publisher: FakePublisher,
) -> None:
    publisher.answer = replace(publisher.answer, waited=0.045)
    app_model.camera.refresh()
    measure(session, 200, 9)
    qtbot.waitUntil(lambda: desk.delay.milliseconds > 0)
    assert desk.delay.milliseconds == pytest.approx(200 + 500 / 20 + 45)


def test_noise_moves_nothing(qtbot: QtBot, desk: StreamingDesk, session: FakeSession) -> None:
    measure(session, 200, 20)
    qtbot.waitUntil(lambda: desk.delay.milliseconds > 0)
    with qtbot.assertNotEmitted(desk.delay.changed, wait=100):
        measure(session, 204, 20)


def test_the_microphone_is_heard_while_the_stream_runs_and_nothing_is_hidden(
    qtbot: QtBot,
    desk: StreamingDesk,
    app_model: AppModel,
    session: FakeSession,
    microphone: FakeMicrophone,
) -> None:
    choice = MicrophoneChoice(on=True, source="mic", correction_ms=40)
    app_model.update(lambda p: replace(p, microphone=choice))
    assert microphone.wishes[-1] == MicrophoneWish("mic", 0.04, on=False)
    app_model.go_live()
    qtbot.waitUntil(microphone.is_heard)
    measure(session, 200)
    late = (200 + BETWEEN_PICTURES_MS + 40) / 1000
    qtbot.waitUntil(lambda: microphone.wishes[-1].delay == pytest.approx(late))
    app_model.panic(True)
    assert not microphone.is_heard()
    app_model.panic(False)
    assert microphone.is_heard()
    session.enter(SessionState.OFF)
    qtbot.waitUntil(lambda: not microphone.is_heard())
    app_model.update(lambda p: replace(p, microphone=MicrophoneChoice()))
    assert microphone.closed == 1


def test_a_microphone_that_is_not_asked_for_is_not_there(
    qtbot: QtBot, desk: StreamingDesk, app_model: AppModel, microphone: FakeMicrophone
) -> None:
    desk.start()
    app_model.go_live()
    qtbot.wait(50)
    assert microphone.wishes == []


def test_obs_gets_its_password_from_the_key_store_and_the_measured_delay(
    qtbot: QtBot,
    desk: StreamingDesk,
    app_model: AppModel,
    session: FakeSession,
    obs: FakeObs,
    keys: dict[str, str],
) -> None:
    keys["obs-websocket"] = "word"
    app_model.update(lambda p: replace(p, obs=ObsChoice(on=True, microphone="Voice")))
    qtbot.waitUntil(lambda: bool(obs.wishes))
    assert obs.wishes[-1] == ObsWish(password="word", microphone="", delay_ms=0)
    measure(session, 200)
    qtbot.waitUntil(lambda: obs.wishes[-1].microphone == "Voice")
    assert obs.wishes[-1].delay_ms == round(200 + BETWEEN_PICTURES_MS)
    desk.obs.keep_password(" other ")
    qtbot.waitUntil(lambda: keys["obs-websocket"] == "other")
    assert obs.wishes[-1].password == "other"


def test_one_click_adds_the_camera_by_its_name(desk: StreamingDesk, obs: FakeObs) -> None:
    desk.obs.add_camera()
    assert obs.added == [("Live2Diff Camera", ("live2diff-camera", "Live2Diff Camera"))]


def test_a_broadcast_is_fed_by_the_session_and_outlives_it(
    qtbot: QtBot,
    broadcast: BroadcastController,
    app_model: AppModel,
    session: FakeSession,
    keys: dict[str, str],
) -> None:
    keys["broadcast"] = "key"
    broadcast.start()
    qtbot.waitUntil(lambda: len(FakeBroadcast.made) == 1)
    sent = FakeBroadcast.made[0]
    assert sent.target == BroadcastTarget("rtmp://127.0.0.1/live", "key")
    assert sent.sound is SOUND
    assert session.sinks == []
    for _ in range(2):
        app_model.go_live()
        session.enter(SessionState.LIVE)
        qtbot.waitUntil(lambda: len(session.sinks) == 1)
        session.sinks[0].send(StyledFrame(np.zeros((4, 4, 3), np.uint8), 1, 0.0))
        session.sinks.pop().close()
        session.enter(SessionState.OFF)
        qtbot.waitUntil(lambda: not app_model.state.running)
    assert len(sent.frames) == 2
    assert sent.blanked == 2
    assert not sent.ended
    broadcast.stop()
    assert sent.ended


def test_panic_hides_the_broadcast_as_well(
    qtbot: QtBot, broadcast: BroadcastController, app_model: AppModel
) -> None:
    app_model.panic(True)
    broadcast.start()
    qtbot.waitUntil(lambda: len(FakeBroadcast.made) == 1)
    assert FakeBroadcast.made[0].hidden
    app_model.panic(False)
    assert not FakeBroadcast.made[0].hidden


def test_an_address_that_cannot_be_is_reported_and_nothing_begins(
    qtbot: QtBot, broadcast: BroadcastController, app_model: AppModel
) -> None:
    app_model.update(lambda p: replace(p, broadcast=BroadcastChoice("nonsense")))
    with qtbot.waitSignal(app_model.troubled) as heard:
        broadcast.start()
    assert isinstance(heard.args[0], EngineError)
    assert FakeBroadcast.made == []
    assert not broadcast.running


def test_starting_it_twice_before_the_key_is_there_begins_one(
    qtbot: QtBot, broadcast: BroadcastController
) -> None:
    broadcast.start()
    broadcast.stop()
    broadcast.start()
    qtbot.waitUntil(lambda: bool(FakeBroadcast.made))
    qtbot.wait(100)
    assert len(FakeBroadcast.made) == 1


def test_ending_it_before_the_key_is_there_begins_nothing(
    qtbot: QtBot, broadcast: BroadcastController
) -> None:
    broadcast.start()
    broadcast.stop()
    qtbot.wait(100)
    assert FakeBroadcast.made == []
