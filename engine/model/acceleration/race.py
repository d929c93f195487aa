"""Two ways to compute the same: which is quicker is found on real frames, while a stream runs.

A stream begins with PyTorch's own kernels. The other way is prepared in the background, and then
tried for a few frames now and then. Both give the same numbers but for rounding, and share all
state, so a change from one to the other is not seen.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Generic, TypeVar

import torch
from torch import Tensor

from engine.concurrency.worker import Worker

T = TypeVar("T")

logger = logging.getLogger(__name__)

TRIAL = 4
"""Frames of a trial; the first is not timed, because caches are cold."""

EVERY = 300
"""Frames between two trials: what was slower in a busy minute gets another chance."""

SEARCH_SHARE = 0.05
"""The share of the time that trials may take."""

CLEARLY = 0.9
"""A way must take at most this share of the other's time to replace it."""

_RECENT = 9

_preparing = threading.Lock()
"""Held while something is prepared: one at a time, so that the stream keeps most of the CPU."""


class Race:
    """Decides between way 0, which is there from the start, and way 1; used on one thread."""

    def __init__(self) -> None:
        self.best = 0
        self._times: tuple[deque[float], deque[float]] = (
            deque(maxlen=_RECENT),
            deque(maxlen=_RECENT),
        )
        self._total = self._searched = 0.0
        self._left, self._until_next = 0, 0

    def choose(self, *, ready: bool) -> int:
        """The way for the next frame. ready: whether way 1 can be used."""
        if not ready:
            return 0
        self._until_next -= 1
        if self._left == 0 and self._until_next <= 0 and self._affordable():
            self._left = TRIAL
            self._times[1 - self.best].clear()
        return 1 - self.best if self._left else self.best

    def record(self, way: int, seconds: float) -> None:
        """How long the frame took."""
        self._total += seconds
        if way == self.best:
            self._times[way].append(seconds)
            return
        if not self._left:  # no trial: the best way was not there for this frame
            return
        self._searched += seconds
        if self._left < TRIAL:
            self._times[way].append(seconds)
        self._left -= 1
        if self._left == 0:
            self._decide(way)

    def _affordable(self) -> bool:
        if not self._times[self.best]:
            return False
        expected = TRIAL * max(median(times) for times in self._times if times)
        return self._searched + expected <= SEARCH_SHARE * self._total

    def _decide(self, tried: int) -> None:
        self._until_next = EVERY
        if median(self._times[tried]) <= CLEARLY * median(self._times[self.best]):
            self.best = tried


class Prepared:
    """Something that takes seconds to make, on a thread of its own; if it fails, it never comes.

    What makes it is let go of afterwards: it may hold whoever holds this.
    """

    def __init__(self, make: Callable[[], object]) -> None:
        self.ready = False
        self._worker = Worker("accelerator", partial(self._run, make), stoppable=False)
        self._worker.start()

    def wait(self) -> None:
        """Wait until it is there, or has failed."""
        self._worker.join()

    def _run(self, make: Callable[[], object], _: threading.Event) -> None:
        prepare_alone(make)
        self.ready = True


@torch.inference_mode()  # inference mode is per thread
def prepare_alone(make: Callable[[], T]) -> T:
    """Make something while nothing else is being made."""
    with _preparing:
        return make()


class GivenUp:
    """Whether way 1 failed while a stream ran; then it is not tried again by anyone who shares
    this.
    """

    def __init__(self) -> None:
        self._failed = threading.Event()

    def __bool__(self) -> bool:
        return self._failed.is_set()

    def because_of(self, error: Exception) -> None:
        """It has failed."""
        logger.warning("an accelerator failed while it ran; PyTorch continues", exc_info=error)
        self._failed.set()


class RacedCall(Generic[T]):
    """A function of tensors, by two ways. Way 1 is prepared by calling it once with copies.

    Where way 1 fails, way 0 gives the result, and goes on. Callable from any thread, one after
    another: a picture beside a stream uses the stream's functions.
    """

    def __init__(self, ways: tuple[Callable[..., T], Callable[..., T]], given_up: GivenUp) -> None:
        self._ways, self._given_up = ways, given_up
        self._race = Race()
        self._shapes: tuple[torch.Size, ...] | None = None
        self._one_at_a_time = threading.Lock()
        self.prepared: Prepared | None = None

    def __call__(self, *tensors: Tensor) -> T:
        with self._one_at_a_time:
            shapes = tuple(tensor.shape for tensor in tensors)
            if self.prepared is None:
                self._shapes, copies = shapes, [tensor.clone() for tensor in tensors]
                self.prepared = Prepared(lambda: self._ways[1](*copies))
            if shapes != self._shapes or self._given_up:
                return self._ways[0](*tensors)
            return self._timed(self._race.choose(ready=self.prepared.ready), tensors)

    def _timed(self, way: int, tensors: tuple[Tensor, ...]) -> T:
        began = time.perf_counter()
        try:
            result = self._ways[way](*tensors)
        except Exception as error:
            if way == 0:
                raise
            self._given_up.because_of(error)
            return self._ways[0](*tensors)
        self._race.record(way, time.perf_counter() - began)
        return result
