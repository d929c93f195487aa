"""A live stream to an engine server over a line that delays 40 ms, loses 2 % and holds 2 Mbit/s,
each way, for five minutes; for a fifth of that the line is four times as wide:

    python -m tests.benchmarks.bad_line --minutes 5 --report bad_line.json

The server is a process of its own; its model only inverts the picture. Exits with 1 where a bound
is broken: nothing raw, in order, the right picture to each frame, no queue that grows, and a rate
that follows the line.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import keyring
import pytest

from engine.frames import Size
from engine.remote import pairing, rtc
from engine.remote.address import parse_address
from engine.settings import parse_size
from tests.engine.remote.conftest import KeptInMemory
from tests.engine.remote.line_trial import Stretch, Trial, try_line
from tests.engine.remote.relay import QUEUE_S, Line
from tests.engine.server.alone import Alone

DELAY_S, LOSS = 0.04, 0.02
NARROW, WIDE = 2e6, 8e6
SHARES = ((NARROW, 0.6), (WIDE, 0.2), (NARROW, 0.2))
SETTLES_S, WINDOW_S = 10.0, 10.0
LEAST_MINUTES = 1.5

MOST_MS = 1000.0
"""Of the median age of the pictures in any ten seconds."""
MOST_GROWTH_MS = 1000.0 * QUEUE_S
"""From the first third of the narrow stretch to its last: less than the queue of the line."""
LEAST_RIGHT = 0.95
"""A picture that was smeared by a lost packet may show another number."""
LEAST_GAIN = 1.5
"""How many times the bits of the narrow stretch pass in the wide one."""


def broken(trial: Trial) -> Iterator[str]:
    """The bounds that were broken."""
    narrow, wide, again = trial.stretches
    if trial.raw or trial.out_of_order:
        yield f"{trial.raw} raw pictures, {trial.out_of_order} out of order"
    for one in trial.stretches:
        if one.right < LEAST_RIGHT:
            yield f"only {one.right:.1%} of the pictures are the right ones"
    if narrow.placeholders or wide.placeholders or again.placeholders > 1:
        yield "the stream broke off"
    worst = max(trial.medians_ms[1:])
    if worst > MOST_MS:
        yield f"the pictures of ten seconds are {worst:.0f} ms old"
    growth = _growth(trial.medians_ms, narrow_share=SHARES[0][1])
    if growth > MOST_GROWTH_MS:
        yield f"the pictures of the last third are {growth:.0f} ms older than those of the first"
    for way in ("mbit_out", "mbit_back"):
        before, then = getattr(narrow, way), getattr(wide, way)
        if then < LEAST_GAIN * before:
            yield f"{way} has not followed: {before:.2f}, then {then:.2f}"


def _growth(medians_ms: list[float], narrow_share: float) -> float:
    """From the first third of the first stretch to its last third."""
    narrow = medians_ms[1 : round(narrow_share * len(medians_ms))]
    third = max(1, len(narrow) // 3)
    return statistics.median(narrow[-third:]) - statistics.median(narrow[:third])


def measure(minutes: float, size: Size, fps: float, codec: str) -> Trial:
    """Run it on a server of its own."""
    stretches = [Stretch(60.0 * minutes * share, width) for width, share in SHARES]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        keyring.set_keyring(KeptInMemory())
        prefer = rtc.prefer
        patch.setattr(rtc, "prefer", lambda transceiver, *_: prefer(transceiver, codec))
        alone = Alone()
        try:
            code = alone.start(Path(folder))
            pairing.remember(pairing.pair(parse_address(alone.address), code))
            return try_line(
                alone.address,
                Line(DELAY_S, LOSS),
                stretches,
                size=size,
                fps=fps,
                settles=SETTLES_S,
                window=WINDOW_S,
            )
        finally:
            alone.kill()


def main() -> int:
    """Measure, tell, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help=f"at least {LEAST_MINUTES}")
    parser.add_argument("--size", type=parse_size, default=Size(256, 256))
    parser.add_argument("--fps", type=float, default=20.0)
    parser.add_argument("--codec", choices=(rtc.H264, rtc.VP8), default=rtc.H264)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    if given.minutes < LEAST_MINUTES:
        parser.error(f"--minutes: at least {LEAST_MINUTES}")
    load = os.getloadavg()[0]
    trial = measure(given.minutes, given.size, given.fps, given.codec)
    bounds = list(broken(trial))
    report = {
        "minutes": given.minutes,
        "size": str(given.size),
        "codec": given.codec,
        "load_before": load,
        "load_after": os.getloadavg()[0],
        **asdict(trial),
        "broken": bounds,
    }
    text = json.dumps(report, indent=1)
    if given.report is not None:
        given.report.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return 1 if bounds else 0


if __name__ == "__main__":
    sys.exit(main())
