"""Measurements as JSON files: reports at any path, the benchmark in a fixed folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, SinkError
from engine.files.json_data import read_json, write_json
from engine.frames import Size
from engine.model_store.catalog import ModelEntry
from engine.model_store.installed import InstalledModels
from engine.model_store.resolve import components_needed
from engine.model_store.styles import StyleEntry
from engine.paths import data_dir


def benchmark_path() -> Path:
    """The path of this computer's benchmark."""
    return data_dir() / "benchmark.json"


def check_writable(path: Path) -> None:
    """Raise SinkError if a report cannot be written, before the work for it begins."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise SinkError(
            "The report cannot be written to {path}.",
            "Choose a file in an existing folder that you may write to.",
            path=path,
        )


def write_report(path: Path, data: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Write a report, whole or not at all. Raises SinkError."""
    try:
        write_json(path, data)
    except OSError as error:
        raise SinkError(
            "{path} cannot be written: {reason}.",
            "Free some space, or choose another folder.",
            path=path,
            reason=error.strerror,
        ) from error


@dataclass(frozen=True, slots=True)
class _StoredSpeed:
    size: str
    steps: int
    fps: float
    output: str | None = None


@dataclass(frozen=True, slots=True)
class _StoredBenchmark:
    speeds: tuple[_StoredSpeed, ...] = ()


def stored_fps(size: Size, steps: int = 1) -> float | None:
    """The best rate that the benchmark measured here at a size; None if it has not been run."""
    try:
        speeds = read_json(benchmark_path(), _StoredBenchmark).speeds
    except EngineError:
        return None
    native = [speed for speed in speeds if speed.output is None]
    rates = [speed.fps for speed in native if (speed.size, speed.steps) == (str(size), steps)]
    return max(rates, default=None)


def weights_mb(model: ModelEntry, style: StyleEntry, installed: InstalledModels) -> float:
    """Size of all weights that a model needs for a style, in MB."""
    if model.folder is not None:
        return sum(path.stat().st_size for path in model.folder.glob("*.safetensors")) / 1e6
    components = components_needed(model, style)
    return (
        sum(
            file.size or 0
            for component in components
            for file in installed.record_of(component).files
        )
        / 1e6
    )
