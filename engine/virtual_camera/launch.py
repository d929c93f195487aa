"""Starts the publisher as a clean process of its own, and ends one that does not answer."""

from __future__ import annotations

import os
import select
import signal
import site
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from engine.virtual_camera.protocol import CameraSettings
from engine.virtual_camera.runtime_dir import publisher_errors

LAUNCHER = Path(__file__).resolve().parent / "process" / "launcher.py"

_KEPT_VARIABLES = (
    "HOME", "USER", "LOGNAME", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "XDG_RUNTIME_DIR",
    "PIPEWIRE_RUNTIME_DIR", "PIPEWIRE_REMOTE",
    "SYSTEMROOT", "SYSTEMDRIVE", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP",
)  # fmt: skip
"""Nothing that changes which code runs, and no tokens."""

_DIES_WITHIN = 0.5

if sys.platform == "win32":
    _WINDOWS_FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _WINDOWS_FLAGS = 0


def start_publisher(folder: Path, settings: CameraSettings) -> subprocess.Popen[bytes]:
    """Start it apart from this process, so that no Ctrl+C and no exit takes it along.

    Neither the working directory nor the environment has a say in which code it runs. Raises
    OSError.
    """
    with publisher_errors(folder).open("wb") as errors:
        return subprocess.Popen(
            publisher_command(folder, settings),
            cwd=Path(sys.executable).anchor or "/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=sys.platform != "win32",
            creationflags=_WINDOWS_FLAGS,
        )


def publisher_command(folder: Path, settings: CameraSettings) -> list[str]:
    """The isolated interpreter, the launcher by its full name, and the camera's options."""
    command = [sys.executable, "-I", str(LAUNCHER)]
    if site.ENABLE_USER_SITE:
        command.append("--user-site")
    command += ["--folder", str(folder.resolve()), "--size", str(settings.size)]
    return [*command, "--fps", str(settings.fps), "--device", settings.device]


def clean_environment() -> dict[str, str]:
    """The few variables that the publisher may see."""
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}


def waits_for_the_cpu(process: int) -> bool:
    """Whether it would go on if the computer had time for it: it is ready to run, or in the middle
    of reading or writing. One that was stopped, or sleeps, is not.
    """
    try:
        return psutil.Process(process).status() in (
            psutil.STATUS_RUNNING,
            psutil.STATUS_WAKING,
            psutil.STATUS_DISK_SLEEP,
        )
    except psutil.Error:
        return False


def cpu_seconds(process: int) -> float:
    """What it has used of the CPU so far; 0 for one that is gone."""
    try:
        times = psutil.Process(process).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def kill_process(process: int) -> None:
    """End a process that does not answer, and wait a moment until it is gone."""
    if sys.platform != "linux":
        with suppress(OSError):
            os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        return
    with suppress(OSError):  # it has ended by itself
        handle = os.pidfd_open(process)
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [], _DIES_WITHIN)
        finally:
            os.close(handle)
