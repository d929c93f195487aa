"""What the tests of the virtual camera share."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.virtual_camera.launch import LAUNCHER
from engine.virtual_camera.process.service import STATUS_LOGGED
from engine.virtual_camera.runtime_dir import publisher_log


def wait_until(ready: Callable[[], bool], seconds: float = 10) -> float:
    """Wait until it is so; how many seconds that took."""
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < seconds, "it never happened"
        time.sleep(0.005)
    return time.monotonic() - began


def publishers(folder: Path) -> list[int]:
    """The processes that serve this folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            words = process.cmdline()
            dead = process.status() == psutil.STATUS_ZOMBIE
            if str(LAUNCHER) in words and str(folder) in words and not dead:
                found.append(process.pid)
    return found


def end_publishers(folder: Path) -> None:
    """End them, stopped ones too, and wait until they are gone."""
    for pid in publishers(folder):
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            process.send_signal(signal.SIGCONT)
            process.terminate()
    wait_until(lambda: not publishers(folder))


@dataclass(frozen=True, slots=True)
class LoggedStatus:
    """What a publisher says of itself in its log."""

    sending: bool
    on_air: str
    watched: bool | None
    size: str
    error: str
    kinds: str


def logged_status(folder: Path) -> LoggedStatus | None:
    """The newest status in the log; no application has to be asked for it."""
    log = publisher_log(folder)
    for path in (log, log.with_name(f"{log.name}.1")):
        with suppress(OSError):
            for line in reversed(path.read_text().splitlines()):
                if STATUS_LOGGED in line and line.endswith("}"):
                    return LoggedStatus(**json.loads(line.partition(STATUS_LOGGED)[2]))
    return None
