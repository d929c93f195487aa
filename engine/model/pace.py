"""How long the stages of a frame take, and when the next one may come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.model.hardware.threads import cpu_threads

STAGES = 3
"""Frames under way where work is overlapped: one is planned, one denoised, one finished."""

SOON = 0.005
"""Seconds until a plan that takes longer than the last one is asked for again."""


@dataclass(slots=True)
class Pace:
    """Seconds spent on submitting, planning, denoising (encoding included) and finishing the last
    frame, and when its planning and its denoising began.
    """

    submitting: float = 0.0
    planning: float = 0.0
    denoising: float = 0.0
    finishing: float = 0.0
    planning_began: float = 0.0
    denoising_began: float = 0.0

    @contextmanager
    def planning_one(self) -> Iterator[None]:
        """A frame is planned in the block."""
        self.planning_began = time.monotonic()
        yield
        self.planning = time.monotonic() - self.planning_began

    @contextmanager
    def denoising_one(self) -> Iterator[None]:
        """A frame is denoised in the block."""
        self.denoising_began = time.monotonic()
        yield
        self.denoising = time.monotonic() - self.denoising_began

    def until_ready(self, waiting: int, *, planning: bool) -> float:
        """Seconds until the next frame is to be submitted, so that it is planned when the network
        is free, and does not wait for the plan of another.

        waiting: frames that are not denoised, the one under work among them. planning: whether one
        is not planned.
        """
        now = time.monotonic()
        if planning:
            return max(self.planning_began + self.planning - now, SOON)
        if not waiting:
            return 0.0
        free = self.denoising_began + waiting * self.denoising
        return max(free - self.submitting - self.planning - now, 0.0)

    def per_frame(self, *, overlapped: bool) -> float:
        """Seconds from one result to the next, where nothing else is waited for."""
        around = self.submitting + self.finishing
        if not overlapped:
            return around + self.denoising
        whole = around + self.planning + self.denoising
        return max(around, self.planning, self.denoising, whole / min(STAGES, cpu_threads()))
