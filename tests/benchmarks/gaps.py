"""For how long the GUI thread did not turn, what it waited for, and where it was meanwhile."""

from __future__ import annotations

import faulthandler
import re
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT_MS = 50.0
TOLD_MS = 30.0
"""Shorter gaps are counted, not listed."""
TICK_MS = 5
FRAMES_TOLD = 6
"""Number of stack frames listed."""

_RUN_TIMES = Path("/proc/thread-self/schedstat")
"""Linux: nanoseconds that a thread ran, and that it was ready to run but had no processor."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. at_s: seconds since the phase began; the others in ms, which add up to ms.

    ran_ms: the GUI thread worked. queued_ms: it had no processor. waited_ms: it waited for
    something, most often for the interpreter's lock. page_reads: how often any thread of the
    program had to wait for a page from the disk, which the lock's holder may have done. stacks:
    where the threads that did not rest were, every `TOLD_MS` of the gap, innermost first.
    """

    at_s: float
    ms: float
    ran_ms: float
    queued_ms: float
    waited_ms: float
    page_reads: int
    stacks: tuple[str, ...]


class Phase:
    """The gaps of one part of the measurement."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.longest_ms, self.busiest_ms, self.over = 0.0, 0.0, 0
        self.told: list[Gap] = []

    def report(self) -> dict[str, object]:
        """The longest gap in ms, how many passed the limit, and every one worth telling.

        busiest_ms: the most that the thread itself worked between two ticks, which says something
        on a busy machine, too.
        """
        return {
            "longest_ms": round(self.longest_ms, 1),
            "busiest_ms": round(self.busiest_ms, 1),
            "over_50_ms": self.over,
            "told": [asdict(gap) for gap in self.told],
        }


class Gaps(QObject):
    """Notes for how long the GUI thread did not turn, by phase.

    stacks: whether a watchdog without Python writes the stacks down while the thread is late: one
    in Python would have to wait for the interpreter's lock as well, and would see nothing. Reading
    without the lock, it may meet a frame that is just going, and crash.
    """

    def __init__(self, *, stacks: bool) -> None:
        super().__init__()
        self.phases: dict[str, Phase] = {}
        self._phase = Phase()
        self._with_stacks = stacks
        self._stacks = tempfile.TemporaryFile()  # noqa: SIM115 - as long as this lives
        self._last, self._times, self._reads = time.perf_counter(), _run_times(), _page_reads()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def phase(self, name: str) -> None:
        """What follows is called so."""
        self._phase = self.phases[name] = Phase()
        self._last, self._times, self._reads = time.perf_counter(), _run_times(), _page_reads()

    def report(self) -> dict[str, dict[str, object]]:
        """What every phase has to tell."""
        return {name: phase.report() for name, phase in self.phases.items()}

    def _tick(self) -> None:
        if self._with_stacks:
            faulthandler.cancel_dump_traceback_later()
        now, times = time.perf_counter(), _run_times()
        milliseconds = (now - self._last) * 1000
        phase, ran = self._phase, (times[0] - self._times[0]) / 1e6
        if milliseconds > TOLD_MS:
            phase.told.append(self._gap(milliseconds, times))
        phase.longest_ms = max(phase.longest_ms, milliseconds)
        phase.busiest_ms = max(phase.busiest_ms, ran)
        phase.over += milliseconds > LIMIT_MS
        self._last, self._times, self._reads = now, times, _page_reads()
        if self._with_stacks:
            faulthandler.dump_traceback_later(TOLD_MS / 1000, repeat=True, file=self._stacks)

    def _gap(self, milliseconds: float, times: tuple[int, int]) -> Gap:
        ran, queued = ((new - old) / 1e6 for new, old in zip(times, self._times, strict=True))
        self._stacks.seek(0)
        stacks = tuple(_told(self._stacks.read().decode()))
        self._stacks.seek(0)
        self._stacks.truncate()
        return Gap(
            at_s=round(self._last - self._phase.begun, 1),
            ms=round(milliseconds, 1),
            ran_ms=round(ran, 1),
            queued_ms=round(queued, 1),
            waited_ms=round(milliseconds - ran - queued, 1),
            page_reads=_page_reads() - self._reads,
            stacks=stacks,
        )


def _run_times() -> tuple[int, int]:
    """(ran, queued) of this thread in nanoseconds; the second is 0 where no system tells."""
    if not _RUN_TIMES.exists():
        return time.thread_time_ns(), 0
    ran, queued, _ = _RUN_TIMES.read_text().split()
    return int(ran), int(queued)


def _page_reads() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_majflt


def _told(dumps: str) -> Iterator[str]:
    """A line for each thread of each dump that did something: its name and its inmost calls."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for number, stack in re.findall(r"hread 0x(\w+)[^\n]*:\n((?:  [^\n]*\n)+)", dumps):
        calls = re.findall(r'File "([^"]+)", line (\d+) in (\S+)', stack)
        if calls and calls[0][2] not in ("wait", "_wait_for_tstate_lock"):
            name = names.get(int(number, 16), "a thread")
            way = " < ".join(f"{_short(f)}:{line} {call}" for f, line, call in calls[:FRAMES_TOLD])
            yield f"{name}: {way}"


def _short(file: str) -> str:
    return str(Path(*Path(file).parts[-2:]))
