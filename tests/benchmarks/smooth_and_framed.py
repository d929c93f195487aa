"""What auto framing and interpolated frames cost, in one run.

    python -m tests.benchmarks.smooth_and_framed [--size 1280x720] [--seconds 10] [--turns 3]

First the processor time of each part, on one thread: it hardly depends on what else is running.
Then live sessions on the demo without a window, plain, framed, interpolated and both, in turn, and
what each makes of the plain one's frames per second. To make a quick computer as slow as those that
interpolation is for, choose a larger `--engine-size`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import cv2
import numpy as np
import psutil
import torch
import typer
from rich.console import Console
from rich.table import Table

from engine.events import Stats
from engine.frames import Motion, Size, StyledFrame
from engine.imaging import WHOLE_PICTURE, FrameFitter, Window, resize
from engine.model.images.interpolation import belong_together, interpolate
from engine.model.images.optical_flow import OpticalFlowEstimator
from engine.session.people_finder import PeopleFinder
from engine.session.preload import preload
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, Interpolation, LiveSettings, parse_size
from engine.video.framing.subject import people_in
from engine.video.sinks.null import NullSink
from engine.video.sources.demo import demo_source
from engine.video.watermark import AiWatermark

RUNS = 30
PLAIN = LiveSettings(style="comic")
WAYS = {
    "plain": PLAIN,
    "auto framing": replace(PLAIN, auto_framing=True),
    "interpolated": replace(PLAIN, interpolation=Interpolation.TO_30),
    "both": replace(PLAIN, auto_framing=True, interpolation=Interpolation.TO_30),
}


def main(
    size: Annotated[str, typer.Option(help="Of the output.")] = "1280x720",
    engine_size: Annotated[str, typer.Option(help="Of what the model computes.")] = "640x360",
    seconds: Annotated[float, typer.Option(help="Of each run; 0 times the parts alone.")] = 10.0,
    turns: Annotated[int, typer.Option(help="Runs of each way.")] = 3,
) -> None:
    """Print both tables."""
    console, output = Console(width=110), parse_size(size)
    console.print(_parts(output))
    if seconds > 0:
        preload()
        console.print(_streams(output, parse_size(engine_size), seconds, turns))


def _parts(size: Size) -> Table:
    """Processor time of each part of the work."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    source = demo_source(size, live=False)
    source.open()
    frames = [source.read() for _ in range(3)]
    pictures = [np.asarray(frame.pixels) for frame in frames if frame is not None]
    flow, small = OpticalFlowEstimator(), Size(size.width // 16 * 8, size.height // 16 * 8)
    flow.estimate(resize(pictures[0], small))
    measured = flow.estimate(resize(pictures[2], small))
    assert measured is not None
    motion = Motion(0, measured.at(size).offsets, measured.confidence)
    fitter = FrameFitter.between(size, size, InputSettings())
    window, find = Window(0.2, 0.1, 0.6, 0.6), PeopleFinder(beside=False)
    mark, looked_at = AiWatermark(), resize(pictures[0], Size(320, 180))
    styled = StyledFrame(pictures[0], 0, 0.0)

    def look() -> None:
        mask = find(looked_at)
        assert mask is not None
        people_in(mask, 16 / 9)

    works: dict[str, Callable[[], object]] = {
        "frame: the window": lambda: fitter.apply(pictures[0], window),
        "frame: the whole": lambda: fitter.apply(pictures[0], WHOLE_PICTURE),
        "five times a second: a look for people": look,
        "pair: do they belong together": lambda: belong_together(pictures[0], pictures[2], motion),
        "picture in between: along the motion": lambda: interpolate(
            pictures[0], pictures[2], motion, 0.5
        ),
        "picture in between: the marks": lambda: mark.stamp(styled),
    }
    table = Table("work", "least, ms", "median, ms", title=f"processor time at {size}")
    for name, work in works.items():
        work()
        times = sorted(_processor_ms(work) for _ in range(RUNS))
        table.add_row(name, f"{times[0]:.2f}", f"{times[RUNS // 2]:.2f}")
    return table


def _processor_ms(work: Callable[[], object]) -> float:
    """Of every thread of this process: a network may have some of its own."""
    began = time.process_time()
    work()
    return 1e3 * (time.process_time() - began)


def _streams(output: Size, engine: Size, seconds: float, turns: int) -> Table:
    """Live sessions, in turn."""
    rows: dict[str, list[tuple[Stats, float]]] = {name: [] for name in WAYS}
    for _ in range(turns):
        for name, live in WAYS.items():
            rows[name].append(_stream(output, engine, live, seconds))
    columns = ("frames/s", "of plain", "in between/s", "p50 ms", "of it interpolation", "cores")
    table = Table("way", *columns, title=f"{output}, computed at {engine}: medians of {turns}")
    plain = float(np.median([stats.fps_out for stats, _ in rows["plain"]]))
    for name, runs in rows.items():
        figures = np.median(
            [
                (s.fps_out, s.fps_interpolated, s.latency_p50_ms, s.interpolation_ms, cores)
                for s, cores in runs
            ],
            axis=0,
        )
        fps, between, delay, added, cores = (float(figure) for figure in figures)
        table.add_row(
            name, f"{fps:.1f}", f"{fps / plain:.2f}" if plain else "", f"{between:.1f}",
            f"{delay:.0f}", f"{added:.0f}", f"{cores:.2f}",
        )  # fmt: skip
    return table


def _stream(output: Size, engine: Size, live: LiveSettings, seconds: float) -> tuple[Stats, float]:
    """The figures at the end of one session, and the cores that it kept busy in its second half."""
    session = Session(lambda _: None)
    build = BuildSettings(size=engine)
    session.start(Job(InputSettings("demo"), build, live, (NullSink(),), output=output))
    process = psutil.Process()
    time.sleep(seconds / 2)
    before, since = process.cpu_times(), time.monotonic()
    time.sleep(seconds / 2)
    after, stats = process.cpu_times(), session.stats()
    cores = (after.user + after.system - before.user - before.system) / (time.monotonic() - since)
    session.stop()
    session.wait()
    assert stats is not None
    return stats, cores


if __name__ == "__main__":
    typer.run(main)
