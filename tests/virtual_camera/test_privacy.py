"""Whatever goes wrong, no program that reads the camera ever sees the raw input.

The webcam shows saturated colour bars; the translator in this test makes every frame grey. Both
readers judge every frame they read. That they would see a raw frame is shown last, by the bypass
that a user may choose knowingly.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict

import pytest

from engine.virtual_camera.protocol import OnAir
from tests.virtual_camera.conftest import EVIDENCE, Application, PublisherWitness, Webcam, keep
from tests.virtual_camera.consumers import Reader, wait_for

SIZE, FPS = "320x240", "15"
KINDS = ("opencv", "chromium")
ENOUGH = int(os.environ.get("FRAMES", "1000"))
SLOW = 60


class Scene:
    """The camera, what it says is on air, two readers and the application of the moment."""

    def __init__(self, camera: PublisherWitness, stack: ExitStack) -> None:
        self._camera = camera
        self.readers: list[Reader] = []
        self.application = Application("session", SIZE, FPS)
        self.standby = Application("session", SIZE, FPS, up=False)
        self.second = Application("card", SIZE, FPS, up=False)
        stack.callback(self.standby.kill)
        stack.callback(self.second.process.kill)
        stack.callback(self._close)
        self.webcam: Webcam
        self._stack = stack
        self.steps: list[dict[str, object]] = []

    def come(self, kind: str) -> None:
        """A program begins to read, and stays."""
        reader = Reader(kind, EVIDENCE / f"privacy-{kind}.log")
        self._stack.callback(reader.kill)
        self.readers.append(reader)
        reader.waits_for(10, seconds=120)

    def _close(self) -> None:
        self.application.close()  # the one of the moment

    def expect(self, on_air: OnAir, within: float) -> None:
        """Wait until this is on air, and note how long it took."""
        took = wait_for(lambda: self._camera.on_air is on_air, within, f"{on_air.name} on air")
        self.steps.append({"then": on_air.name.lower(), "after s": round(took, 2)})

    def do(self, word: str) -> None:
        """Tell the application, and note it."""
        self.steps.append({"do": word})
        self.application.tell(word)

    def read_on(self, frames: int) -> None:
        """Let both readers read that many more frames."""
        wanted = [reader.poll().frames + frames for reader in self.readers]
        for reader, count in zip(self.readers, wanted, strict=True):
            reader.waits_for(count, seconds=300)


@pytest.fixture
def scene(camera: PublisherWitness) -> Iterator[Scene]:
    with ExitStack() as stack:
        scene = Scene(camera, stack)
        wait_for(lambda: camera.sending, SLOW, "the camera")
        for kind in KINDS:
            scene.come(kind)
        scene.webcam = Webcam()
        yield scene


def test_no_frame_read_under_faults_holds_the_raw_input(scene: Scene) -> None:
    _start_and_change_style(scene)
    _start_a_second_application(scene)
    _break_the_model(scene)
    _unplug_the_webcam(scene)
    _panic(scene)
    _stall(scene)
    _kill(scene)
    _stop_and_start(scene)
    _read_enough(scene)
    seen = {reader.kind: reader.poll() for reader in scene.readers}
    keep("privacy", {"readers": {k: asdict(s) for k, s in seen.items()}, "steps": scene.steps})
    for figures in seen.values():
        assert figures.raw == 0
        assert figures.styled > 0
        assert not figures.ended
        assert figures.sizes == [SIZE]
    assert sum(figures.frames for figures in seen.values()) >= ENOUGH
    _the_detector_sees_a_raw_frame(scene)


def _start_and_change_style(scene: Scene) -> None:
    scene.do("go")
    scene.expect(OnAir.STYLED, SLOW)
    scene.read_on(30)
    scene.do("style")
    scene.read_on(30)


def _start_a_second_application(scene: Scene) -> None:
    """It sends saturated pictures, which both readers would take for raw ones."""
    scene.steps.append({"do": "second application"})
    scene.second.tell("up")
    scene.read_on(120)
    assert scene.second.process.poll() is None
    scene.second.kill()
    scene.read_on(20)
    scene.expect(OnAir.STYLED, 2)


def _break_the_model(scene: Scene) -> None:
    scene.do("break")
    scene.expect(OnAir.PLACEHOLDER, 2)
    scene.expect(OnAir.STYLED, SLOW)


def _unplug_the_webcam(scene: Scene) -> None:
    scene.steps.append({"do": "unplug"})
    scene.webcam.unplug()
    scene.expect(OnAir.PLACEHOLDER, 2)
    scene.read_on(20)
    scene.webcam.plug_in()
    scene.expect(OnAir.STYLED, SLOW)


def _panic(scene: Scene) -> None:
    scene.do("panic")
    scene.expect(OnAir.PANIC, 2)
    scene.read_on(20)
    scene.do("release")
    scene.expect(OnAir.STYLED, SLOW)


def _stall(scene: Scene) -> None:
    scene.steps.append({"do": "SIGSTOP"})
    scene.application.process.send_signal(signal.SIGSTOP)
    scene.expect(OnAir.PLACEHOLDER, 2)
    scene.read_on(20)
    scene.application.process.send_signal(signal.SIGCONT)
    scene.expect(OnAir.STYLED, SLOW)


def _kill(scene: Scene) -> None:
    scene.read_on(20)
    scene.steps.append({"do": "SIGKILL"})
    scene.application.kill()
    scene.expect(OnAir.PLACEHOLDER, 2)
    scene.application = scene.standby
    scene.do("up")
    scene.do("go")
    scene.expect(OnAir.STYLED, SLOW)


def _stop_and_start(scene: Scene) -> None:
    scene.read_on(20)
    scene.do("stop")
    scene.expect(OnAir.PLACEHOLDER, 2)
    scene.read_on(20)
    scene.do("go")
    scene.expect(OnAir.STYLED, SLOW)


def _read_enough(scene: Scene) -> None:
    until = time.monotonic() + 240
    while sum(reader.poll().frames for reader in scene.readers) < ENOUGH:
        assert time.monotonic() < until, "too few frames were read"
        scene.read_on(20)


def _the_detector_sees_a_raw_frame(scene: Scene) -> None:
    """The positive control: in the bypass both readers count raw frames."""
    scene.do("original")
    scene.expect(OnAir.ORIGINAL, SLOW)
    for reader in scene.readers:
        _wait_for_raw(reader)
    scene.do("styled")
    scene.expect(OnAir.STYLED, SLOW)
    keep("bypass, the detector's control", {r.kind: r.last.raw for r in scene.readers})


def _wait_for_raw(reader: Reader) -> None:
    wait_for(lambda: reader.poll().raw >= 10, SLOW, f"{reader.kind}: raw frames in the bypass")
