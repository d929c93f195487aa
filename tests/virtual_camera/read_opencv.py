"""Reads "Live2Diff Camera" through OpenCV until asked to stop; each line on stdin is answered."""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import cv2
import numpy as np

from tests.virtual_camera.consumers import Seen
from tests.virtual_camera.picture import is_raw, is_styled

NODE = "/dev/video10"
GIVES_UP_AFTER = 15.0


def main() -> None:
    cv2.setNumThreads(1)
    seen, stop = Seen(), threading.Event()
    thread = threading.Thread(target=_read, args=(seen, stop), daemon=True)
    thread.start()
    for line in sys.stdin:
        if line.strip() == "stop":
            stop.set()
            thread.join(15)
        sys.stdout.write(json.dumps(asdict(seen)) + "\n")
        sys.stdout.flush()
        if stop.is_set():
            return


def _read(seen: Seen, stop: threading.Event) -> None:
    """Ask until the device is a camera, as programs do; then read and never open it again."""
    camera = cv2.VideoCapture(NODE, cv2.CAP_V4L2)
    while not camera.isOpened() and not stop.wait(1):
        seen.error = "not open"
        camera.open(NODE, cv2.CAP_V4L2)
    last = time.monotonic()
    while not stop.is_set():
        whole, picture = camera.read()
        now = time.monotonic()
        if not whole:
            seen.failures += 1
            seen.ended = now - last > GIVES_UP_AFTER
            if seen.ended or stop.wait(0.05):
                return
            continue
        _note(seen, np.asarray(picture[:, :, ::-1], np.uint8), now - last)
        if seen.frames == 1:
            seen.first_at, seen.longest_gap = now, 0.0
        last = now
    camera.release()


def _note(seen: Seen, pixels: np.ndarray, gap: float) -> None:
    seen.longest_gap = max(seen.longest_gap, gap)
    size = f"{pixels.shape[1]}x{pixels.shape[0]}"
    if size not in seen.sizes:
        seen.sizes.append(size)
    seen.raw += is_raw(pixels)
    seen.styled += is_styled(pixels)
    seen.frames += 1


if __name__ == "__main__":
    main()
