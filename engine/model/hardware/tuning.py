"""Finds the fastest of several methods by timing them, and remembers the choice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.errors import EngineError
from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.files.json_data import read_json, write_json
from engine.paths import cache_dir

logger = logging.getLogger(__name__)

_TURNS, _TRIALS = 2, 3


def pick_fastest(
    key: str,
    ways: Mapping[str, Callable[[], object]],
    on_progress: ProgressListener = ignore_progress,
) -> str:
    """The name of the fastest of several methods; measured once, then remembered.

    It is remembered because the same input must give the same output on the same computer.
    key: names the task, device, model and size. on_progress: receives MEASURING.
    """
    path = _choices_path()
    known = _read_choices(path)
    if known.get(key) not in ways:
        seconds = _measure(ways, on_progress)
        known[key] = min(seconds, key=lambda name: seconds[name])
        _write_choices(path, known)
        logger.info("%s: %s of %s", key, known[key], seconds)
    return known[key]


def _measure(
    ways: Mapping[str, Callable[[], object]], on_progress: ProgressListener
) -> dict[str, float]:
    """Each method gets two turns, because the speed of a computer drifts; the better one counts."""
    seconds = dict.fromkeys(ways, float("inf"))
    turns = [*ways.items()] * _TURNS
    for done, (name, work) in enumerate(turns):
        on_progress(Progress(ProgressKind.MEASURING, done, len(turns)))
        seconds[name] = min(seconds[name], _seconds(work))
    on_progress(Progress(ProgressKind.MEASURING, len(turns), len(turns)))
    return seconds


def forget_choices() -> None:
    """Measure everything again: other programs may have slowed it down last time."""
    try:
        _choices_path().unlink(missing_ok=True)
    except OSError as error:
        logger.info("cannot forget %s: %s", _choices_path(), error)


def _choices_path() -> Path:
    return cache_dir() / "choices.json"


def _seconds(work: Callable[[], object]) -> float:
    """The fastest of some trials, after one that is not counted."""
    work()
    trials = []
    for _ in range(_TRIALS):
        start = time.perf_counter()
        work()
        trials.append(time.perf_counter() - start)
    return min(trials)


def _read_choices(path: Path) -> dict[str, str]:
    try:
        return read_json(path, dict[str, str])
    except EngineError:
        return {}


def _write_choices(path: Path, choices: dict[str, str]) -> None:
    """If they cannot be written, the next start measures again."""
    try:
        write_json(path, choices)
    except OSError as error:
        logger.info("cannot remember %s: %s", path, error)
