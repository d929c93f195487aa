"""The command `benchmark`: measures this machine, prints a table, recommends and remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.benchmark_sd15 import compare
from engine.errors import TranslatableValue
from engine.evaluation.machine import Machine, this_machine
from engine.evaluation.reports import benchmark_path, write_report
from engine.evaluation.speed import OUTPUTS, SIZES, STEPS, Speed, measure_all, recommend
from engine.model.acceleration.registry import list_accelerators
from engine.model.factory import build_translator
from engine.model.hardware.devices import list_devices
from engine.model.hardware.tuning import forget_choices
from engine.model_store.catalog import load_catalog
from engine.settings import check_range

MODEL = "built-in"
BUSY = 0.2
"""Load per core above which figures are misleading."""


def benchmark(seconds: float, console: Console) -> None:
    """Measure each setting for this many seconds. Raises subclasses of EngineError.

    On an idle computer, remembered choices of the fastest method are measured again.
    """
    check_range(TranslatableValue("The number of seconds"), seconds, 0.1, 600)
    machine = this_machine()
    if machine.load > BUSY:
        message = "Other programs are busy: this computer can be faster than this."
        console.print(message, style="yellow")
    else:
        forget_choices()
    speeds = _measure(seconds, console)
    best = recommend(speeds, load_catalog().model(MODEL).default_steps)
    console.print(_table([speed for speed in speeds if speed.output is None]))
    console.print(_output_table([speed for speed in speeds if speed.output is not None]))
    console.print(
        f"Recommended: {best.size}, {_counted(best.steps)} on {best.device} by {best.accelerator}: "
        f"{best.fps:.1f} frames/s, {best.latency_ms:.0f} ms per frame."
    )
    compared = compare(seconds, console)
    path = benchmark_path()
    write_report(
        path,
        {**report(machine, speeds, best), "published_model": [_plain(each) for each in compared]},
    )
    console.print(f"saved in {path}", soft_wrap=True)


def report(machine: Machine, speeds: Sequence[Speed], best: Speed) -> dict[str, object]:
    """The content of the file: computer, measured settings, and the recommended one."""
    return {
        "machine": asdict(machine),
        "speeds": [_plain(speed) for speed in speeds],
        "recommended": _plain(best),
    }


def _measure(seconds: float, console: Console) -> list[Speed]:
    style = load_catalog().styles_of(MODEL)[0].name
    placements = [
        (device.name, accelerator)
        for device in list_devices()
        for accelerator in list_accelerators(torch.device(device.name))
    ]
    total = len(placements) * (len(SIZES) * len(STEPS) + len(OUTPUTS))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    speeds = []
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("measuring", total=total)
        for speed in measure_all(MODEL, style, placements, seconds, build_translator):
            speeds.append(speed)
            bar.advance(task)
    return speeds


def _plain(speed: Speed) -> dict[str, object]:
    return {
        "device": speed.device,
        "accelerator": speed.accelerator,
        "size": str(speed.size),
        "steps": speed.steps,
        "fps": round(speed.fps, 2),
        "latency_ms": round(speed.latency_ms, 1),
        "output": None if speed.output is None else str(speed.output),
    }


def _table(speeds: Sequence[Speed]) -> Table:
    """Frames per second: one row per placement and size, one column per number of steps."""
    table = Table(
        "device", "accelerator", "size", *(_counted(steps) for steps in STEPS), title="frames/s"
    )
    rates = {(s.device, s.accelerator, s.size, s.steps): s.fps for s in speeds}
    for placement in dict.fromkeys((s.device, s.accelerator, s.size) for s in speeds):
        cells = (rates.get((*placement, steps)) for steps in STEPS)
        table.add_row(
            *(str(cell) for cell in placement),
            *("" if rate is None else f"{rate:.1f}" for rate in cells),
        )
    return table


def _output_table(speeds: Sequence[Speed]) -> Table:
    """Frames per second and delay where results are enlarged to the size of the output."""
    columns = ("device", "accelerator", "output", "computed at", "frames/s", "ms per frame")
    table = Table(*columns, title="on air, 1 step")
    for speed in speeds:
        table.add_row(
            speed.device,
            speed.accelerator,
            str(speed.output),
            str(speed.size),
            f"{speed.fps:.1f}",
            f"{speed.latency_ms:.0f}",
        )
    return table


def _counted(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"
