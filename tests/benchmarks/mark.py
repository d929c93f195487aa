"""Measures the invisible mark: what it survives, and what it costs.

    python -m tests.benchmarks.mark CLIPS_FOLDER --work FOLDER [--report FILE.json]

The built-in model styles webcam clips, each played forth and back until it is long enough, every
look at least once, half of them 512x512 and cropped to 16:9 as for the virtual camera. Then each
is handled as a video call, a player or a screen recording would, and given to the detector. The
cost is a ratio to cv2.add of a picture of the same size, in turn in one run.

The work folder keeps the styled clips (about 200 MB each) and each figure: started again with the
same folder, it goes on where it was, and a second process with `--first` halves the time. How
often the mark is seen where it is not: `python -m tests.benchmarks.mark_unmarked`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from engine.evaluation.machine import this_machine
from engine.frames import Size
from engine.provenance.mark.detection import ENOUGH
from engine.provenance.mark.embedding import add_mark
from tests.benchmarks.mark_handling import CASES, HD, LATEST, PAYLOAD, handled
from tests.benchmarks.mark_progress import Ledger, styled_clip, styled_name


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often a case was found. lowest, median: of the scores; version: how often it was read."""

    case: str
    found: int
    version: int
    clips: int
    lowest: float
    median: float


def mark(
    folder: Annotated[Path, typer.Argument(help="A folder of webcam clips.")],
    work: Annotated[Path, typer.Option(help="Where styled clips and the figures so far are kept.")],
    clips: Annotated[int, typer.Option(help="How many styled clips; each look in turn.")] = 12,
    first: Annotated[int, typer.Option(help="The number of the clip to begin with.")] = 0,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Make the table of what the mark survives."""
    console = Console(width=110)
    work.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(work / "survived.jsonl")
    for number in [*range(first, clips), *range(first)]:
        measure(number, folder, work, ledger, console)
    known = ledger.known()
    names = [styled_name(number, folder)[0] for number in range(clips)]
    outcomes = [
        outcome(case.name, [known[f"{name}: {case.name}"] for name in names]) for case in CASES
    ]
    cost = psnr_and_cost(HD)
    console.print(table(outcomes))
    console.print(f"PSNR {cost[0]} dB; as long as {cost[1]} cv2.add, {cost[2]} ms", highlight=False)
    if report is not None:
        figures = {
            "machine": asdict(this_machine()),
            "clips": names,
            "psnr_db_and_cost_in_cv2_add_and_ms": cost,
            "cases": [asdict(each) for each in outcomes],
            "scores": {name: known[name][0] for name in sorted(known)},
        }
        report.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def measure(number: int, folder: Path, work: Path, ledger: Ledger, console: Console) -> None:
    """Handle one styled clip in every way that has not been measured yet."""
    name = styled_name(number, folder)[0]
    known = ledger.known()
    open_cases = [case for case in CASES if f"{name}: {case.name}" not in known]
    if not open_cases:
        return
    pictures = styled_clip(number, folder, work)
    for case in open_cases:
        if f"{name}: {case.name}" in ledger.known():
            continue  # another process was quicker
        score, version = handled(pictures, case, late=7 * number % LATEST)
        ledger.add(f"{name}: {case.name}", [round(score, 2), float(version)])
        console.print(f"{name}: {case.name}: {score:.1f}", highlight=False)


def outcome(name: str, found: Sequence[Sequence[float]]) -> Outcome:
    """Sum up a case."""
    scores = [score for score, _ in found]
    return Outcome(
        name,
        sum(score >= ENOUGH for score in scores),
        sum(int(version) for _, version in found),
        len(found),
        round(min(scores), 1),
        round(float(np.median(scores)), 1),
    )


def table(outcomes: Sequence[Outcome]) -> Table:
    """For people."""
    result = Table("handled", "found", "version read", "lowest score", "median score")
    for each in outcomes:
        shares = f"{each.found} of {each.clips}", f"{each.version} of {each.clips}"
        result.add_row(each.case, *shares, f"{each.lowest:g}", f"{each.median:g}")
    return result


def psnr_and_cost(size: Size, rounds: int = 60) -> tuple[float, float, float]:
    """PSNR of the mark on grey, dB; its cost by that of one cv2.add, and in milliseconds."""
    cv2.setNumThreads(1)
    plain = np.full((size.height, size.width, 3), 128, np.uint8)
    marked = add_mark(plain, 0, PAYLOAD)
    error = float(np.mean(np.square(marked.astype(np.float32) - plain)))
    marking, adding = [], []
    for number in range(rounds):
        begin = time.perf_counter()
        add_mark(plain, number, PAYLOAD)
        middle = time.perf_counter()
        cv2.add(plain, marked)
        marking.append(middle - begin)
        adding.append(time.perf_counter() - middle)
    cost = float(np.median(marking))
    return (
        round(10 * float(np.log10(255**2 / error)), 1),
        round(cost / float(np.median(adding)), 1),
        round(cost * 1000, 2),
    )


if __name__ == "__main__":
    typer.run(mark)
