"""How many threads a step should use on a machine that others use too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

import torch

T = TypeVar("T")

TRIAL_STEPS = 4
EVERY = 150


class ThreadChoice:
    """Tries one thread and all of them every so often, and goes on with the faster.

    Beside other busy programs two threads that wait for each other are slower than one.
    """

    def __init__(self, most: int | None = None) -> None:
        self._choices = sorted({1, most or os.cpu_count() or 1})
        self._best = self._choices[-1]
        self._spent: dict[int, list[float]] = {}
        self._calls = 0

    def run(self, work: Callable[[], T]) -> T:
        """Do a piece of work with the present number of threads."""
        place = self._calls % EVERY
        trial = place // TRIAL_STEPS
        self._calls += 1
        threads = self._choices[trial] if trial < len(self._choices) else self._best
        torch.set_num_threads(threads)
        started = time.perf_counter()
        result = work()
        if trial < len(self._choices):
            self._spent.setdefault(threads, []).append(time.perf_counter() - started)
        if place == TRIAL_STEPS * len(self._choices):
            self._best = min(self._spent, key=lambda n: sorted(self._spent[n])[TRIAL_STEPS // 2])
            self._spent.clear()
        return result
