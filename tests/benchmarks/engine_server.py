"""The delay that the way to an engine server and back adds, on loopback, with a model that only
inverts the picture: `python -m tests.benchmarks.engine_server`. Both ends share this computer.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from av.video.frame import VideoFrame

from engine.frames import Size
from engine.remote.rtc import H264, VP8
from tests.engine.server.peers import Camera, Client, serving, visiting

SIZES = (Size(512, 512), Size(1280, 720))
WARM_UP = 30


class Stopwatch(Camera):
    """Notes when each picture was taken."""

    def __init__(self, size: Size) -> None:
        super().__init__(30.0, size.width, size.height)
        self.taken: dict[int, float] = {}

    async def recv(self) -> VideoFrame:
        frame = await super().recv()
        self.taken[self.number] = time.monotonic()
        return frame


async def measure(size: Size, codec: str, seconds: float) -> str:
    """One line: frames back, and the delay without the engine's own share, in milliseconds."""
    with serving(Path(tempfile.mkdtemp()), largest=size) as server:
        async with visiting(server, server.token()) as (client,):
            client.camera = camera = Stopwatch(size)
            await client.open(codec=codec)
            await client.until(lambda: len(client.results) >= WARM_UP)
            await asyncio.sleep(seconds)
            await asyncio.sleep(0.5)
            return _line(client, camera, f"{size} {codec}")


def _line(client: Client, camera: Stopwatch, title: str) -> str:
    delays = []
    for result in client.results[WARM_UP:]:
        record = client.records.get(result.rtp_time)
        number = camera.rtp.get(record.source) if record is not None else None
        if record is not None and number is not None:
            delays.append((result.at - camera.taken[number]) * 1000 - record.engine_ms)
    parts = statistics.quantiles(delays, n=20)
    return f"{title}: {len(delays)} frames, p50 {parts[9]:.0f} ms, p95 {parts[18]:.0f} ms"


def main() -> None:
    """Measure every size with every codec."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    seconds = parser.parse_args().seconds
    for size in SIZES:
        for codec in (H264, VP8):
            line = asyncio.run(measure(size, codec, seconds))
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
