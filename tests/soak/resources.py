"""Memory, threads and open files of the application and its publisher, and whether they grow."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import psutil

MEMORY_LIMIT = 0.05
"""Share by which memory may grow after the warm-up, before that counts as growth."""
COUNT_LIMIT = 2
"""Number of threads or open files that come and go by themselves."""
_FEWEST_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process uses. memory_mb: resident, with the pictures it shares."""

    process: int
    memory_mb: float
    threads: int
    files: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment. seconds: since the stream went live. publisher: None while there is none."""

    seconds: float
    application: Usage
    publisher: Usage | None


@dataclass(frozen=True, slots=True)
class Growth:
    """The median of the first quarter after the warm-up, and of the last quarter."""

    name: str
    before: float
    after: float
    most: float
    flat: bool


def usage_of(process: int) -> Usage | None:
    """What this process uses now; None if it is gone."""
    try:
        found = psutil.Process(process)
        with found.oneshot():
            memory = found.memory_info().rss / 1e6
            return Usage(process, round(memory, 1), found.num_threads(), found.num_fds())
    except psutil.Error:
        return None


def growth(samples: list[Sample], warm_up: float) -> list[Growth]:
    """What became of everything after `warm_up` seconds. Raises ValueError for too few samples.

    A publisher that a fault has ended is followed by another one, whose memory counts in its stead.
    """
    late = [sample for sample in samples if sample.seconds >= warm_up]
    if len(late) < _FEWEST_SAMPLES:
        raise ValueError(f"{len(late)} samples after the warm-up say nothing about growth")
    found = []
    for role in ("application", "publisher"):
        usages = [usage for sample in late if (usage := getattr(sample, role)) is not None]
        found += [
            _share(f"{role}, memory in MB", [usage.memory_mb for usage in usages]),
            _count(f"{role}, threads", [usage.threads for usage in usages]),
            _count(f"{role}, open files", [usage.files for usage in usages]),
        ]
    return found


def _share(name: str, values: list[float]) -> Growth:
    before, after = _ends(values)
    return Growth(name, before, after, max(values), after <= before * (1 + MEMORY_LIMIT))


def _count(name: str, values: list[int]) -> Growth:
    before, after = _ends(values)
    return Growth(name, before, after, max(values), after <= before + COUNT_LIMIT)


def _ends(values: list[float] | list[int]) -> tuple[float, float]:
    quarter = max(len(values) // 4, 1)
    return median(values[:quarter]), median(values[-quarter:])
