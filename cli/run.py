"""Runs a job in the terminal: a progress bar, then the figures, and an optional report."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from cli.options import VIRTUAL_CAMERA, RunOptions, job_of
from engine.concurrency.signals import end_at_once, ending_like_ctrl_c
from engine.errors import EngineError, SinkError
from engine.evaluation.reports import write_report
from engine.events import (
    Event,
    Failed,
    Noticed,
    ProgressKind,
    SessionState,
    SizesChosen,
    StateChanged,
    Stats,
)
from engine.events import Progress as Advance
from engine.hardware import estimate_cpu_fps
from engine.provenance.credentials.signing import sign
from engine.remote.factory import build_translator
from engine.session.session import Job, Session
from engine.settings import Composition
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import provenance_of
from engine.video.sinks.recorder import Recorder
from engine.video.sinks.recovery import recover_unfinished
from engine.video.sources.inputs import input_of
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraKind, PublisherState

CAMERA_SECONDS = 15.0
CAMERA_FPS = 30.0
END_SECONDS = 2.0
"""Seconds for frames in progress to finish after Ctrl+C; a loading model takes longer."""
INTERRUPTED = 130
"""The usual exit status of a program interrupted by Ctrl+C."""


class _StillBusy(Exception):  # noqa: N818 - requested by the user, not an error
    """The session was asked to end, but is still working."""


def run(options: RunOptions, console: Console) -> None:
    """Run a job with these options. Raises subclasses of EngineError with a remedy."""
    job = job_of(
        options, lambda warning: console.print(str(warning), style="yellow", soft_wrap=True)
    )
    _print_expected_rate(job, console)
    if raw := unstyled_text(job.live.composition):
        console.print(f"As you chose: {raw}.", style="yellow")
    _recover(options, console)
    try:
        with ending_like_ctrl_c(), _with_camera(options, job, console) as ready:
            result = _Watcher(ready, console).watch()
    except _StillBusy:
        console.print("Stopped before the end; no more frames were written.", style="yellow")
        end_at_once(INTERRUPTED)
    _print_figures(result, console)
    _sign_files(job, result.sizes, console)
    if options.report is not None:
        write_report(options.report, _report(job, result))
    if result.interrupted:
        end_at_once(0)  # everything is written; shutting PyTorch down properly can take seconds


def _print_expected_rate(job: Job, console: Console) -> None:
    """Warn if a model that needs a GPU will run on the CPU, with its expected rate."""
    rate = estimate_cpu_fps(job.build, job.live.steps)
    if rate is not None:
        console.print(
            f"{job.build.model} runs on the CPU here, not on a GPU: "
            f"expect about {rate:.2g} frames/s.",
            style="yellow",
        )


@dataclass(frozen=True, slots=True)
class _Result:
    """The figures of a run. seconds: since the first frame's arrival, without loading.

    interrupted: Ctrl+C or another signal ended it. remarks: what was left out or done otherwise.
    sizes: None if it ended before they were known.
    """

    frames_in: int
    frames_out: int
    seconds: float
    stats: Stats
    interrupted: bool
    remarks: tuple[str, ...] = ()
    sizes: SizesChosen | None = None

    @property
    def fps(self) -> float:
        """From the first styled frame to the last; a run of a few frames is taken as a whole."""
        if self.stats.fps_overall > 0.0:
            return self.stats.fps_overall
        return self.frames_out / self.seconds if self.seconds > 0 else 0.0


class _Watcher:
    """Follows a session's events until it ends. Ctrl+C ends it cleanly."""

    def __init__(self, job: Job, console: Console) -> None:
        self._job, self._console = job, console
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._session = Session(self._events.put, build_translator=build_translator)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._task = self._new_task(SessionState.STARTING)
        self._began = time.monotonic()
        self._remarks: list[str] = []
        self._sizes: SizesChosen | None = None

    def watch(self) -> _Result:
        """Raises the error that the job failed with."""
        interrupted = False
        with self._bar:
            self._session.start(self._job)
            try:
                self._follow()
            except KeyboardInterrupt:
                interrupted = True
                self._session.stop()
                if not self._session.wait(END_SECONDS):
                    raise _StillBusy from None
        frames_in, frames_out = self._session.frames()
        stats = self._session.stats()
        assert stats is not None
        seconds = time.monotonic() - self._began
        self._hear_files()
        return _Result(
            frames_in, frames_out, seconds, stats, interrupted, tuple(self._remarks), self._sizes
        )

    def _new_task(self, state: SessionState) -> TaskID:
        """A progress bar that counts the job's frames."""
        return self._bar.add_task(state.value, total=self._job.frames, speed="")

    def _follow(self) -> None:
        while (event := self._events.get()) != StateChanged(SessionState.OFF):
            self._show(event)
            if isinstance(event, Failed) and not event.recovering:
                self._session.wait()
                _sign_files(self._job, self._sizes, self._console)
                raise event.error

    def _show(self, event: Event) -> None:
        match event:
            case StateChanged(SessionState.WARMING_UP as state):
                self._began = time.monotonic()
                self._bar.remove_task(self._task)
                self._task = self._new_task(state)
            case StateChanged(state):
                self._bar.update(self._task, description=state.value)
            case SizesChosen():
                self._sizes = event
                self._console.print(_sizes_text(event))
            case Advance(ProgressKind.WARMING_UP):
                pass  # from here on the bar counts the job's frames
            case Advance(ProgressKind.FRAMES, done, total):
                self._bar.update(self._task, completed=done, total=total or None)
            case Advance(kind, done, total):
                self._bar.update(self._task, description=kind.value)
                self._bar.update(self._task, completed=done, total=total or None)
            case Stats(fps_out=fps, latency_p50_ms=delay, frames_out=done):
                raw = unstyled_text(self._job.live.composition)
                between = f" + {event.fps_interpolated:.1f}" if event.interpolated else ""
                speed = f"{fps:.1f}{between} frames/s, {delay:.0f} ms{', ' if raw else ''}{raw}"
                self._bar.update(self._task, completed=done, speed=speed)
            case Failed(error, recovering=True):
                self._say(error)
            case Noticed(remark):
                self._say(remark)
            case _:
                pass

    def _say(self, error: EngineError) -> None:
        self._remarks.append(str(error))
        self._console.print(str(error), style="yellow", soft_wrap=True)

    def _hear_files(self) -> None:
        """Say what the files that were written have to say."""
        for sink in self._job.sinks:
            for remark in sink.remarks if isinstance(sink, FileSink) else ():
                self._say(remark)


def unstyled_text(composition: Composition) -> str:
    """What leaves unstyled, by the user's own choice; said for as long as it holds."""
    if composition.raw_person:
        return "YOU ARE UNSTYLED"
    return "your room is unstyled" if composition.raw_room else ""


def _sizes_text(sizes: SizesChosen) -> str:
    """Such as "1280x720, computed at 640x360 (automatic)"."""
    if sizes.picture == sizes.engine:
        return f"{sizes.picture}"
    how = " (automatic)" if sizes.automatic else ""
    return f"{sizes.picture}, computed at {sizes.engine}{how}"


@contextmanager
def _with_camera(options: RunOptions, job: Job, console: Console) -> Iterator[Job]:
    """The job, with the virtual camera as its sink if requested."""
    if options.output != VIRTUAL_CAMERA:
        yield job
        return
    client = PublisherClient()
    if job.output is not None:
        client.set_up(job.output, CAMERA_FPS)
    client.start()
    try:
        status = client.wait_until_known(CAMERA_SECONDS)
        if status.state is not PublisherState.SENDING:
            raise status.error or SinkError(
                "The virtual camera did not start.", "See what is missing: python main.py doctor"
            )
        console.print(f'On air as "{status.camera_name}"{_by(status.kinds)}. Ctrl+C ends it.')
        yield replace(job, sinks=(client.sink(),))
    finally:
        client.close()


def _by(kinds: frozenset[CameraKind]) -> str:
    """Who finds the camera, where that is not every program."""
    if kinds == {CameraKind.PIPEWIRE}:
        return " for programs that use PipeWire (see python main.py doctor)"
    return ""


def _recover(options: RunOptions, console: Console) -> None:
    """Complete what a killed run left in the folder of the output."""
    target = options.output_file
    if target is None:
        return
    for path in recover_unfinished(target.parent, spare=[input_of(options.input).path]):
        console.print(f"recovered from a run that was killed: {path}", soft_wrap=True)


def _print_figures(result: _Result, console: Console) -> None:
    stats = result.stats
    console.print(
        f"{result.frames_out} frames in {result.seconds:.1f} s: {result.fps:.1f} frames/s, "
        f"latency p50 {stats.latency_p50_ms:.0f} ms, p95 {stats.latency_p95_ms:.0f} ms, "
        f"{stats.dropped} dropped"
    )
    if stats.interpolated:
        console.print(
            f"and {stats.interpolated} interpolated between them, "
            f"which adds {stats.interpolation_ms:.0f} ms to the latency"
        )


def _sign_files(job: Job, sizes: SizesChosen | None, console: Console) -> None:
    """Put signed credentials into each file that was completed, or say why it has none; name it.

    Where nothing was completed, what has the name of the output is an older file of the user's.
    """
    for sink in job.sinks:
        if isinstance(sink, FileSink | Recorder) and sink.finished:
            engine = None if sizes is None else sizes.engine
            made = provenance_of(job.build.model, job.live, engine)
            error = sign(sink.path, made, marked=sink.marked)
            if error is not None:
                console.print(str(error), style="yellow", soft_wrap=True)
            console.print(f"wrote {sink.path}", soft_wrap=True)


def _report(job: Job, result: _Result) -> dict[str, object]:
    stats, sizes = result.stats, result.sizes
    picture, engine = (sizes.picture, sizes.engine) if sizes else (job.output, job.build.size)
    picture = picture or engine
    return {
        "frames_in": result.frames_in,
        "frames_out": result.frames_out,
        "seconds": round(result.seconds, 3),
        "fps": round(result.fps, 3),
        "latency_ms": {
            "p50": round(stats.latency_p50_ms, 2),
            "p95": round(stats.latency_p95_ms, 2),
        },
        "dropped": stats.dropped,
        "interpolated": stats.interpolated,
        "interpolation_ms": round(stats.interpolation_ms, 2),
        "auto_framing": job.live.auto_framing,
        **({"network_ms": round(stats.network_ms, 2)} if job.build.engine else {}),
        "width": picture.width,
        "height": picture.height,
        "engine_width": engine.width,
        "engine_height": engine.height,
        "style": job.live.style,
        "model": job.build.model,
        "seed": job.live.seed,
        "remarks": list(result.remarks),
    }
