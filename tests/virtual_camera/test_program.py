"""The whole program: webcam in, model, "Live2Diff Camera" out, and a browser reads it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from engine.frames import Size
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings, OnAir
from tests.virtual_camera.conftest import EVIDENCE, PublisherWitness, Webcam, keep
from tests.virtual_camera.consumers import HERE, Reader, wait_for

NODE = "/dev/video10"
SMALLEST = ["--size", "64x64", "--accelerator", "eager"]
COMMAND = ["run", "--input", "camera:20", "--output", "virtual-camera", *SMALLEST]
SMALL = Size(320, 240)
SLOW = 240


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Ends everything that a test has started, the last first."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def _small_camera(camera: PublisherWitness) -> Iterator[None]:
    """A program that stays keeps the camera at a size that an emulated machine can send."""
    client = PublisherClient(CameraSettings(SMALL, 10))
    client.start()
    wait_for(lambda: camera.sending, SLOW, "the camera")
    handle = os.open(NODE, os.O_RDONLY)
    client.close()
    yield
    os.close(handle)


@pytest.mark.usefixtures("_small_camera")
def test_a_browser_reads_what_the_model_makes_of_the_webcam(
    camera: PublisherWitness, stack: ExitStack
) -> None:
    Webcam()
    program = _program(stack)
    wait_for(lambda: camera.on_air == OnAir.STYLED, SLOW, "a styled frame")
    reader = Reader("chromium", EVIDENCE / "program-chromium.log")
    stack.callback(reader.kill)
    wait_for(lambda: reader.poll().looks > 2, SLOW, "several pictures in the browser")
    program.send_signal(signal.SIGINT)
    wait_for(lambda: camera.on_air == OnAir.PLACEHOLDER, 20, "the placeholder")
    reader.reads_on(5)
    assert program.wait(120) == 0
    keep("whole program", {
        "frames": reader.last.frames, "pictures": reader.last.looks, "sizes": reader.last.sizes
    })  # fmt: skip
    assert reader.last.sizes == [str(SMALL)]
    assert not reader.last.ended


def _program(stack: ExitStack) -> subprocess.Popen[bytes]:
    log = stack.enter_context((EVIDENCE / "program.log").open("w"))
    program = subprocess.Popen(
        [sys.executable, "main.py", *COMMAND], cwd=HERE.parents[1], stdout=log, stderr=log
    )
    stack.callback(program.wait)
    stack.callback(program.kill)
    return program
