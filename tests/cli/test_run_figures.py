"""A run in the terminal: its bar, its figures, its report, its camera."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from cli import run as module
from cli.options import NOWHERE, VIRTUAL_CAMERA, RunOptions
from cli.run import _Result, _Watcher, run
from engine.errors import SinkError, SourceError
from engine.events import (
    Event,
    Failed,
    Finished,
    Progress,
    ProgressKind,
    SessionState,
    SizesChosen,
    StateChanged,
    Stats,
)
from engine.frames import Size, StyledFrame
from engine.provenance.credentials.reading import read_credentials
from engine.session.job import Job
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.null import NullSink
from engine.virtual_camera.protocol import PublisherState, PublisherStatus
from tests.engine.video.clips import greys, write_clip
from tests.gui.fakes import FakePublisher

STATS = Stats(12.0, 30.0, 1.0, 2.0, 3.0, 30.0, 25.0, 4, 50)
JOB = Job(InputSettings(), BuildSettings(), LiveSettings(), (NullSink(),), frames=50)
GONE = SourceError("The camera is gone.", "Plug it in.")


class ScriptedSession:
    """Reports what a test says, then that it is off."""

    story: tuple[Event, ...] = ()

    def __init__(self, listener: Callable[[Event], None], **_: object) -> None:
        self._listener = listener
        self.stopped = False

    def start(self, _job: Job) -> None:
        for event in (*self.story, StateChanged(SessionState.OFF)):
            self._listener(event)

    def stop(self) -> None:
        self.stopped = True

    def wait(self, timeout: float | None = None) -> bool:
        return True

    def stats(self) -> Stats:
        return STATS

    def frames(self) -> tuple[int, int]:
        return 54, 50


class Terminal:
    """Runs a scripted session, and what is printed meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paper = StringIO()
        self.console = Console(file=self.paper, width=200)
        self._patch = monkeypatch
        monkeypatch.setattr(module, "Session", ScriptedSession)

    def tells(self, *events: Event) -> None:
        self._patch.setattr(ScriptedSession, "story", events)

    @property
    def text(self) -> str:
        return self.paper.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


def result(**changes: object) -> _Result:
    return replace(_Result(54, 50, 2.0, STATS, interrupted=False), **changes)  # type: ignore[arg-type]


OPTIONS = RunOptions("demo", NOWHERE, frames=50)


def test_the_figures_are_printed_at_the_end(terminal: Terminal) -> None:
    terminal.tells(StateChanged(SessionState.LIVE), STATS, Finished())
    run(OPTIONS, terminal.console)
    assert "50 frames in " in terminal.text
    assert "latency p50 12 ms, p95 30 ms, 4 dropped" in terminal.text


def test_a_removed_style_is_said_in_one_sentence(terminal: Terminal) -> None:
    run(replace(OPTIONS, style="poster"), terminal.console)
    assert terminal.text.count("The style poster has been removed; comic is used instead.") == 1


def test_a_report_has_the_figures_and_what_they_apply_to(
    terminal: Terminal, tmp_path: Path
) -> None:
    run(replace(OPTIONS, report=tmp_path / "r.json", seed=9), terminal.console)
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["frames_in"], report["frames_out"], report["dropped"]) == (54, 50, 4)
    assert report["latency_ms"] == {"p50": 12.0, "p95": 30.0}
    assert (report["model"], report["seed"]) == ("built-in", 9)


def test_interpolated_frames_are_told_apart(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(replace(OPTIONS, report=tmp_path / "none.json"), terminal.console)
    assert "interpolated" not in terminal.text
    assert json.loads((tmp_path / "none.json").read_text())["interpolated"] == 0
    figures = replace(STATS, interpolated=41, interpolation_ms=66.25, fps_interpolated=14.8)
    monkeypatch.setattr(ScriptedSession, "stats", lambda _: figures)
    run(replace(OPTIONS, auto_framing=True, report=tmp_path / "r.json"), terminal.console)
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["frames_out"], report["interpolated"]) == (50, 41)
    assert (report["interpolation_ms"], report["auto_framing"]) == (66.25, True)
    assert "41 interpolated between them, which adds 66 ms to the latency" in terminal.text


def test_a_report_has_the_sizes_of_output_and_engine(terminal: Terminal, tmp_path: Path) -> None:
    terminal.tells(SizesChosen(Size(1280, 720), Size(640, 360), automatic=True))
    run(replace(OPTIONS, report=tmp_path / "r.json"), terminal.console)
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["width"], report["height"]) == (1280, 720)
    assert (report["engine_width"], report["engine_height"]) == (640, 360)
    assert "1280x720, computed at 640x360 (automatic)" in terminal.text


def test_the_rate_counts_from_the_first_styled_frame() -> None:
    assert result(stats=replace(STATS, fps_overall=31.0), seconds=50.0).fps == 31.0


def test_a_report_that_cannot_be_written_stops_the_run_before_it_begins(
    terminal: Terminal, tmp_path: Path
) -> None:
    with pytest.raises(SinkError, match="cannot be written to"):
        run(replace(OPTIONS, report=tmp_path / "gone" / "r.json"), terminal.console)
    assert terminal.text == ""


def test_a_failure_for_good_is_raised(terminal: Terminal) -> None:
    terminal.tells(Failed(GONE, recovering=False))
    with pytest.raises(SourceError, match="The camera is gone"):
        run(OPTIONS, terminal.console)


def test_a_failure_that_is_got_over_is_only_printed(terminal: Terminal) -> None:
    terminal.tells(Failed(GONE, recovering=True), StateChanged(SessionState.LIVE))
    run(OPTIONS, terminal.console)
    assert "The camera is gone. Plug it in." in terminal.text


@pytest.mark.parametrize("kind", ProgressKind)
def test_every_kind_of_progress_moves_the_bar_or_leaves_it(
    terminal: Terminal, kind: ProgressKind
) -> None:
    watcher = _Watcher(JOB, terminal.console)
    watcher._show(Progress(kind, 3, 10))
    (task,) = watcher._bar.tasks
    counted = kind is not ProgressKind.WARMING_UP
    named = counted and kind is not ProgressKind.FRAMES
    assert task.completed == (3 if counted else 0)
    assert (task.description == kind.value) is named


@pytest.mark.parametrize("state", SessionState)
def test_every_state_is_named_beside_the_bar(terminal: Terminal, state: SessionState) -> None:
    watcher = _Watcher(JOB, terminal.console)
    watcher._show(StateChanged(state))
    assert watcher._bar.tasks[-1].description == state.value


def test_the_speed_stands_beside_the_bar(terminal: Terminal) -> None:
    watcher = _Watcher(JOB, terminal.console)
    watcher._show(STATS)
    (task,) = watcher._bar.tasks
    assert (task.completed, task.fields["speed"]) == (50, "25.0 frames/s, 12 ms")


def test_a_run_without_time_has_no_rate() -> None:
    assert result(seconds=0.0).fps == 0.0
    assert result().fps == 25.0


@pytest.mark.parametrize(("frames", "named"), [(50, True), (0, False)])
def test_only_a_file_that_has_frames_is_named(
    terminal: Terminal, tmp_path: Path, frames: int, named: bool
) -> None:
    sink = FileSink(tmp_path / "out.mp4", Provenance("built-in", "comic", {}))
    sink.open(Size(96, 64), 30.0)
    for number in range(frames):
        sink.send(StyledFrame(np.zeros((64, 96, 3), np.uint8), number, 0.0))
    sink.close()
    module._sign_files(replace(JOB, sinks=(sink,)), None, terminal.console)
    assert ("wrote " in terminal.text) is named


def test_an_older_file_under_the_name_of_a_failed_one_is_not_signed(
    terminal: Terminal, tmp_path: Path
) -> None:
    older = write_clip(tmp_path / "out.mp4", greys(12))
    before = older.read_bytes()
    sink = FileSink(older, Provenance("built-in", "comic", {}))
    sink.open(Size(96, 64), 30.0)
    sink.send(StyledFrame(np.zeros((64, 96, 3), np.uint8), 0, 0.0))
    sink.abort()
    module._sign_files(replace(JOB, sinks=(sink,)), None, terminal.console)
    assert older.read_bytes() == before
    assert terminal.text == ""


def test_what_a_failed_run_completed_is_signed(terminal: Terminal, tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "out.mp4", Provenance("built-in", "comic", {}))
    sink.open(Size(96, 64), 30.0)
    sink.send(StyledFrame(np.zeros((64, 96, 3), np.uint8), 0, 0.0))
    sink.close()
    terminal.tells(Failed(GONE, recovering=False))
    with pytest.raises(SourceError):
        _Watcher(replace(JOB, sinks=(sink,)), terminal.console).watch()
    assert read_credentials(sink.path).valid


def test_a_model_that_is_slow_here_is_announced(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "estimate_cpu_fps", lambda *_: 0.234)
    module._print_expected_rate(JOB, terminal.console)
    assert terminal.text == (
        "built-in runs on the CPU here, not on a GPU: expect about 0.23 frames/s.\n"
    )


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> FakePublisher:
    """The virtual camera, as a run has it."""
    publisher = FakePublisher()
    publisher.wait_until_known = lambda _: publisher.status()  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "PublisherClient", lambda: publisher)
    return publisher


def on_air(terminal: Terminal) -> Job:
    with module._with_camera(RunOptions("demo", VIRTUAL_CAMERA), JOB, terminal.console) as ready:
        return ready


def test_the_camera_is_started_named_and_let_go(terminal: Terminal, camera: FakePublisher) -> None:
    job = on_air(terminal)
    assert len(job.sinks) == 1
    assert 'On air as "Live2Diff Camera". Ctrl+C ends it.' in terminal.text
    assert (camera.started, camera.closed) == (True, True)


def test_a_camera_that_is_missing_says_why(terminal: Terminal, camera: FakePublisher) -> None:
    why = SinkError("There is no driver.", "Install it.")
    camera.answer = PublisherStatus(PublisherState.UNAVAILABLE, error=why)
    with pytest.raises(SinkError, match="There is no driver"):
        on_air(terminal)
    assert camera.closed


@pytest.mark.parametrize("state", [PublisherState.STARTING, PublisherState.GONE])
def test_a_camera_that_does_not_start_points_to_the_doctor(
    terminal: Terminal, camera: FakePublisher, state: PublisherState
) -> None:
    camera.answer = PublisherStatus(state)
    with pytest.raises(SinkError, match="did not start") as caught:
        on_air(terminal)
    assert caught.value.remedy == "See what is missing: python main.py doctor"


def test_without_the_camera_the_job_stays_as_it_is(
    terminal: Terminal, camera: FakePublisher
) -> None:
    with module._with_camera(OPTIONS, JOB, terminal.console) as ready:
        assert ready is JOB
    assert not camera.started


def test_what_a_killed_run_left_is_named(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spared: list[list[Path]] = []

    def recover(folder: Path, spare: list[Path]) -> list[Path]:
        spared.append(spare)
        return [folder / "clip (recovered).mp4"]

    monkeypatch.setattr(module, "recover_unfinished", recover)
    module._recover(RunOptions("in.mp4", str(tmp_path / "out.mp4")), terminal.console)
    assert "clip (recovered).mp4" in terminal.text
    assert spared == [[Path("in.mp4")]]


@pytest.mark.parametrize("output", [NOWHERE, VIRTUAL_CAMERA])
def test_a_run_without_a_file_looks_for_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setattr(module, "recover_unfinished", lambda *_, **__: 1 / 0)
    module._recover(RunOptions("demo", output), terminal.console)
    assert terminal.text == ""
