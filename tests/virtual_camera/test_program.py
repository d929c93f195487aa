"""The whole program: webcam in, model, "Live2Diff Camera" out, and a browser reads it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from engine.frames import Size
from engine.publisher.client import PublisherClient
from engine.publisher.contract import CameraSettings, OnAir
from engine.publisher.memory import SharedFrames
from tests.virtual_camera.conftest import EVIDENCE, Webcam, keep
from tests.virtual_camera.consumers import HERE, Reader, wait_for

COMMAND = ["run", "--input", "camera:20", "--output", "virtual-camera", "--size", "128x128"]
SMALL = Size(320, 240)
SLOW = 240


@pytest.fixture
def reader() -> Iterator[Reader]:
    """A browser that reads the placeholder already, before the webcam is plugged in.

    It holds the camera to a small picture, which an emulated machine can send and the program
    has to adopt.
    """
    client = PublisherClient(CameraSettings(SMALL, 10))
    client.start()
    reader = Reader("chromium", EVIDENCE / "program-chromium.log")
    reader.waits_for(5, SLOW)
    client.close()
    Webcam()
    yield reader
    reader.kill()


def test_a_browser_reads_what_the_model_makes_of_the_webcam(
    camera: SharedFrames, reader: Reader
) -> None:
    log = (EVIDENCE / "program.log").open("w")
    program = subprocess.Popen(
        [sys.executable, "main.py", *COMMAND], cwd=HERE.parents[1], stdout=log, stderr=log
    )
    try:
        looks = reader.poll().looks
        wait_for(lambda: camera.signals.on_air == OnAir.STYLED, SLOW, "a styled frame")
        wait_for(lambda: reader.poll().looks > looks + 1, SLOW, "new pictures in the browser")
        program.send_signal(signal.SIGINT)
        wait_for(lambda: camera.signals.on_air == OnAir.PLACEHOLDER, 20, "the placeholder")
        reader.reads_on(5)
        assert program.wait(60) == 0
        keep("whole program", {
            "frames": reader.last.frames, "pictures": reader.last.looks, "sizes": reader.last.sizes
        })  # fmt: skip
        assert reader.last.sizes == [str(SMALL)]
        assert not reader.last.ended
    finally:
        program.kill()
        program.wait()
        log.close()
