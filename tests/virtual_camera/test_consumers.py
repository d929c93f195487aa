"""Programs that no one here wrote list the camera by name and read true colours from it."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.frames import Pixels, Size
from tests.virtual_camera.conftest import (
    EVIDENCE,
    Application,
    PublisherWitness,
    end_publisher,
    keep,
)
from tests.virtual_camera.consumers import Reader, decode_yuyv, wait_for
from tests.virtual_camera.picture import PATCHES, read_number, worst_patch_error

NODE = "/dev/video10"
FRAMES = 15
TOLERANCE = 12
SIZES = {"640x480": Size(640, 480), "1280x720": Size(1280, 720)}


@pytest.fixture(params=SIZES, scope="module")
def size(request: pytest.FixtureRequest) -> Iterator[Size]:
    """The camera is up in this size, and cards are coming."""
    size = SIZES[request.param]
    application = Application("card", str(size), "10")
    camera = PublisherWitness()
    wait_for(lambda: camera.shows_frames, 90, "a first card")
    yield size
    application.close()
    end_publisher()


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout + done.stderr


def _list(*command: str) -> str:
    """What a program says of all devices; it may not like some other one of them."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def _judge(name: str, size: Size, frames: list[Pixels]) -> None:
    """Colours near enough in every patch; numbers that only ever go up."""
    numbers = [read_number(frame) for frame in frames]
    error = max(worst_patch_error(frame) for frame in frames[-3:])
    keep(f"{name} {size}", {"frames": len(frames), "worst": round(error, 1), "numbers": numbers})
    cv2.imwrite(str(EVIDENCE / f"{name}-{size}.png"), frames[-1][:, :, ::-1])
    assert len(frames) >= FRAMES
    assert error <= TOLERANCE
    assert all(b >= a for a, b in itertools.pairwise(numbers))
    assert numbers[-1] > numbers[0]


def test_v4l2_ctl_lists_and_reads_it(size: Size) -> None:
    assert "Live2Diff Camera" in _list("v4l2-ctl", "--list-devices")
    raw = Path("/run/v4l2.yuyv")
    _run("v4l2-ctl", "-d", NODE, "--stream-mmap", f"--stream-count={FRAMES}", f"--stream-to={raw}")
    _judge("v4l2-ctl", size, decode_yuyv(raw.read_bytes(), size))


def test_ffmpeg_lists_and_reads_it(size: Size) -> None:
    assert "Live2Diff Camera" in _list("ffmpeg", "-hide_banner", "-sources", "v4l2")
    raw = Path("/run/ffmpeg.yuyv")
    _run(
        "ffmpeg", "-nostdin", "-y", "-f", "v4l2", "-framerate", "30", "-i", NODE, "-vsync",
        "passthrough", "-frames:v", str(FRAMES), "-f", "rawvideo", "-pix_fmt", "yuyv422", str(raw),
    )  # fmt: skip
    _judge("ffmpeg", size, decode_yuyv(raw.read_bytes(), size))


def test_opencv_reads_it(size: Size) -> None:
    capture = cv2.VideoCapture(NODE, cv2.CAP_V4L2)
    frames = []
    for _ in range(FRAMES):
        whole, picture = capture.read()
        assert whole
        frames.append(np.asarray(picture[:, :, ::-1], np.uint8))
    capture.release()
    _judge("opencv", size, frames)


def test_chromium_lists_and_reads_it(size: Size) -> None:
    reader = Reader("chromium", EVIDENCE / f"chromium-{size}.log", "card")
    try:
        reader.waits_for(FRAMES, seconds=120)
        reader.stop()
    finally:
        reader.kill()
    figures = reader.figures
    numbers = figures["numbers"]
    error = float(np.abs(np.array(figures["patches"]) - np.array(PATCHES)).max())
    keep(f"chromium {size}", {"numbers": numbers, "worst": round(error, 1)})
    assert "Live2Diff Camera" in figures["devices"]
    assert figures["sizes"] == [str(size)]
    assert error <= TOLERANCE
    assert all(b >= a for a, b in itertools.pairwise(numbers))
    assert numbers[-1] > numbers[0]
