"""From the engine's hand-over to a program's read. The machine is emulated: so are the figures."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np

from tests.virtual_camera.conftest import Application, PublisherWitness, keep
from tests.virtual_camera.consumers import PATIENCE, wait_for
from tests.virtual_camera.picture import read_number

NODE = "/dev/video10"
STAMPS = Path("/run/stamps.txt")
READS = 150
BOUND = 0.3


def test_a_frame_reaches_a_reader_soon_after_its_hand_over(camera: PublisherWitness) -> None:
    application = Application("card", "640x480", "15", str(STAMPS))
    wait_for(lambda: camera.shows_frames, 60, "a first card")
    read_at = _first_reads()
    application.close()
    handed = dict(map(_stamp, STAMPS.read_text().splitlines()))
    delays = [read_at[number] - handed[number] for number in read_at if number in handed]
    middle, slow = np.percentile(delays, [50, 95])
    keep("640x480, 15 frames/s, hand-over to read, ms (emulated)", {
        "frames": len(delays), "p50": round(1000 * middle), "p95": round(1000 * slow)
    })  # fmt: skip
    assert len(delays) > READS // 4
    assert middle < BOUND * PATIENCE


def _first_reads() -> dict[int, float]:
    """When each card was read for the first time, after a while of settling."""
    capture = cv2.VideoCapture(NODE, cv2.CAP_V4L2)
    seen: dict[int, float] = {}
    for count in range(READS):
        whole, picture = capture.read()
        assert whole
        if count > READS // 5:
            seen.setdefault(read_number(np.asarray(picture, np.uint8)), time.monotonic())
    capture.release()
    return seen


def _stamp(line: str) -> tuple[int, float]:
    number, at = line.split()
    return int(number), float(at)
