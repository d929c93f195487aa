"""How long the publisher has not been heard, and whether that may be forgiven."""

from __future__ import annotations

from engine.virtual_camera.launch import cpu_seconds, waits_for_the_cpu

_LONGEST_STEP = 0.2
"""Seconds between two looks that count: a clock that jumped, or a computer that slept, is no
silence of the publisher's.
"""
_NOTED_AFTER = 0.25
_STARVED_FOR = 5.0
"""Of a publisher that only lacks the CPU: another one would fare no better, and start late."""
_SPENT_IN_VAIN = 0.1
"""Seconds of the CPU in which a publisher that works would have sent dozens of pictures, and said
so.
"""


class Silence:
    """Grows while the publisher says nothing. One thread."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._spent_before: float | None = None

    def end(self) -> None:
        """The publisher was heard."""
        self.seconds, self._spent_before = 0.0, None

    def grow(self, since: float, process: int | None) -> None:
        """It was not heard for another so many seconds."""
        self.seconds += min(since, _LONGEST_STEP)
        if self._spent_before is None and process and self.seconds > _NOTED_AFTER:
            self._spent_before = cpu_seconds(process)

    def starved(self, process: int | None) -> bool:
        """Whether it only lacks the CPU. One that was stopped does not, nor does one that runs and
        runs without a word.
        """
        if process is None or self._spent_before is None or not waits_for_the_cpu(process):
            return False
        return cpu_seconds(process) - self._spent_before < _SPENT_IN_VAIN

    def too_long(self, patience: float, process: int | None) -> bool:
        """Whether it is longer than `patience` seconds, or what a busy computer excuses."""
        if self.seconds <= patience:
            return False
        return self.seconds > _STARVED_FOR or not self.starved(process)
