"""Runs the built-in stream for thousands of frames: memory and frame time must stay flat.

    python -m tests.benchmarks.endurance [--frames 20000] [--size 512x512] [--report FILE.json]

Memory is the process's own, after each block of frames; the first block is the warm-up. The
machine's speed drifts, so every 20 frames are set against a fixed kernel timed right after them; a
block has the median of those ratios.
Flat: memory within 2 %, the last thousand frames within 5 % of the first. While a window is renewed
there are two, so the most of the first 2,000 frames is set against the most of the last.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Annotated

import psutil
import torch
import typer
from rich.console import Console

from engine.evaluation.machine import this_machine
from engine.frames import Frame
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.settings import BuildSettings, LiveSettings, parse_size
from engine.video.sources.demo import demo_source
from tests.engine.doubles import step

BLOCK, KERNEL_EVERY = 500, 20
PICTURES = 90
"""Frames of the demo that are gone through back and forth; a jump would be taken for a cut."""

MEMORY_BLOCKS = 4
MEMORY_LIMIT, TIME_LIMIT = 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Block:
    """500 frames. seconds: median of a frame; relative: the same in runs of the fixed kernel."""

    seconds: float
    relative: float
    memory_mb: float


class Kernel:
    """A matrix product that takes some milliseconds and never changes."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        self._square = torch.randn(1024, 1024)

    def seconds(self) -> float:
        """Of one run."""
        began = time.perf_counter()
        self._square @ self._square
        return time.perf_counter() - began


def endure(
    frames: Annotated[int, typer.Option(help="How many, in whole blocks of 500.")] = 20_000,
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT")] = "512x512",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Run, and say whether it stayed flat."""
    machine, console = this_machine("cpu"), Console(width=100)
    blocks = []
    for number, block in enumerate(_blocks(frames // BLOCK, size)):
        blocks.append(block)
        console.print(
            f"{(number + 1) * BLOCK:6} frames: {1000 * block.seconds:.1f} ms a frame, "
            f"{block.relative:.3f} kernels, {block.memory_mb:.1f} MB"
        )
    result = _summary(blocks)
    console.print(result)
    if report is not None:
        whole = {"machine": asdict(machine), "size": size, **result}
        report.write_text(json.dumps(whole, indent=1) + "\n")


def _blocks(count: int, size: str) -> Iterator[Block]:
    style = load_catalog().styles_of("built-in")[0].name
    build = BuildSettings(size=parse_size(size), device="cpu")
    translator = build_translator(build, LiveSettings(style=style))
    source = demo_source(build.size, frames=PICTURES, live=False)
    source.open()
    drawn = [frame.pixels for frame in iter(source.read, None)]
    pictures, kernel = cycle([*drawn, *drawn[-2:0:-1]]), Kernel()
    number = 0
    for _ in range(count):
        spent, relative = [], []
        for _ in range(BLOCK):
            frame = Frame(next(pictures), number, 0.0)
            began = time.perf_counter()
            step(translator, frame)
            spent.append(time.perf_counter() - began)
            number += 1
            if number % KERNEL_EVERY == 0:
                relative.append(median(spent[-KERNEL_EVERY:]) / kernel.seconds())
        memory = psutil.Process().memory_info().rss / 1e6
        yield Block(median(spent), median(relative), memory)


def _summary(blocks: list[Block]) -> dict[str, object]:
    """The first block's time is left out: it warms caches up."""
    first, last = blocks[1:3], blocks[-2:]
    before = sum(block.relative for block in first) / len(first)
    after = sum(block.relative for block in last) / len(last)
    memory = [block.memory_mb for block in blocks]
    growth = max(memory[-MEMORY_BLOCKS:]) / max(memory[:MEMORY_BLOCKS]) - 1
    drift = after / before - 1
    return {
        "frames": len(blocks) * BLOCK,
        "memory_first_mb": round(max(memory[:MEMORY_BLOCKS]), 1),
        "memory_last_mb": round(max(memory[-MEMORY_BLOCKS:]), 1),
        "memory_most_mb": round(max(memory), 1),
        "memory_growth": round(growth, 4),
        "frame_time_drift": round(drift, 4),
        "memory_flat": abs(growth) <= MEMORY_LIMIT,
        "frame_time_flat": abs(drift) <= TIME_LIMIT,
        "blocks": [asdict(block) for block in blocks],
    }


if __name__ == "__main__":
    typer.run(endure)
