"""A PipeWire of its own for each test: daemon and session manager on a private bus.

Without the packages (`setup.sh check` installs them) these tests are left out, unless CI says that
they have to run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.virtual_camera.helpers import end_publishers, wait_until

NEEDED = ("pipewire", "wireplumber", "dbus-run-session", "gst-launch-1.0", "pw-dump")
SLOW = 60.0
_START = (
    'echo "$DBUS_SESSION_BUS_ADDRESS" >"$XDG_RUNTIME_DIR/bus-address"; '
    'pipewire & until [ -S "$XDG_RUNTIME_DIR/pipewire-0" ]; do sleep 0.05; done; exec wireplumber'
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where the programs are missing."""
    lacking = [program for program in NEEDED if shutil.which(program) is None]
    for item in items:
        if lacking and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(lacking)}"))


class Desktop:
    """A session with PipeWire and WirePlumber."""

    def __init__(self, runtime: Path) -> None:
        self.runtime = runtime
        self._log = (runtime / "pipewire.log").open("w")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start PipeWire and wait until it listens."""
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", _START],
            stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        wait_until((self.runtime / "pipewire-0").exists, SLOW)
        wait_until(lambda: self._answers("WirePlumber"), SLOW)

    @property
    def bus(self) -> str:
        """The address of the session's D-Bus."""
        return (self.runtime / "bus-address").read_text().strip()

    def stop(self) -> None:
        """End it as a crash would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
        for socket in self.runtime.glob("pipewire-0*"):
            socket.unlink()

    def close(self) -> None:
        """End it for good."""
        self.stop()
        self._log.close()

    def _answers(self, word: str) -> bool:
        done = subprocess.run(["pw-dump"], capture_output=True, text=True, timeout=20, check=False)
        return word in done.stdout


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    """Short paths: a socket's name may have 108 characters."""
    with (
        tempfile.TemporaryDirectory(prefix="l2d", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        runtime = Path(folder)
        for name in ("XDG_RUNTIME_DIR", "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, folder)
        for name in ("PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
            monkeypatch.delenv(name, raising=False)
        desktop = Desktop(runtime)
        yield desktop
        end_publishers(runtime / "live2diff-camera")
        desktop.close()
