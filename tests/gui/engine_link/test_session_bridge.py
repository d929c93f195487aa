import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.events import (
    Event,
    Failed,
    Finished,
    Progress,
    ProgressKind,
    SessionState,
    StateChanged,
)
from engine.session.session import Job
from engine.settings import BuildSettings, InputSettings, LiveSettings
from gui.engine_link.session_bridge import SessionBridge
from tests.gui.fakes import FakeSession, stats

JOB = Job(InputSettings(), BuildSettings(), LiveSettings())


def make() -> tuple[SessionBridge, FakeSession]:
    sessions: list[FakeSession] = []

    def factory(listener: object) -> FakeSession:
        sessions.append(FakeSession(listener))  # type: ignore[arg-type]
        return sessions[-1]

    bridge = SessionBridge(factory)
    return bridge, sessions[0]


def test_events_of_other_threads_arrive_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge, session = make()
    heard: list[QThread] = []
    bridge.measured.connect(lambda _: heard.append(QThread.currentThread()))
    with qtbot.waitSignal(bridge.measured):
        thread = threading.Thread(target=session.listener, args=(stats(),))
        thread.start()
    thread.join()
    assert heard == [bridge.thread()]


def test_each_event_has_its_signal(qtbot: QtBot) -> None:
    bridge, session = make()
    told: list[object] = []
    for signal in (bridge.progressed, bridge.measured, bridge.failed, bridge.state_changed):
        signal.connect(told.append)
    bridge.finished.connect(lambda: told.append("finished"))
    failed = Failed(SourceError("Gone.", "Plug it in."), recovering=True)
    events: list[Event] = [
        Progress(ProgressKind.FRAMES, 1, 2),
        stats(),
        failed,
        StateChanged(SessionState.LIVE),
        Finished(),
    ]
    for event in events:
        session.listener(event)
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == [events[0], events[1], failed, SessionState.LIVE, "finished"]


def test_a_new_job_while_running_waits_for_the_end_of_the_old_one(qtbot: QtBot) -> None:
    bridge, session = make()
    bridge.start(lambda: JOB)
    qtbot.waitUntil(lambda: bridge.state is SessionState.STARTING)
    bridge.start(lambda: JOB)
    assert len(session.jobs) == 1
    qtbot.waitUntil(lambda: len(session.jobs) == 2)


def test_stopping_forgets_the_job_that_was_to_follow(qtbot: QtBot) -> None:
    bridge, session = make()
    bridge.start(lambda: JOB)
    bridge.start(lambda: JOB)
    bridge.stop()
    qtbot.waitUntil(lambda: bridge.state is SessionState.OFF)
    assert len(session.jobs) == 1
