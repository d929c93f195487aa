"""Where and how a model runs: devices by name, and what is quickest there, by measurement."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.paths import cache_dir

logger = logging.getLogger(__name__)

_TURNS, _TRIALS = 2, 3


def pick_fastest(key: str, ways: Mapping[str, Callable[[], object]]) -> str:
    """The name of the quickest of some ways to do a thing; measured once, then remembered.

    It is remembered because the same input must give the same output on the same machine.
    key: names the thing, device, model and size.
    """
    path = _choices_path()
    known = _read_choices(path)
    if known.get(key) not in ways:
        # each has its turn twice, as a machine's speed drifts
        turns = [{name: _seconds(work) for name, work in ways.items()} for _ in range(_TURNS)]
        seconds = {name: min(turn[name] for turn in turns) for name in ways}
        known[key] = min(seconds, key=lambda name: seconds[name])
        _write_choices(path, known)
        logger.info("%s: %s of %s", key, known[key], seconds)
    return known[key]


def forget_choices() -> None:
    """Have everything measured again: other work may have run beside it the last time."""
    try:
        _choices_path().unlink(missing_ok=True)
    except OSError as error:
        logger.warning("cannot forget %s: %s", _choices_path(), error)


def _choices_path() -> Path:
    return cache_dir() / "choices.json"


def _seconds(work: Callable[[], object]) -> float:
    """The quickest of some trials, after one that does not count."""
    work()
    trials = []
    for _ in range(_TRIALS):
        start = time.perf_counter()
        work()
        trials.append(time.perf_counter() - start)
    return min(trials)


def _read_choices(path: Path) -> dict[str, str]:
    try:
        return {str(k): str(v) for k, v in json.loads(path.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write_choices(path: Path, choices: dict[str, str]) -> None:
    """A cache: where it cannot be kept, the next start measures again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(choices, indent=1))
        partial.replace(path)
    except OSError as error:
        logger.warning("cannot remember %s: %s", path, error)
