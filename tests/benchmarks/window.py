"""What the window costs: its start, the gaps on its thread, what it leaves behind, its end.

    python -m tests.benchmarks.window start [--runs 5]
    python -m tests.benchmarks.window live [--seconds 300] [--size 512x512] [--picture FILE.png]
    python -m tests.benchmarks.window pictures [--seconds 30] [--folder FOLDER]
    python -m tests.benchmarks.window cycles [--runs 1000] [--built-in]

Everything is real, but for the virtual camera's device, which is a file. Needs a display, or
QT_QPA_PLATFORM=offscreen; the figures are printed as JSON, and what lies beyond a limit of the
window ends with status 1.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import psutil
import typer
from PySide6.QtCore import QDir, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.events import Event, SessionState, Stats
from engine.frames import Size, StyledFrame
from engine.session.commands import AddSink
from engine.session.session import Session
from engine.settings import BuildSettings, InputSettings, parse_size
from engine.video.sinks.null import NullSink
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings
from gui.app import AppDependencies, Application
from gui.engine_link.session_bridge import LiveSession, SessionFactory, live_session
from gui.log_setup import LastLines
from gui.paths import ICONS
from gui.state.preferences import Preferences, PreferenceStore
from main import SPINS
from tests.benchmarks.gaps import LIMIT_MS, Gaps
from tests.gui.stand_in import StandIn

SETTLE_S = 8.0
"""How long the window is left alone after its first paint, so that torch is imported."""

FIRST_PAINT_S = 1.5
UNLIMITED = ("up to the first paint", "taking a picture")
LONGEST_MS = {"importing torch": 500.0}
"""How long the GUI thread may stop in a phase where that is not `LIMIT_MS`."""
CLOSING_S = 3.0
GROWN_MB = 10.0

QUICK = InputSettings("synthetic", Size(320, 240), 120.0)
"""A source that fills a warm-up in a fifteenth of a second."""

app = typer.Typer(help=__doc__, add_completion=False, rich_markup_mode=None)


class Clock(NullSink):
    """Notes the time between two frames that go out."""

    def __init__(self) -> None:
        super().__init__()
        self._moments: list[float] = []

    def send(self, frame: StyledFrame) -> None:
        super().send(frame)
        self._moments.append(time.perf_counter())

    def take(self) -> dict[str, float]:
        """Figures since the last call, in ms."""
        moments, self._moments = self._moments, []
        spans = sorted((after - before) * 1000 for before, after in pairwise(moments))
        return {
            "frames": len(spans),
            "median": round(statistics.median(spans), 1),
            "p95": round(spans[len(spans) * 95 // 100], 1),
            "longest": round(spans[-1], 1),
        }


class Bench:
    """The whole application on a settings folder of its own."""

    def __init__(
        self,
        sessions: SessionFactory = live_session,
        *,
        source: InputSettings | None = None,
        size: Size | None = None,
        stacks: bool = False,
    ) -> None:
        os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # as the program does
        self.qt = QApplication([])
        self.qt.setQuitOnLastWindowClosed(False)
        QDir.addSearchPath("icons", str(ICONS))
        folder = Path(tempfile.mkdtemp(prefix="window-"))
        wish = Preferences(responsible_use_accepted=True, first_run_done=True)
        build = wish.build if size is None else BuildSettings(size=size)
        wish = replace(wish, input=source or wish.input, build=build)
        PreferenceStore(folder / "preferences.json").save(wish)
        device = CameraSettings(device=f"stand-in:{folder / 'camera'}")
        dependencies = AppDependencies(folder, PublisherClient(device, folder=folder), sessions)
        self.gaps = Gaps(stacks=stacks)
        self.gaps.phase("up to the first paint")
        self.app = Application(self.qt, dependencies, LastLines())
        self.app.window.preview.view.painted.connect(
            lambda: self.gaps.phase("importing torch"), Qt.ConnectionType.QueuedConnection
        )
        self.stats: list[Stats] = []
        self.app.app_model.bridge.measured.connect(self.stats.append)

    def turn(self, seconds: float) -> None:
        """Let Qt work for so long."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def turn_until(self, reached: Callable[[], bool], timeout: float = 120.0) -> None:
        """Let Qt work until something is so."""
        until = time.monotonic() + timeout
        while not reached():
            if time.monotonic() > until:
                raise TimeoutError("it did not come to that")
            self.turn(0.01)

    def until_live(self) -> None:
        """Go live and wait for it."""
        self.app.app_model.go_live()
        self.turn_until(lambda: self.app.app_model.state.live)

    def until_off(self) -> None:
        """Stop and wait for it."""
        self.app.app_model.stop()
        self.turn_until(lambda: self.app.app_model.state.session is SessionState.OFF)

    def close(self) -> float:
        """End everything; the seconds it took."""
        begun = time.perf_counter()
        assert self.app.close()
        return time.perf_counter() - begun


@app.command()
def start(runs: int = 5) -> None:
    """Seconds from the process's birth to the first paint, each in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.window", "painted"]
    seconds = [
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(runs)
    ]
    median = statistics.median(seconds)
    conclude({"first_paint_s": seconds, "median_s": median}, within=median <= FIRST_PAINT_S)


@app.command(hidden=True)
def painted() -> None:
    """One start, for `start`."""
    bench = Bench()
    born = psutil.Process().create_time()
    bench.app.window.preview.view.painted.connect(lambda: print_since(born))
    bench.app.start()
    bench.turn(0.5)
    bench.close()
    os._exit(0)  # torch may be half imported


@app.command()
def live(
    seconds: float = 300.0,
    size: Annotated[str, typer.Option(help="At which the model works.")] = "512x512",
    picture: Annotated[Path | None, typer.Option(help="Keep a picture of the window.")] = None,
    *,
    stacks: Annotated[bool, typer.Option(help="Of long gaps; may crash.")] = False,
) -> None:
    """One evening in short: start, live on the demo, other styles, stop, close."""
    bench = Bench(size=parse_size(size), stacks=stacks)
    bench.app.start()
    bench.turn(SETTLE_S)
    bench.gaps.phase("going live")
    bench.until_live()
    bench.gaps.phase("live")
    bench.turn(seconds)
    if picture is not None:
        bench.gaps.phase("taking a picture")
        bench.app.window.grab().save(str(picture))
        bench.turn(SETTLE_S)
    bench.gaps.phase("other styles")
    for style in bench.app.app_model.styles[1:4]:
        bench.app.app_model.choose_style(style.name)
        bench.turn(3)
    bench.gaps.phase("stopping")
    bench.until_off()
    figures = bench.stats[-1]
    closed = bench.close()
    left = [thread.name for thread in threading.enumerate()[1:]]
    gaps = bench.gaps.phases
    quick = all(
        phase.longest_ms <= LONGEST_MS.get(name, LIMIT_MS)
        for name, phase in gaps.items()
        if name not in UNLIMITED
    )
    report = {"gaps": bench.gaps.report(), "close_s": closed, "threads": left}
    within = quick and closed <= CLOSING_S and not left
    conclude(report | {"stats": asdict(figures)}, within=within)


@app.command()
def pictures(
    seconds: float = 30.0,
    folder: Annotated[Path | None, typer.Option(help="Keep the pictures.")] = None,
) -> None:
    """The cost of the style wall's pictures for the stream during which they are made."""
    bench = Bench()
    bench.app.start()
    bench.turn(SETTLE_S)
    bench.until_live()
    clock = Clock()
    bench.app.app_model.bridge.send(AddSink(clock))
    bench.turn(seconds)
    usual = clock.take()
    given = bench.app.window.preview.view.input_picture
    begun = time.perf_counter()
    bench.app.previews.begin(given)
    bench.turn_until(lambda: len(bench.app.previews.pictures) == len(bench.app.app_model.styles))
    spent = time.perf_counter() - begun
    busy = clock.take()
    for style, picture in bench.app.previews.pictures.items():
        if folder is not None:
            picture.save(str(folder / f"{style}.png"))
    bench.until_off()
    bench.close()
    tell({"interval_ms": {"usual": usual, "beside": busy}, "pictures_s": round(spent, 1)})


@app.command()
def cycles(runs: int = 1000, built_in: bool = False) -> None:
    """Start and stop again and again; what is left of threads, files and memory."""
    bench = Bench(live_session) if built_in else Bench(stand_in_session, source=QUICK)
    bench.app.start()
    bench.turn(SETTLE_S)
    usual = max(3, runs // 20)
    for _ in range(usual):
        bench.until_live()
        bench.until_off()
    before = holdings()
    for _ in range(runs - usual):
        bench.until_live()
        bench.until_off()
    after = holdings()
    closed = bench.close()
    grown = {name: after[name] - before[name] for name in before}
    within = grown["threads"] <= 0 and grown["files"] <= 0 and grown["memory_mb"] < GROWN_MB
    told = {"runs": runs, "after_first": usual, "before": before, "after": after, "grown": grown}
    conclude(told | {"close_s": closed}, within=within and closed <= CLOSING_S)


def stand_in_session(listener: Callable[[Event], None]) -> LiveSession:
    """A session without a model."""
    return Session(listener, build_translator=StandIn)


def holdings() -> dict[str, float]:
    """What this process holds now."""
    gc.collect()
    process = psutil.Process()
    megabytes = process.memory_info().rss / 1e6
    return {"threads": process.num_threads(), "files": process.num_fds(), "memory_mb": megabytes}


def print_since(born: float) -> None:
    """Tell the parent process."""
    sys.stdout.write(f"{time.time() - born:.3f}\n")
    sys.stdout.flush()


def tell(figures: Mapping[str, object]) -> None:
    """Print as JSON."""
    typer.echo(json.dumps(figures, indent=2))


def conclude(figures: Mapping[str, object], *, within: bool) -> None:
    """Print with the verdict, which is the exit status, too."""
    tell({**figures, "within_limits": within})
    raise typer.Exit(0 if within else 1)


if __name__ == "__main__":
    app()
