"""How long a frame takes from hand-over to the camera, and what the publisher costs.

python -m tests.virtual_camera.timing [--seconds 20] [--size 1280x720] [--fps 30] [--engine-fps 24]

Runs on any machine: the camera is a stand-in, the publisher the real process.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from rich.console import Console

from engine.frames import Size, StyledFrame
from engine.settings import parse_size
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.devices.fake import FakeCameraLog
from engine.virtual_camera.protocol import CameraSettings
from tests.engine.virtual_camera.helpers import publishers
from tests.virtual_camera.picture import test_card

_SETTLES_WITHIN = 15.0


def measure(size: Size, fps: float, engine_fps: float, seconds: float) -> dict[str, float]:
    """Send frames at `engine_fps`; milliseconds, frames per second, share of one core."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        folder = Path(name)
        folder.chmod(0o700)
        device = folder / "camera"
        client = PublisherClient(
            CameraSettings(size, fps, device=f"stand-in:{device}"), folder=folder
        )
        client.start()
        client.wait_until_known(_SETTLES_WITHIN)
        log = FakeCameraLog(device)
        before = _processor_seconds(folder)
        began, first = time.monotonic(), log.count
        handed = _send(client, size, engine_fps, seconds)
        lasted = time.monotonic() - began
        spent = _processor_seconds(folder) - before
        entries = log.entries()[first:]
        client.close()
        log.close()
    shown: dict[int, float] = {}
    for entry in entries:
        shown.setdefault(int(entry["frame"]), float(entry["sent_at"]))
    delays = [1000 * (shown[n] - at) for n, at in handed.items() if n in shown]
    intervals = 1000 * np.diff(entries["sent_at"])
    return {
        "delay p50 ms": round(float(np.percentile(delays, 50)), 1),
        "delay p95 ms": round(float(np.percentile(delays, 95)), 1),
        "delay worst ms": round(max(delays), 1),
        "interval mean ms": round(float(intervals.mean()), 2),
        "interval p99 ms": round(float(np.percentile(intervals, 99)), 1),
        "frames sent": len(entries),
        "publisher, share of a core": round(spent / lasted, 3),
    }


def _send(client: PublisherClient, size: Size, fps: float, seconds: float) -> dict[int, float]:
    """The time of every hand-over, by frame number."""
    card, handed = test_card(size, 0), {}
    sink = client.sink()
    sink.open(size, fps)
    began = time.monotonic()
    for number in range(1, round(seconds * fps) + 1):
        handed[number] = time.monotonic()
        sink.send(StyledFrame(card, number, handed[number]))
        time.sleep(max(0.0, began + number / fps - time.monotonic()))
    sink.close()
    return handed


def _processor_seconds(folder: Path) -> float:
    """What the publisher of this folder has used so far."""
    (process,) = publishers(folder)
    times = psutil.Process(process).cpu_times()
    return times.user + times.system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--fps", type=float, default=30)
    parser.add_argument("--engine-fps", type=float, default=30)
    asked = parser.parse_args()
    figures = measure(parse_size(asked.size), asked.fps, asked.engine_fps, asked.seconds)
    Console().print_json(json.dumps(figures))


if __name__ == "__main__":
    main()
