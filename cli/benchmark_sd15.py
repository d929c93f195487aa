"""Measures Stable Diffusion 1.5 on this computer's GPUs, next to the authors' figures.

This project has not run it on a GPU yet; it is tested with a stand-in for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from rich.console import Console
from rich.table import Table

from engine.accelerators import TENSORRT
from engine.errors import EngineError
from engine.evaluation.speed import Speed, measure
from engine.frames import Size
from engine.model.acceleration.registry import list_accelerators
from engine.model.factory import build_translator
from engine.model.hardware.devices import list_devices
from engine.model_store.catalog import load_catalog
from engine.model_store.manage import SD15_MODEL, list_models, open_store
from engine.settings import BuildSettings, LiveSettings

STEPS = 2
AUTHORS_CARD = "RTX 4090"


@dataclass(frozen=True, slots=True)
class PaperRate:
    """The authors' frames per second at a size, with two steps (arXiv 2407.08701)."""

    with_tensorrt: float
    without: float


PAPER_RATES = {Size(512, 512): PaperRate(16.43, 6.91), Size(768, 512): PaperRate(12.15, 6.29)}


def compare(seconds: float, console: Console) -> list[Speed]:
    """Measure and print the table; does nothing without an NVIDIA GPU or the model."""
    cards = [device.name for device in list_devices() if device.name.startswith("cuda")]
    if not cards:
        return []
    store = open_store()
    if not any(row.installed for row in list_models(store) if row.name == SD15_MODEL):
        console.print(
            "To compare with the authors' figures, download their model first: "
            f"python main.py models download {SD15_MODEL}",
            soft_wrap=True,
        )
        return []
    style = store.catalog.styles_of(SD15_MODEL)[0].name
    speeds = list(_measure_all(cards, style, seconds, console))
    if speeds:
        console.print(_table(speeds))
    return speeds


def _measure_all(
    cards: Sequence[str], style: str, seconds: float, console: Console
) -> Iterator[Speed]:
    """An unavailable accelerator is reported and skipped."""
    strength = load_catalog().model(SD15_MODEL).default_strength
    live = LiveSettings(style=style, steps=STEPS, strength=strength)
    for card in cards:
        for accelerator in list_accelerators(torch.device(card), SD15_MODEL):
            for size in PAPER_RATES:
                build = BuildSettings(SD15_MODEL, size, card, accelerator)
                try:
                    yield _measured(build, live, seconds, console)
                except EngineError as error:
                    console.print(f"{accelerator} at {size}: {error}", soft_wrap=True)


def _measured(build: BuildSettings, live: LiveSettings, seconds: float, console: Console) -> Speed:
    with console.status(f"{build.accelerator} at {build.size}; compiling can take minutes"):
        translator = build_translator(build, live)
        try:
            return measure(translator, build, live.steps, seconds)
        finally:
            translator.close()


def _table(speeds: Sequence[Speed]) -> Table:
    table = Table(title=f"{SD15_MODEL}, {STEPS} steps, frames/s")
    for heading in ("device", "accelerator", "size", "here", f"authors, {AUTHORS_CARD}"):
        table.add_column(heading)
    for speed in speeds:
        known = PAPER_RATES[speed.size]
        theirs = known.with_tensorrt if speed.accelerator == TENSORRT else known.without
        table.add_row(
            speed.device, speed.accelerator, str(speed.size), f"{speed.fps:.2f}", str(theirs)
        )
    return table
