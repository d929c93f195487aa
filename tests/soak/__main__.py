"""The real window on the demo, with a fault every minute; then the same with recording on.

    python -m tests.soak 60 --recording-minutes 60 --report soak.json

Opens the main window under Xvfb (where there is none, without a screen), goes live with the real
publisher process feeding a stand-in camera, and causes one fault after the other. After each, the
styled picture must be on air again. Fails if one is not recovered from, if a raw picture went out
that nobody wanted, if a recording cannot be played, or if memory, threads or open files grow.
PATIENCE=4 in the environment allows a busy computer four times as long for a replacement.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tests.soak.report import problems, show
from tests.soak.surroundings import private_home, screen, user_folders

_MORE_S = 600
"""Seconds beyond its minutes that a part may take to start and end."""


def soak(
    minutes: Annotated[float, typer.Argument(help="Of the part without recording.")] = 60,
    recording_minutes: Annotated[float, typer.Option(help="Of the part with it.")] = 60,
    fault_every: Annotated[float, typer.Option(help="Seconds from one fault to the next.")] = 60,
    only: Annotated[str, typer.Option(help="Faults whose name has this.")] = "",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Run both parts, and say whether everything held."""
    console, parts = Console(width=120), []
    for length, recording in ((minutes, False), (recording_minutes, True)):
        if length > 0:
            parts.append(run_part(length, fault_every, only, recording=recording))
            if report is not None:
                report.write_text(json.dumps(parts, indent=1) + "\n")
            show(console, parts[-1])
    found = [problem for part in parts for problem in problems(part)]
    for problem in found:
        console.print(f"[red]{problem}")
    raise typer.Exit(1 if found else 0)


def run_part(minutes: float, fault_every: float, only: str, *, recording: bool) -> dict[str, Any]:
    """Run one part in a process and a home of its own; what it has measured."""
    with private_home() as home, screen() as variables:
        environment = {**os.environ, **variables, **user_folders(home)}
        words = [str(home), str(minutes), str(fault_every), str(int(recording)), only]
        subprocess.run(
            [sys.executable, "-m", "tests.soak.window", *words],
            env=environment, check=True, timeout=60 * minutes + _MORE_S,
        )  # fmt: skip
        measured: dict[str, Any] = json.loads((home / "report.json").read_text())
        return measured


if __name__ == "__main__":
    typer.run(soak)
