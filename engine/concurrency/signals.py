"""Signals that politely ask the program to end: all of them end it like Ctrl+C."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

END_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
"""Ctrl+C, a polite kill, and the end of the terminal or login, as far as the system has them."""


@contextmanager
def ending_like_ctrl_c() -> Iterator[None]:
    """Within the block every signal of `END_SIGNALS` raises KeyboardInterrupt, once: a terminal
    that closes may send several, and the second must not break off what the first has begun. A
    second Ctrl+C does. For the main thread alone; what was ignored, as under nohup, stays so.
    """
    asked = False

    def end(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if number == getattr(signal, "SIGHUP", None):
            _leave_terminal()
        if not asked or number == signal.SIGINT:
            asked = True
            raise KeyboardInterrupt

    before = {kind: signal.getsignal(kind) for kind in END_SIGNALS}
    heeded = [kind for kind, handler in before.items() if handler is not signal.SIG_IGN]
    for kind in heeded:
        signal.signal(kind, end)
    try:
        yield
    finally:
        for kind in heeded:
            signal.signal(kind, before[kind])


def end_at_once(status: int) -> NoReturn:
    """End the process around threads that do not answer; what they were writing stays as it is."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _leave_terminal() -> None:
    """Write to nowhere from now on: the terminal is gone, and writing to it would fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for handle in (1, 2):
        if os.isatty(handle):
            os.dup2(nowhere, handle)
    os.close(nowhere)
