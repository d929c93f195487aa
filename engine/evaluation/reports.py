"""Measurements as JSON files: a report where the user wants it, the benchmark where it is found."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from engine.errors import ModelError, SinkError
from engine.files.json_fields import read_fields
from engine.frames import Size
from engine.model_store.catalog import ModelEntry
from engine.model_store.installed import InstalledModels
from engine.model_store.resolve import components_needed
from engine.model_store.styles import StyleEntry
from engine.paths import data_dir


def benchmark_path() -> Path:
    """Where the benchmark of this computer is kept."""
    return data_dir() / "benchmark.json"


def check_writable(path: Path) -> None:
    """Raise SinkError where a report could not be written, before the work for it begins."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise SinkError(
            "The report cannot be written to {path}.",
            "Choose a file in a folder that is there and may be written to.",
            path=path,
        )


def write_json(path: Path, data: Mapping[str, object]) -> None:
    """Whole or not at all. Raises SinkError."""
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SinkError(
            "{path} cannot be written: {reason}.",
            "Free some space, or choose another.",
            path=path,
            reason=error.strerror,
        ) from error


def stored_fps(size: Size, steps: int = 1) -> float | None:
    """The best rate that the benchmark measured here at a size; None where it has not been run."""
    try:
        speeds = list(read_fields(benchmark_path()).objects("speeds"))
        rates = [
            speed.number("fps")
            for speed in speeds
            if (speed.text("size"), speed.whole("steps")) == (str(size), steps)
        ]
    except ModelError:
        return None
    return max(rates, default=None)


def weights_mb(model: ModelEntry, style: StyleEntry, library: InstalledModels) -> float:
    """Millions of bytes of all weights that a model needs for a style."""
    if model.folder is not None:
        return sum(path.stat().st_size for path in model.folder.glob("*.safetensors")) / 1e6
    parts = components_needed(model, style)
    return sum(file.size or 0 for part in parts for file in library.installed(part).files) / 1e6
