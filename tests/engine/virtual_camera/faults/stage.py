"""The stage of every fault: a camera that logs, a reader of its log, and applications."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.virtual_camera.devices.fake import FakeCameraLog
from tests.engine.virtual_camera.faults import application
from tests.engine.virtual_camera.faults.application import RAW_GREY, STYLED_GREY
from tests.engine.virtual_camera.helpers import (
    end_publishers,
    logged_status,
    publishers,
    wait_until,
)

FIGURES = "LIVE2DIFF_FAULT_FIGURES"
"""The variable that names a file for what was measured."""

WATCH = "LIVE2DIFF_FAULT_WATCH"
"""The variable that says for how many seconds more the camera is watched after each fault."""

PATIENCE = float(os.environ.get("PATIENCE", "1"))
"""How many times longer than promised everything may take, on a busy computer."""

REPLACED_WITHIN = 2.0 * PATIENCE
"""Seconds until a publisher must have been replaced."""

_RAW_LUMA = 170
"""Styled pictures have 122, the placeholder 92 at most, raw ones 230."""


class Actor:
    """An application in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, application.__file__, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.start = self._answer()

    def tell(self, word: str) -> str:
        """Have it do something; its answer is "STATE ON_AIR PANIC_REACHED"."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self._answer()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


class Stage:
    """A runtime folder, a stand-in camera, and whoever uses it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "run"
        self.folder.mkdir(mode=0o700)
        self.log = FakeCameraLog(folder / "camera")
        self._actors: list[Actor] = []

    def application(self) -> Actor:
        """Start one."""
        actor = Actor(self.folder)
        self._actors.append(actor)
        return actor

    def live(self, word: str = "styled") -> Actor:
        """An application that owns the camera, with its frames on air."""
        actor = self.application()
        wait_until(lambda: actor.tell(word).startswith("sending"), 20 * PATIENCE)
        self.until_frames_go_out(RAW_GREY if word == "original" else STYLED_GREY)
        return actor

    @property
    def publisher(self) -> int:
        """The one publisher's process."""
        (process,) = publishers(self.folder)
        return process

    @property
    def on_air(self) -> str:
        """What the publisher's log says last."""
        status = logged_status(self.folder)
        return status.on_air if status is not None else ""

    def entries(self, since: float = 0.0) -> NDArray[np.void]:
        """The pictures sent since then."""
        entries = self.log.entries()
        return np.asarray(entries[entries["sent_at"] >= since])

    def raw(self, since: float = 0.0) -> int:
        """How many pictures sent since then show anything of a raw one."""
        return int((self.entries(since)["brightest"] > _RAW_LUMA).sum())

    def until_frames_go_out(self, grey: int, seconds: float = 10) -> float:
        """Wait until the camera shows this grey; how long that took."""
        luma = round(16 + 219 * grey / 255)
        since = time.monotonic()

        def shown() -> bool:
            entries = self.entries(since)
            return len(entries) > 0 and abs(int(entries[-1]["darkest"]) - luma) <= 2

        return wait_until(shown, seconds * PATIENCE)

    def until_no_raw(self, since: float, seconds: float = 4) -> float:
        """Wait until the newest picture is not raw; seconds from `since` until it was sent.

        A camera keeps its last picture while nobody sends: silence is not taken for an end.
        """
        began = time.monotonic()
        while time.monotonic() - began < seconds * PATIENCE:
            entries = self.entries()
            if entries[-1]["sent_at"] >= since and entries[-1]["brightest"] <= _RAW_LUMA:
                raw = entries[entries["brightest"] > _RAW_LUMA]
                last = float(raw[-1]["sent_at"]) if len(raw) else since
                after = entries[entries["sent_at"] > max(last, since)]
                return float(after[0]["sent_at"]) - since
            time.sleep(0.005)
        raise AssertionError("a raw picture stayed on air")

    def until_placeholder(self, since: float, seconds: float = 4) -> float:
        """Wait for the first placeholder sent after `since`; seconds until then."""

        def found() -> NDArray[np.void]:
            entries = self.entries(since)
            return np.asarray(entries[entries["frame"] == -1])

        wait_until(lambda: len(found()) > 0, seconds * PATIENCE)
        return float(found()[0]["sent_at"]) - since

    def close(self) -> None:
        """End everything."""
        for actor in self._actors:
            actor.kill()
        end_publishers(self.folder)
        self.log.close()


def watch_on(stage: Stage) -> int:
    """Go on looking for as long as somebody wants; how many raw pictures were sent meanwhile."""
    seconds = float(os.environ.get(WATCH, "0"))
    since = time.monotonic()
    time.sleep(seconds)
    return stage.raw(since)


def keep(fault: str, seconds: float | None, stage: Stage, raw: int) -> None:
    """Add what was measured to the figures, where somebody wants them."""
    path = os.environ.get(FIGURES)
    if not path:
        return
    known: dict[str, Any] = json.loads(Path(path).read_text()) if Path(path).exists() else {}
    known[fault] = {"seconds": seconds, "pictures": stage.log.count, "raw": raw}
    Path(path).write_text(json.dumps(known, indent=1))
