"""A show's evening: the real program live, operated without its window, judged by other programs.

    python -m tests.evening 30 --report evening.json

Under Xvfb and a PipeWire of its own: the styles are changed by OSC every second, a panic is pressed
ten times by a key that works in every program, and at the end clicks and flashes tell how far sound
and picture are apart. Fails if a picture without the AI mark was neither a placeholder, if a panic
lets more than one styled picture through, if sound is heard during one, if the picture does not
come back, or if sound and picture are 20 ms apart or more.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from PySide6.QtGui import QGuiApplication
from rich.console import Console

from engine.control.settings import OscSettings
from engine.microphone.streams import NODE_NAME
from engine.settings import parse_size
from gui.features.placeholder_image import draw_placeholder
from gui.state.preferences import Placeholder
from tests.engine.virtual_camera.helpers import end_publishers, wait_until
from tests.evening.audience import Audience, delay_between
from tests.evening.program import Osc, Program, save_preferences, style_names
from tests.evening.show import Panic, Show
from tests.evening.stage import SIZE, Keyboard, Stage
from tests.pipewire.conftest import Desktop
from tests.pipewire.readers import node_id
from tests.pipewire.sound import MADE_UP, Listener, spoken_clicks
from tests.soak.reader import Seen
from tests.soak.surroundings import private_home, screen, user_folders

PANICS = 10
STARTS_WITHIN = 180.0
LISTENS_FOR = 90.0
MOST_APART_MS = 20.0
GAPS = (0.5, 0.83, 0.61, 1.07, 0.71, 0.92)
CLICK_RATE = 8000
_PORTS = OscSettings(on=True, receives=19_000, sends=19_001)


@dataclass(frozen=True, slots=True)
class Evening:
    """What was measured. offset_ms: sound after picture. ended: seconds until the program had
    ended, None where it had to be killed.
    """

    minutes: float
    engine: str
    load: float
    styles_sent: int
    pictures: dict[str, int]
    panics: list[Panic]
    fps: float
    latency_ms: float
    picture_ms: float
    sound_ms: float
    flashes: int
    clicks: int
    ended: float | None

    @property
    def offset_ms(self) -> float:
        """How much later than the picture the sound comes."""
        return self.sound_ms - self.picture_ms

    def problems(self) -> list[str]:
        """Everything that should not be."""
        found = [f"panic {number}: {problem}" for number, panic in enumerate(self.panics, 1)
                 for problem in panic.problems()]  # fmt: skip
        if self.pictures.get(Seen.RAW.value):
            found.append(f"{self.pictures[Seen.RAW.value]} raw pictures")
        if abs(self.offset_ms) >= MOST_APART_MS:
            found.append(f"sound and picture are {self.offset_ms:.1f} ms apart")
        if self.ended is None:
            found.append("the program did not end when asked to")
        return found


def evening(
    minutes: Annotated[float, typer.Argument(help="Of the whole show.")] = 30,
    engine: Annotated[str, typer.Option(help="The engine's size.")] = "256x144",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Play the evening, and say whether everything held."""
    console = Console(width=120)
    with private_home() as home, screen() as variables:
        os.environ.update({**variables, **user_folders(home), "QT_QPA_PLATFORM": "offscreen"})
        for name in ("PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        qt = QGuiApplication([])  # the placeholder has letters
        measured = play(home, minutes, engine)
        del qt
    if report is not None:
        found = {**asdict(measured), "offset_ms": measured.offset_ms}
        report.write_text(json.dumps(found, indent=1) + "\n")
    _tell(console, measured)
    raise typer.Exit(1 if measured.problems() else 0)


def play(home: Path, minutes: float, engine: str) -> Evening:
    """Everything from the first click to the last."""
    load, began = os.getloadavg()[0], time.monotonic()
    with ExitStack() as stack:
        runtime = Path(os.environ["XDG_RUNTIME_DIR"])
        stack.callback(lambda: end_publishers(runtime / "live2diff-camera"))
        stack.enter_context(closing(Desktop(runtime)))
        stage = stack.enter_context(closing(Stage()))
        keyboard = stack.enter_context(closing(Keyboard()))
        stack.enter_context(
            spoken_clicks(home, round(60 * minutes + 3 * STARTS_WITHIN), GAPS, CLICK_RATE)
        )
        save_preferences(home, parse_size(engine), _PORTS)
        osc = stack.enter_context(closing(Osc(_PORTS)))
        program = Program(home / "program.log")
        try:
            measured = _play(stack, program, osc, stage, keyboard, began + 60 * minutes)
        finally:
            ended = program.quit()
        return Evening(minutes=minutes, engine=engine, load=load, ended=ended, **measured)


def _play(
    stack: ExitStack, program: Program, osc: Osc, stage: Stage, keyboard: Keyboard, until: float
) -> dict[str, Any]:
    wait_until(lambda: "session" in osc.told, STARTS_WITHIN)
    wait_until(lambda: node_id("live2diff-camera") > 0, STARTS_WITHIN)
    audience = stack.enter_context(closing(Audience(SIZE, draw_placeholder(Placeholder()))))
    osc.send("live")
    wait_until(lambda: audience.seen[Seen.STYLED] > 0, STARTS_WITHIN)
    wait_until(lambda: node_id(NODE_NAME) > 0, STARTS_WITHIN)
    heard = stack.enter_context(closing(Listener(NODE_NAME)))
    show = stack.enter_context(closing(Show(program, osc, audience, keyboard, heard)))
    show.change_styles(style_names())
    panics = show.panics(PANICS, until - LISTENS_FOR)
    direct = stack.enter_context(closing(Listener(MADE_UP)))
    since = time.monotonic()
    time.sleep(max(LISTENS_FOR, until - since))
    flashes = [at for at in stage.flashes if at > since]
    figures = osc.figures[len(osc.figures) // 4 :]
    return {
        "panics": panics, "styles_sent": show.styles_sent,
        "pictures": {kind.value: count for kind, count in audience.seen.items()},
        "fps": median(fps for fps, _ in figures), "latency_ms": median(late for _, late in figures),
        "picture_ms": 1000 * delay_between(flashes, audience.flashes),
        "sound_ms": 1000 * delay_between(direct.clicks, heard.clicks),
        "flashes": len(flashes), "clicks": len(direct.clicks),
    }  # fmt: skip


def _tell(console: Console, evening: Evening) -> None:
    hidden = [panic.hidden_ms for panic in evening.panics if panic.hidden_ms is not None]
    console.print(
        f"{evening.minutes:g} minutes at {evening.engine}: {evening.fps:.1f} frames/s, "
        f"{evening.latency_ms:.0f} ms (load before: {evening.load:.1f})"
    )
    console.print(f"{evening.styles_sent} changes of style; pictures seen: {evening.pictures}")
    if hidden:
        styled = max(panic.styled_after for panic in evening.panics)
        console.print(
            f"{len(evening.panics)} panics: placeholder seen after {median(hidden):.0f} ms "
            f"(at most {max(hidden):.0f}), styled pictures after the key: at most {styled}"
        )
    console.print(
        f"picture late by {evening.picture_ms:.0f} ms ({evening.flashes} flashes), sound by "
        f"{evening.sound_ms:.0f} ms ({evening.clicks} clicks): {evening.offset_ms:+.1f} ms"
    )
    for problem in evening.problems():
        console.print(f"[red]{problem}")


if __name__ == "__main__":
    typer.run(evening)
