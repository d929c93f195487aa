"""What each further face costs, in turn in one run.

    python -m tests.benchmarks.more_faces [--size 512x512] [--style anime] [--rounds 12]

The same portrait stands in one to four quarters of a picture that moves a little; in the others
nothing but its colours. A further face is planned while the network works: the time from one result
to the next may not show it, the processor's does.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Annotated

import cv2
import numpy as np
import typer
from rich.console import Console

from engine.evaluation.machine import this_machine
from engine.frames import Frame, Pixels, Size
from engine.interfaces import Translator
from engine.model.factory import build_translator
from engine.settings import BuildSettings, LiveSettings, parse_size
from engine.video.sources.demo import read_portrait

MOST = 4
WARM_UP = 60
"""Frames before those that are timed, for graphs to be compiled."""
TURN = 8
"""Frames of one turn that are timed, after two that are not."""


def pictures(faces: int, size: Size, count: int) -> list[Pixels]:
    """Moving pictures (H, W, 3) with so many faces, 0 to 4."""
    half = Size(size.width // 2, size.height // 2)
    portrait = read_portrait()
    side = min(portrait.shape[0], portrait.shape[1] * half.height // half.width)
    cut = portrait[:side, : side * half.width // half.height]
    small = cv2.resize(cut, (half.width, half.height), interpolation=cv2.INTER_AREA)
    nobody = cv2.blur(small, (half.width // 2, half.height // 2))
    quarters = [small if number < faces else nobody for number in range(MOST)]
    whole = np.vstack([np.hstack(quarters[:2]), np.hstack(quarters[2:])])
    made = []
    for number in range(count):
        shift = np.asarray([[1, 0, 3 * np.sin(number / 5)], [0, 1, 2 * np.cos(number / 7)]])
        moved = cv2.warpAffine(
            whole, shift, (size.width, size.height), borderMode=cv2.BORDER_REPLICATE
        )
        made.append(np.asarray(moved, np.uint8))
    return made


class Stream:
    """A running stream of one kind of picture."""

    def __init__(self, faces: int, size: Size, style: str) -> None:
        self._pictures = pictures(faces, size, 32)
        build = BuildSettings(size=size)
        self._translator: Translator = build_translator(build, LiveSettings(style=style))
        self._number = 0
        self.turn(WARM_UP)

    def turn(self, frames: int = TURN) -> tuple[float, float]:
        """Milliseconds of a frame: from one result to the next, and of the processor."""
        for _ in range(2):
            self._next()
        began, spent = time.perf_counter(), time.process_time()
        for _ in range(frames):
            self._next()
        wall, processor = time.perf_counter() - began, time.process_time() - spent
        return 1000 * wall / frames, 1000 * processor / frames

    def _next(self) -> None:
        pixels = self._pictures[self._number % len(self._pictures)]
        self._translator.submit(Frame(pixels, self._number, self._number / 30))
        self._translator.take_finished()
        self._number += 1


def main(
    size: Annotated[str, typer.Option(help="Of engine and output.")] = "512x512",
    style: Annotated[str, typer.Option(help="A look that draws faces.")] = "anime",
    rounds: Annotated[int, typer.Option(help="Turns of each kind.")] = 12,
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
) -> None:
    """Time, print, and write."""
    machine = this_machine()
    streams = {faces: Stream(faces, parse_size(size), style) for faces in range(MOST + 1)}
    times: dict[int, list[tuple[float, float]]] = {faces: [] for faces in streams}
    for _ in range(rounds):
        for faces, stream in streams.items():
            times[faces].append(stream.turn())
    found = {
        name: {faces: round(median(one[way] for one in turns), 1) for faces, turns in times.items()}
        for way, name in enumerate(("wall", "processor"))
    }
    for name, middles in found.items():
        more = (middles[MOST] - middles[1]) / (MOST - 1)
        Console().print(f"{name}, ms by faces: {middles}; each further one {more:.1f}")
    if report is not None:
        data = {"machine": asdict(machine), "size": size, "style": style, "milliseconds": found}
        report.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
