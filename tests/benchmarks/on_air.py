"""A call as others see it: rate, delay, processor share and start, by output size and look.

    python -m tests.benchmarks.on_air [--seconds 10] [--style comic] [--size 1280x720] [--report F]

Runs live sessions on the demo without a window. Each has a cache of its own that begins empty, so
`start` is the first start of a fresh machine, imports excluded; `gap` is the longest pause between
two frames, with the change-over to the quicker way in it. The window's own cost is measured by
`python -m tests.benchmarks.window live`. To compare with another version, run this file there, in
turn, and on the same machine.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Annotated

import psutil
import typer
from rich.console import Console
from rich.table import Table

from engine.events import Event, SizesChosen
from engine.frames import Size, StyledFrame
from engine.model_store.catalog import load_catalog
from engine.session.preload import preload
from engine.session.session import Job, Session
from engine.settings import BUILT_IN, BuildSettings, InputSettings, LiveSettings, parse_size
from engine.video.sinks.null import NullSink


@dataclass(frozen=True, slots=True)
class Row:
    """One run. start, gap: seconds. p50, p95: delay in ms. cores: kept busy on average."""

    output: str
    engine: str
    accelerator: str
    style: str
    fps: float
    p50: float
    p95: float
    cores: float
    start: float
    gap: float


class Clock(NullSink):
    """Notes when each frame came."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[float] = []

    def send(self, frame: StyledFrame) -> None:
        super().send(frame)
        self.moments.append(time.monotonic())


def measure(output: Size, style: str, accelerator: str, seconds: float) -> Row:
    """One live session."""
    sizes: list[SizesChosen] = []

    def hear(event: Event) -> None:
        if isinstance(event, SizesChosen):
            sizes.append(event)

    clock, session = Clock(), Session(hear)
    build = BuildSettings(accelerator=accelerator)
    job = Job(
        InputSettings("demo"),
        build,
        LiveSettings(style=style),
        (clock,),
        output=output,
        automatic=True,
    )
    began, process = time.monotonic(), psutil.Process()
    session.start(job)
    time.sleep(seconds / 2)
    before, since = process.cpu_times(), time.monotonic()
    time.sleep(seconds / 2)
    after, stats = process.cpu_times(), session.stats()
    cores = (after.user + after.system - before.user - before.system) / (time.monotonic() - since)
    session.stop()
    session.wait()
    assert stats is not None
    gaps = [later - earlier for earlier, later in pairwise(clock.moments)]
    return Row(
        str(output),
        str(sizes[0].engine) if sizes else "",
        accelerator,
        style,
        stats.fps_out,
        stats.latency_p50_ms,
        stats.latency_p95_ms,
        cores,
        clock.moments[0] - began if clock.moments else float("inf"),
        max(gaps, default=float("inf")),
    )


def main(
    seconds: Annotated[float, typer.Option(help="Of each run; the second half counts.")] = 20.0,
    size: Annotated[list[str], typer.Option(help="Output sizes.")] = ["1280x720", "1920x1080"],  # noqa: B006
    style: Annotated[list[str], typer.Option(help="Looks; all by default.")] = [],  # noqa: B006
    accelerator: Annotated[list[str], typer.Option()] = ["auto", "eager"],  # noqa: B006
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
) -> None:
    """Measure every combination and print the table."""
    preload()
    looks = style or [entry.name for entry in load_catalog().styles_of(BUILT_IN)]
    rows = []
    for output, look, way in product(map(parse_size, size), looks, accelerator):
        with tempfile.TemporaryDirectory() as cache:
            os.environ["XDG_CACHE_HOME"] = cache
            rows.append(measure(output, look, way, seconds))
    figures = ("frames/s", "p50 ms", "p95 ms", "cores", "start s", "gap s")
    table = Table("output", "engine", "accelerator", "look", *figures)
    for row in rows:
        values = (row.fps, row.p50, row.p95, row.cores, row.start, row.gap)
        table.add_row(
            row.output,
            row.engine,
            row.accelerator,
            row.style,
            *(f"{value:.2f}" for value in values),
        )
    Console(width=140).print(table)
    if report is not None:
        report.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
