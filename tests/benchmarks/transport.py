"""The way from hand-over to the camera in this checkout and in another one, in turns.

python -m tests.benchmarks.transport OTHER_CHECKOUT [--rounds 3] [--seconds 10] [--engine-fps 24]

Each round runs `tests.virtual_camera.timing` of both checkouts, one after the other, with the same
Python; the figures are the medians of the rounds. Both use a stand-in camera and their own
publisher process. What the application takes of the CPU is the difference to a run of a second, so
that imports do not count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parents[2]
APPLICATION = "application, share of a core"
SHORT = 1.0
"""Seconds of the run that shows what starting takes."""


def measure(checkout: Path, seconds: float, engine_fps: float) -> dict[str, float]:
    """What a checkout's own timing says, and what the application took of the CPU for it."""
    _, starting = _run(checkout, SHORT, engine_fps)
    figures, spent = _run(checkout, seconds, engine_fps)
    return figures | {APPLICATION: round((spent - starting) / (seconds - SHORT), 4)}


def _run(checkout: Path, seconds: float, engine_fps: float) -> tuple[dict[str, float], float]:
    """One run's own figures, and its seconds of the CPU without the publisher's."""
    options = ["--seconds", str(seconds), "--engine-fps", str(engine_fps)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "tests.virtual_camera.timing", *options],
        cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("other", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--engine-fps", type=float, default=24)
    asked = parser.parse_args()
    rounds: dict[Path, list[dict[str, float]]] = {asked.other.resolve(): [], HERE: []}
    for _ in range(asked.rounds):
        for checkout, figures in rounds.items():
            figures.append(measure(checkout, asked.seconds, asked.engine_fps))
    table = Table("", *(("other", "here")))
    for name in rounds[HERE][0]:
        medians = (statistics.median(run[name] for run in runs) for runs in rounds.values())
        table.add_row(name, *(f"{median:g}" for median in medians))
    Console().print(table)


if __name__ == "__main__":
    main()
