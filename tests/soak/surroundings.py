"""A home and a screen of a run's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TO_MOUNT = "run"


@contextmanager
def private_home() -> Iterator[Path]:
    """A folder in memory, if the system has one: the stand-in camera is written 30 times a second.

    Its path is short, for the socket's sake.
    """
    shared = Path("/dev/shm")
    home = Path(tempfile.mkdtemp(prefix="soak-", dir=shared if shared.is_dir() else None))
    try:
        yield home
    finally:
        with suppress(OSError):
            subprocess.run(
                ["umount", "-l", str(home / _TO_MOUNT)], capture_output=True, check=False
            )
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Variables that put a window on a screen of its own, or on none."""
    program = shutil.which("Xvfb")
    if program is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reader, writer = os.pipe()
    command = [
        program,
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        display = answer.readline().strip()
    try:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()


def user_folders(home: Path) -> dict[str, str]:
    """Makes the user's folders in a home; the variables that name them."""
    variables = {"HOME": str(home)}
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = home / name.partition("_")[0].lower().replace("runtime", _TO_MOUNT)
        folder.mkdir(mode=0o700)
        variables[f"XDG_{name}"] = str(folder)
    return variables
