"""Sets up the driver behind the camera's device on Linux, or takes it away, when the user says so.

A script does the work, and says beforehand what it would do on this computer; the desktop asks for
an administrator's password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.errors import SinkError
from engine.installation import set_up_script

SCRIPT = "installer/linux/virtual_camera.sh"
FILES = (
    Path("/etc/modprobe.d/live2diff-camera.conf"),
    Path("/etc/modules-load.d/live2diff-camera.conf"),
)
"""What setting up writes, and removing deletes."""

ASKER = "pkexec"
"""Asks for an administrator's password by a window of the desktop."""

_FLATPAK = Path("/.flatpak-info")
_DECLINED = 126
"""The status of `pkexec` where the user closed its window or gave no valid password."""
_UNASKED = 127
"""... and where nobody could be asked."""
_PLAN_WITHIN_S = 20.0


class Change(StrEnum):
    """What the script is called with."""

    SET_UP = "install"
    REMOVE = "remove"


class StepKind(StrEnum):
    """RUN a command as root; WRITE a file; LOAD the driver; KEEP another program's options, and ADD
    a device to its running driver until the next restart.
    """

    RUN = "run"
    WRITE = "write"
    LOAD = "load"
    KEEP = "keep"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. subject: its command, file or driver."""

    kind: StepKind
    subject: str


@dataclass(frozen=True, slots=True)
class DriverPlan:
    """What can be done about the driver here.

    steps: what setting it up would do; none where the device is there, or no driver fits.
    removable: whether it was set up by this program. can_ask: whether it can be done from a window;
    otherwise the user pastes `command` into a terminal.
    """

    steps: tuple[Step, ...] = ()
    removable: bool = False
    can_ask: bool = False

    @property
    def offered(self) -> bool:
        """Whether there is anything to be done at all."""
        return bool(self.steps) or self.removable


def command(change: Change) -> str:
    """What to paste into a terminal."""
    return f"{SCRIPT} {change}"


def plan_driver() -> DriverPlan:
    """What would be done here. Takes part of a second; changes nothing. Raises SinkError."""
    script = set_up_script(SCRIPT)
    if sys.platform != "linux" or _FLATPAK.exists() or not script.is_file():
        return DriverPlan()
    done = subprocess.run(
        [script, "plan"], capture_output=True, text=True, timeout=_PLAN_WITHIN_S, check=False
    )
    if done.returncode != 0:
        raise _failed(done.stderr, Change.SET_UP)
    can_ask = _is_root() or shutil.which(ASKER) is not None
    return DriverPlan(read_steps(done.stdout), any(map(Path.exists, FILES)), can_ask)


def read_steps(text: str) -> tuple[Step, ...]:
    """The lines of the script's plan."""
    pairs = (line.partition("\t") for line in text.splitlines() if "\t" in line)
    return tuple(Step(StepKind(kind), subject) for kind, _, subject in pairs)


def change_driver(change: Change) -> None:
    """Do it, once an administrator has agreed. Can take minutes: a driver is built for the kernel.

    Raises SinkError; what was not agreed to has not been begun.
    """
    own = [str(set_up_script(SCRIPT)), str(change), "--yes"]
    asked = own if _is_root() else [ASKER, *own]
    try:
        done = subprocess.run(
            asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise _failed(str(error), change) from error
    if done.returncode == _DECLINED:
        raise SinkError(
            "No administrator has agreed, and nothing was changed.",
            "Try again, or ask the computer's administrator.",
        )
    if done.returncode == _UNASKED:
        raise SinkError(
            "This desktop cannot ask for an administrator's password; nothing was changed.",
            "Run this in a terminal: {command}",
            command=command(change),
        )
    if done.returncode != 0:
        raise _failed(done.stderr, change)


def _failed(said: str, change: Change) -> SinkError:
    """said: what the script wrote before it gave up; its last sentence is the reason."""
    lines = [line for line in said.splitlines() if line.strip()] or ["it failed"]
    reason = next((line for line in reversed(lines) if line.startswith("error: ")), lines[-1])
    return SinkError(
        "The camera driver: {reason}.",
        "Run this in a terminal to see more: {command}",
        reason=reason.removeprefix("error: ").rstrip("."),
        command=command(change),
    )


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
