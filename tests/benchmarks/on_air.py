"""A call as others see it: rate, delay, processor share and start, by output size and look.

    python -m tests.benchmarks.on_air [--seconds 20] [--style comic] [--size 1280x720]
        [--against CHECKOUT] [--report FILE.json]

Runs live sessions on the demo, without the window and with it (drawn by software where
QT_QPA_PLATFORM=offscreen), each in a process and with a cache of its own that begins empty. So
`start` is the first start of a fresh machine, imports excluded; `gap` is the longest pause between
two frames, with the change-over to the quicker way in it. `cores` are kept busy on average, by the
camera process, too. With `--against` every run is made in another checkout as well, in turn, so
that both see the same machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from itertools import pairwise, product
from pathlib import Path
from typing import Annotated

import psutil
import typer
from rich.console import Console
from rich.table import Table

from engine.evaluation.machine import this_machine
from engine.events import Event, SizesChosen
from engine.frames import StyledFrame
from engine.model_store.catalog import load_catalog
from engine.session.commands import AddSink
from engine.session.preload import preload
from engine.session.session import Job, Session
from engine.settings import BUILT_IN, BuildSettings, InputSettings, LiveSettings, parse_size
from engine.video.sinks.null import NullSink

HERE = Path(__file__).resolve().parents[2]
WITHOUT, WITH = "without", "with"


@dataclass(frozen=True, slots=True)
class Run:
    """What is measured. window: WITHOUT or WITH."""

    output: str
    accelerator: str
    style: str
    window: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """start, gap: seconds. p50, p95: delay in ms. cores: kept busy on average."""

    engine: str
    fps: float
    p50: float
    p95: float
    cores: float
    start: float
    gap: float


class Clock(NullSink):
    """Notes when each frame came, and how old it was, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[float] = []
        self.delays: list[float] = []

    def send(self, frame: StyledFrame) -> None:
        super().send(frame)
        self.moments.append(time.monotonic())
        self.delays.append(self.moments[-1] - frame.captured_at)


class Meter:
    """Measures what arrives at a clock in the second half of a run."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self.half = clock, seconds / 2
        self._began = time.monotonic()
        self._middle, self._spent, self._seen = 0.0, 0.0, 0

    def half_way(self) -> None:
        """What follows counts."""
        self._middle, self._spent = time.monotonic(), busy_seconds()
        self._seen = len(self._clock.moments)

    def figures(self, engine: str) -> Figures:
        """At the end. engine: the size that the engine computes at."""
        passed, moments = time.monotonic() - self._middle, self._clock.moments
        cores = (busy_seconds() - self._spent) / passed
        delays = sorted(self._clock.delays[self._seen :]) or [float("inf")]
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        return Figures(
            engine,
            (len(moments) - self._seen) / passed,
            1000 * delays[len(delays) // 2],
            1000 * delays[len(delays) * 95 // 100],
            cores,
            moments[0] - self._began if moments else float("inf"),
            max(gaps, default=float("inf")),
        )


def busy_seconds() -> float:
    """Processor time of this process and of those that it has started, so far."""
    this = psutil.Process()
    total = 0.0
    for each in (this, *this.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            total += times.user + times.system
    return total


def without_window(run: Run) -> Figures:
    """One live session by itself."""
    sizes: list[SizesChosen] = []

    def hear(event: Event) -> None:
        if isinstance(event, SizesChosen):
            sizes.append(event)

    preload()
    clock, session = Clock(), Session(hear)
    job = Job(
        InputSettings("demo"),
        BuildSettings(accelerator=run.accelerator),
        LiveSettings(style=run.style),
        (clock,),
        output=parse_size(run.output),
        automatic=True,
    )
    meter = Meter(clock, run.seconds)
    session.start(job)
    time.sleep(meter.half)
    meter.half_way()
    time.sleep(meter.half)
    figures = meter.figures(str(sizes[0].engine) if sizes else "")
    session.stop()
    session.wait()
    return figures


def with_window(run: Run) -> Figures:
    """The same in the window, as it opens at its first start."""
    # only here: without a window nothing of Qt may be loaded
    from gui.state.preferences import CameraFormat  # noqa: PLC0415
    from tests.benchmarks.window import SETTLE_S, Bench  # noqa: PLC0415

    output = parse_size(run.output)
    bench = Bench(source=InputSettings("demo", output))
    model, clock, sizes = bench.app.app_model, Clock(), list[SizesChosen]()
    model.update(
        lambda chosen: replace(
            chosen,
            build=BuildSettings(accelerator=run.accelerator),
            live=LiveSettings(style=run.style),
            camera=CameraFormat(output),
        )
    )
    model.bridge.sizes_chosen.connect(sizes.append)
    bench.app.start()
    bench.gaps.deleteLater()  # it looks 200 times a second, which is no part of the program
    bench.turn(SETTLE_S)
    meter = Meter(clock, run.seconds)
    model.go_live()
    model.bridge.send(AddSink(clock))
    bench.turn(meter.half)
    meter.half_way()
    bench.turn(meter.half)
    figures = meter.figures(str(sizes[0].engine) if sizes else "")
    bench.until_off()
    bench.close()
    return figures


@contextmanager
def fresh_cache() -> Iterator[dict[str, str]]:
    """The environment of a fresh machine."""
    with tempfile.TemporaryDirectory() as cache:
        yield {**os.environ, "XDG_CACHE_HOME": cache}


def measured_in(checkout: Path, run: Run) -> Figures:
    """A run of a checkout's own program, by this file. Raises CalledProcessError."""
    with fresh_cache() as environment:
        told = subprocess.run(
            # -P: the folder of this file is no place to import from
            [sys.executable, "-P", __file__, "--one", json.dumps(asdict(run))],
            cwd=checkout,
            env={**environment, "PYTHONPATH": str(checkout)},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return Figures(**json.loads(told.stdout.splitlines()[-1]))


def table_of(rows: list[tuple[str, Run, Figures]]) -> Table:
    """One row for each run of each version."""
    figures = ("frames/s", "p50 ms", "p95 ms", "cores", "start s", "gap s")
    table = Table("version", "output", "engine", "accelerator", "look", "window", *figures)
    for version, run, got in rows:
        numbers = (got.fps, got.p50, got.p95, got.cores, got.start, got.gap)
        told = (run.output, got.engine, run.accelerator, run.style, run.window)
        table.add_row(version, *told, *(f"{number:.2f}" for number in numbers))
    return table


def main(
    seconds: Annotated[float, typer.Option(help="Of each run; the second half counts.")] = 20.0,
    size: Annotated[list[str], typer.Option(help="Output sizes.")] = ["1280x720", "1920x1080"],  # noqa: B006
    style: Annotated[list[str], typer.Option(help="Looks; all by default.")] = [],  # noqa: B006
    accelerator: Annotated[list[str], typer.Option()] = ["auto", "eager"],  # noqa: B006
    window: Annotated[list[str], typer.Option(help="without, with")] = [WITHOUT, WITH],  # noqa: B006
    against: Annotated[Path | None, typer.Option(help="Another checkout.")] = None,
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
    one: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Measure every combination and print the table."""
    if one:
        run = Run(**json.loads(one))
        figures = with_window(run) if run.window == WITH else without_window(run)
        sys.stdout.write(f"{json.dumps(asdict(figures))}\n")
        sys.stdout.flush()
        os._exit(0)  # a compiler may still be at work
    looks = style or [entry.name for entry in load_catalog().styles_of(BUILT_IN)]
    versions = {"this": HERE} | ({"other": against.resolve()} if against else {})
    rows = []
    for combination in product(size, accelerator, looks, window):
        for version, checkout in versions.items():
            run = Run(*combination, seconds)
            rows.append((version, run, measured_in(checkout, run)))
    console = Console(width=150)
    console.print(this_machine("cpu"))
    console.print(table_of(rows))
    if report is not None:
        made = [{"version": v, **asdict(run), **asdict(got)} for v, run, got in rows]
        report.write_text(json.dumps(made, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
