"""What computing elsewhere costs a session: capture to delivery, here and through an engine server
on loopback, in turn in one run: `python -m tests.benchmarks.elsewhere`. The model only inverts the
picture, so that the difference is the network's. On a line of one's own:

    python -m tests.benchmarks.elsewhere --delay-ms 40 --loss 0.02 --mbit 2 --seconds 300
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.events import Event
from engine.frames import Size, StyledFrame
from engine.remote.address import parse_address
from engine.remote.factory import build_translator
from engine.remote.pairing import pair, remember
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, LiveSettings
from tests.engine.remote.relay import Line, Relay
from tests.engine.server.peers import build_negative, serving

WARM_UP = 30
SIZES = (Size(512, 512), Size(1280, 720))


class Stopwatch:
    """A sink that notes how old each frame is."""

    def __init__(self) -> None:
        self.delays: list[tuple[float, float]] = []

    def open(self, size: Size, fps: float) -> None: ...

    def send(self, frame: StyledFrame) -> None:
        now = time.monotonic()
        self.delays.append((now, now - frame.captured_at))

    def blank(self) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...


def ignore(_: Event) -> None:
    """Nobody looks."""


def run(engine: str, size: Size, seconds: float) -> list[tuple[float, float]]:
    """When each frame was delivered, and its delay, both in seconds. engine: "" for here."""
    build: Callable[..., object] = build_translator if engine else build_negative
    session = Session(ignore, build_translator=build, prepare=lambda: None)  # type: ignore[arg-type]
    sink = Stopwatch()
    job = Job(
        InputSettings("synthetic", size=size, fps=30.0),
        BuildSettings(engine=engine),
        LiveSettings(),
        (sink,),
        output=size,
    )
    session.start(job)
    time.sleep(seconds)
    session.stop()
    session.wait()
    return sink.delays[WARM_UP:]


def line_of(title: str, delays: list[tuple[float, float]]) -> str:
    """Rate, median, 95 %, and the medians of the first and the last third: a queue would grow."""
    ages = [1000.0 * age for _, age in delays]
    parts = statistics.quantiles(ages, n=20)
    third = max(1, len(ages) // 3)
    first, last = statistics.median(ages[:third]), statistics.median(ages[-third:])
    rate = (len(delays) - 1) / (delays[-1][0] - delays[0][0])
    return (
        f"{title}: {rate:.1f} frames/s, p50 {parts[9]:.0f} ms, p95 {parts[18]:.0f} ms, "
        f"first third {first:.0f} ms, last third {last:.0f} ms"
    )


def main() -> None:
    """Measure here and there in turn, and say the difference of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--delay-ms", type=float, default=0.0)
    parser.add_argument("--loss", type=float, default=0.0)
    parser.add_argument("--mbit", type=float, default=0.0)
    given = parser.parse_args()
    line = Line(given.delay_ms / 1000.0, given.loss, given.mbit * 1e6)
    for size in SIZES:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = stack.enter_context(serving(folder, largest=size))
            remember(pair(parse_address(server.url), server.codes.get(timeout=60.0)))
            if line != Line():
                relay = stack.enter_context(Relay(line))
                relay.between(stack.enter_context(pytest.MonkeyPatch.context()))
            here = run("", size, given.seconds)
            there = run(server.url, size, given.seconds)
        added = statistics.median(age for _, age in there) - statistics.median(a for _, a in here)
        for text in (
            line_of(f"{size} here", here),
            line_of(f"{size} there", there),
            f"{size} added: p50 {1000.0 * added:.0f} ms",
        ):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
