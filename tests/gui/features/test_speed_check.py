import pytest
from pytestqt.qtbot import QtBot

from engine.errors import ModelError
from engine.events import Failed, Finished
from gui.features.speed_check import FRAMES, SpeedCheck
from tests.gui.fakes import FakeSession, stats


@pytest.fixture
def parts(qtbot: QtBot) -> tuple[SpeedCheck, FakeSession]:
    sessions: list[FakeSession] = []

    def make(listener: object) -> FakeSession:
        sessions.append(FakeSession(listener))  # type: ignore[arg-type]
        return sessions[-1]

    return SpeedCheck(make), sessions[0]


def test_the_rate_is_that_of_the_model_alone(
    qtbot: QtBot, parts: tuple[SpeedCheck, FakeSession]
) -> None:
    test, session = parts
    test.start("comic")
    with qtbot.waitSignal(test.measured) as measured:
        session.listener(stats(fps_overall=40.0))
        session.listener(stats(fps_overall=20.0))
        session.listener(Finished())
    assert measured.args == [20.0]
    assert not session.jobs[0].realtime  # neither the demo's pace nor what is ready first counts
    assert session.jobs[0].frames == FRAMES
    assert session.jobs[0].sinks == ()


def test_a_failure_is_told_as_no_rate(qtbot: QtBot, parts: tuple[SpeedCheck, FakeSession]) -> None:
    test, session = parts
    test.start("comic")
    with qtbot.waitSignal(test.measured) as measured:
        session.listener(Failed(ModelError("No.", "Get it."), recovering=False))
        session.listener(Finished())
    assert measured.args == [0.0]


def test_a_test_that_was_stopped_tells_nothing(
    qtbot: QtBot, parts: tuple[SpeedCheck, FakeSession]
) -> None:
    test, session = parts
    test.start("comic")
    test.stop()
    with qtbot.assertNotEmitted(test.measured, wait=50):
        session.listener(Finished())


def test_what_the_benchmark_measured_is_not_measured_again(qtbot: QtBot) -> None:
    sessions: list[FakeSession] = []

    def make(listener: object) -> FakeSession:
        sessions.append(FakeSession(listener))  # type: ignore[arg-type]
        return sessions[-1]

    test = SpeedCheck(make, kept=lambda: 21.5)
    with qtbot.waitSignal(test.measured) as measured:
        test.start("comic")
    assert measured.args == [21.5]
    assert sessions[0].jobs == []
