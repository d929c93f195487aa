"""Another program may write to our device: it is left in peace, and what it leaves is mended."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from engine.doctor.v4l2loopback import check_loopback
from tests.virtual_camera.conftest import Application, PublisherWitness
from tests.virtual_camera.consumers import wait_for

SOURCE = ["ffmpeg", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10"]
TARGET = ["-pix_fmt", "yuyv422", "-f", "v4l2", "/dev/video10"]
SLOW = 60


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_a_device_that_another_program_left_taken_is_made_free(
    camera: PublisherWitness, stack: ExitStack
) -> None:
    subprocess.run([*SOURCE, "-frames:v", "5", *TARGET], check=True, capture_output=True)
    application = Application("card", "640x480", "5")
    stack.callback(application.close)
    wait_for(lambda: camera.sending, SLOW, "the camera")


def test_a_program_that_writes_is_named_and_not_disturbed(
    camera: PublisherWitness, stack: ExitStack
) -> None:
    other = subprocess.Popen([*SOURCE, *TARGET], stderr=subprocess.DEVNULL)
    stack.callback(other.wait)
    stack.callback(other.terminate)
    wait_for(lambda: _use() is False, SLOW, "the other program's writing")
    application = Application("card", "640x480", "5")
    stack.callback(application.close)
    wait_for(lambda: "Another program" in camera.status.error, SLOW, "a word about it")
    assert other.poll() is None
    other.terminate()
    wait_for(lambda: camera.sending, SLOW, "the camera")


def _use() -> bool | None:
    """What the doctor says of the device's use."""
    found = {check.name: check.passed for check in check_loopback()}
    return found.get("Device use", True)
