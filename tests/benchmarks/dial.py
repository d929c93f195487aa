"""Measures whether strength is a dial, and whether a blend lies between its two styles.

    python -m tests.benchmarks.dial CLIPS_FOLDER [--report FILE.json]

Distances are mean absolute differences of pictures, in levels of 0..255, over the first pictures
of the clips. A dial goes further from the input with every turn, and at no turn much further than
at the others. A blend goes away from the first style and towards the second.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from engine.evaluation.clips import ClipSet
from engine.evaluation.machine import this_machine
from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import Translator, Wait
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.settings import Blend, BuildSettings, LiveSettings, parse_size
from tests.engine.doubles import step

MODEL = "built-in"
STRENGTHS = tuple(round(0.2 + 0.1 * turn, 1) for turn in range(9))
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)

Pictures = Sequence[Pixels]


def dial(
    folder: Annotated[Path, typer.Argument(help="A folder of video clips.")],
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of the engine.")] = "512x512",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Measure every style, and every style blended with the next one."""
    build = BuildSettings(MODEL, parse_size(size))
    clips = ClipSet.of_folder(folder, build.size)
    inputs = [next(iter(clips.frames(path))) for path in clips.paths]
    styles = [style.name for style in load_catalog().styles_of(MODEL)]
    translator = build_translator(build, LiveSettings(style=styles[0]))
    turns = {
        style: [
            distance(inputs, styled(translator, inputs, LiveSettings(style=style, strength=s)))
            for s in STRENGTHS
        ]
        for style in track(styles, "strengths")
    }
    blends = {
        f"{one} and {other}": between(translator, inputs, one, other)
        for one, other in track(list(pairwise([*styles, styles[0]])), "blends")
    }
    result = {
        "machine": asdict(this_machine("cpu")),
        "strengths": STRENGTHS,
        "distance_from_input": turns,
        "monotone": {style: rises(row) for style, row in turns.items()},
        "largest_turn_over_mean_turn": {style: unevenness(row) for style, row in turns.items()},
        "shares": SHARES,
        "distance_from_first_and_second": blends,
        "between": {
            name: rises(first) and rises(second[::-1]) for name, (first, second) in blends.items()
        },
    }
    show(turns, blends)
    if report is not None:
        report.write_text(json.dumps(result, indent=1) + "\n")


def styled(translator: Translator, inputs: Pictures, live: LiveSettings) -> list[Pixels]:
    """Each picture by itself."""
    translator.apply(live)
    results: list[StyledFrame] = []
    for number, pixels in enumerate(inputs):
        translator.reset()
        results += step(translator, Frame(pixels, number, 0.0), Wait.END)
    return [result.pixels for result in results]


def between(
    translator: Translator, inputs: Pictures, one: str, other: str
) -> tuple[list[float], list[float]]:
    """How far blends are from their first style, and from their second."""
    plain = LiveSettings(style=one)
    mixed = [
        styled(translator, inputs, replace(plain, blend=Blend(other, share))) for share in SHARES
    ]
    return [distance(mixed[0], m) for m in mixed], [distance(mixed[-1], m) for m in mixed]


def distance(some: Pictures, others: Pictures) -> float:
    """The mean absolute difference, in levels."""
    differences = [np.abs(a.astype(np.float32) - b) for a, b in zip(some, others, strict=True)]
    return round(float(np.mean(differences)), 2)


def rises(row: Sequence[float]) -> bool:
    """Whether every number is larger than the one before."""
    return all(a < b for a, b in pairwise(row))


def unevenness(row: Sequence[float]) -> float:
    """The largest step over the mean one: 1 for a straight line."""
    steps = [b - a for a, b in pairwise(row)]
    return round(max(steps) * len(steps) / (row[-1] - row[0]), 2)


def show(turns: dict[str, list[float]], blends: dict[str, tuple[list[float], list[float]]]) -> None:
    """Print both tables."""
    console = Console(width=110)
    table = Table("style", *(str(s) for s in STRENGTHS), "rises", "largest turn / mean")
    for style, row in turns.items():
        table.add_row(style, *map(str, row), "yes" if rises(row) else "NO", str(unevenness(row)))
    console.print(table)
    table = Table("blend", *(f"{share:g}" for share in SHARES), "between")
    for name, (first, second) in blends.items():
        fair = rises(first) and rises(second[::-1])
        cells = (f"{a:g} / {b:g}" for a, b in zip(first, second, strict=True))
        table.add_row(name, *cells, "yes" if fair else "NO")
    console.print(table)


if __name__ == "__main__":
    typer.run(dial)
