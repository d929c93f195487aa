"""What the tests in the virtual machine share; elsewhere they are left out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.virtual_camera.protocol import OnAir
from engine.virtual_camera.runtime_dir import runtime_dir
from tests.engine.virtual_camera.helpers import LoggedStatus, logged_status, publishers
from tests.virtual_camera.consumers import HERE, wait_for

EVIDENCE = Path(os.environ.get("LIVE2DIFF_RIG", "."))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no such machine around them."""
    if "LIVE2DIFF_RIG" not in os.environ:
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="runs in tests/virtual_camera/run.sh"))


class Application:
    """A program that uses the virtual camera, in its own process, controlled by lines."""

    def __init__(self, *arguments: str, up: bool = True) -> None:
        """up: whether it uses the camera at once, or stands by for the word."""
        self._log = (EVIDENCE / "application.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "application.py"), *arguments],
            stdin=subprocess.PIPE, stderr=self._log, text=True, cwd=HERE.parents[1],
        )  # fmt: skip

        if up:
            self.tell("up")

    def tell(self, word: str) -> None:
        """Have it do something; it acts when it has read the line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """Ask it to end and wait for that."""
        if self.process.poll() is None:
            self.tell("quit")
            self.process.wait(30)
        self._log.close()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()
        self._log.close()


@pytest.fixture
def camera() -> Iterator[PublisherWitness]:
    """What the publisher says it does; no publisher is left over from test to test."""
    yield PublisherWitness()
    end_publisher()


class PublisherWitness:
    """What the publisher says of itself in its log, which no application can change."""

    @property
    def status(self) -> LoggedStatus:
        """The newest status; one that sends nothing before there is any."""
        nothing = LoggedStatus(sending=False, on_air="NOTHING", watched=None, size="", error="",
                               kinds="")  # fmt: skip
        return logged_status(runtime_dir()) or nothing

    @property
    def sending(self) -> bool:
        return self.status.sending

    @property
    def on_air(self) -> OnAir:
        return OnAir[self.status.on_air]

    @property
    def shows_frames(self) -> bool:
        return self.on_air in (OnAir.STYLED, OnAir.ORIGINAL)


class Webcam:
    """A made-up physical webcam, /dev/video20, which shows saturated colour bars."""

    _driver = Path("/sys/bus/platform/drivers/vivid")

    def __init__(self) -> None:
        options = ["n_devs=1", "node_types=0x1", "vid_cap_nr=20"]
        subprocess.run(["modprobe", "vivid", *options], check=True)

    def unplug(self) -> None:
        """Take it away in the middle of whatever it does."""
        (self._driver / "unbind").write_text("vivid.0")

    def plug_in(self) -> None:
        """Bring it back."""
        (self._driver / "bind").write_text("vivid.0")


def end_publisher() -> None:
    """Have the publisher give way now instead of in 10 s."""
    for process in publishers(runtime_dir()):
        os.kill(process, signal.SIGTERM)
    wait_for(lambda: not _serving(), 60, "the publisher's end")


def _serving() -> bool:
    text = Path("/sys/module/v4l2loopback/refcnt").read_text()
    time.sleep(0.1)
    return int(text) > 0


def keep(name: str, figures: dict[str, Any]) -> None:
    """Add measured figures to the evidence."""
    path = EVIDENCE / "figures.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    known[name] = figures
    path.write_text(json.dumps(known, indent=1))
