"""Whatever goes wrong, no program that reads the node ever sees the raw input.

The faults of the driver's test in `tests/virtual_camera`, with coloured bars as the input and a
stand-in translator that makes every frame grey; and PipeWire's own, its end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.frames import Size
from tests.engine.virtual_camera.helpers import logged_status, publishers, wait_until
from tests.pipewire.conftest import SLOW, Desktop
from tests.pipewire.readers import GStreamerReader, nodes
from tests.virtual_camera import application

SIZE = Size(320, 240)


class Scene:
    """An application, another one that stands by, and two readers."""

    def __init__(self, desktop: Desktop, stack: ExitStack) -> None:
        self.desktop, self._stack = desktop, stack
        self.folder = desktop.runtime / "live2diff-camera"
        self.application = self.start("session")
        self.standby = self.start("session")
        self.tell("up")
        wait_until(lambda: self.on_air == "PLACEHOLDER" and len(nodes()) == 1, SLOW)
        self.readers = [self._reader(), self._reader()]
        self.read_on(10)

    def start(self, mode: str) -> subprocess.Popen[str]:
        """A program that uses the camera, once it is told to."""
        process = subprocess.Popen(
            [sys.executable, application.__file__, mode, str(SIZE), "30"],
            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | {"LIVE2DIFF_TEST_INPUT": "synthetic"}, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self._stack.callback(process.kill)
        return process

    def tell(self, word: str, who: subprocess.Popen[str] | None = None) -> None:
        pipe = (who or self.application).stdin
        assert pipe is not None
        pipe.write(f"{word}\n")
        pipe.flush()

    @property
    def on_air(self) -> str:
        status = logged_status(self.folder)
        return status.on_air if status is not None else ""

    def expect(self, on_air: str, seconds: float = SLOW) -> None:
        wait_until(lambda: self.on_air == on_air, seconds)

    def read_on(self, frames: int) -> None:
        """Let both readers read that many more frames."""
        wanted = [reader.frames + frames for reader in self.readers]
        wait_until(
            lambda: all(r.frames >= n for r, n in zip(self.readers, wanted, strict=True)), SLOW
        )

    def live(self) -> None:
        self.tell("go")
        self.expect("STYLED")
        self.read_on(20)

    def _reader(self) -> GStreamerReader:
        reader = GStreamerReader(SIZE)
        self._stack.callback(reader.close)
        return reader


@pytest.fixture
def scene(desktop: Desktop) -> Iterator[Scene]:
    with ExitStack() as stack:
        yield Scene(desktop, stack)


@pytest.mark.timeout(600)
def test_no_frame_read_under_faults_holds_the_raw_input(scene: Scene) -> None:
    scene.live()
    _change_the_style_and_break_the_model(scene)
    _start_a_second_application(scene)
    _panic(scene)
    _stall(scene)
    _kill(scene)
    _stop_and_start(scene)
    readers = list(scene.readers)
    _kill_the_publisher(scene)
    _end_pipewire(scene)
    readers += scene.readers
    assert sum(reader.raw for reader in readers) == 0
    assert all(reader.styled > 0 for reader in readers)
    assert sum(reader.frames for reader in readers) >= 400
    _both_readers_would_see_it(scene)


def _change_the_style_and_break_the_model(scene: Scene) -> None:
    scene.tell("style")
    scene.read_on(20)
    scene.tell("break")
    scene.expect("PLACEHOLDER")
    scene.expect("STYLED")


def _start_a_second_application(scene: Scene) -> None:
    """It sends saturated pictures, which both readers would take for raw ones."""
    second = scene.start("card")
    scene.tell("up", second)
    scene.read_on(60)
    assert second.poll() is None
    second.kill()
    scene.read_on(20)
    scene.expect("STYLED", 5)


def _panic(scene: Scene) -> None:
    scene.tell("panic")
    scene.expect("PANIC")
    scene.read_on(20)
    scene.tell("release")
    scene.expect("STYLED")


def _stall(scene: Scene) -> None:
    scene.application.send_signal(signal.SIGSTOP)
    scene.expect("PLACEHOLDER")
    scene.read_on(20)
    scene.application.send_signal(signal.SIGCONT)
    scene.expect("STYLED")


def _kill(scene: Scene) -> None:
    scene.application.kill()
    scene.expect("PLACEHOLDER")
    scene.read_on(10)
    scene.application = scene.standby
    scene.tell("up")
    scene.live()


def _stop_and_start(scene: Scene) -> None:
    scene.tell("stop")
    scene.expect("PLACEHOLDER")
    scene.read_on(20)
    scene.live()


def _kill_the_publisher(scene: Scene) -> None:
    """Its node goes with it: readers of PipeWire are told that the camera has gone."""
    (publisher,) = publishers(scene.folder)
    os.kill(publisher, signal.SIGKILL)
    wait_until(lambda: publishers(scene.folder) not in ([], [publisher]), SLOW)
    _read_anew(scene)


def _end_pipewire(scene: Scene) -> None:
    scene.desktop.stop()
    scene.expect("NOTHING")
    scene.desktop.start()
    _read_anew(scene)


def _read_anew(scene: Scene) -> None:
    scene.expect("STYLED")
    wait_until(lambda: len(nodes()) == 1, SLOW)
    scene.readers = [scene._reader(), scene._reader()]
    scene.read_on(40)


def _both_readers_would_see_it(scene: Scene) -> None:
    """The positive control: in the bypass both readers count raw frames."""
    scene.tell("original")
    scene.expect("ORIGINAL")
    wait_until(lambda: all(reader.raw >= 10 for reader in scene.readers), SLOW)
