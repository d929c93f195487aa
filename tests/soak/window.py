"""One part of the run, in a process of its own: the window, its faults, and what was measured.

    python -m tests.soak.window FOLDER MINUTES FAULT_EVERY RECORDING(0 or 1) ONLY

FOLDER is the user's home of this run, ONLY a part of the faults' names; the report is written to
FOLDER/report.json.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QDir, QTimer
from PySide6.QtWidgets import QApplication

from engine.settings import BuildSettings, InputSettings
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings
from engine.virtual_camera.runtime_dir import runtime_dir
from gui.app import AppDependencies, Application
from gui.engine_link.garbage import GarbageCollection
from gui.features.placeholder_image import draw_placeholder
from gui.log_setup import start_logging
from gui.paths import ICONS
from gui.state.preferences import CameraFormat, Preferences, PreferenceStore
from tests.engine.virtual_camera.helpers import publishers
from tests.soak.desk import Desk, NeverHappenedError
from tests.soak.faults import (
    CAMERA,
    EITHER,
    ENGINE,
    FAULTS,
    FPS,
    PICTURE,
    Fault,
    folder_full,
    mounted,
)
from tests.soak.reader import CameraReader, MarkFinder
from tests.soak.resources import Sample, usage_of

LOOK_MS, SAMPLE_MS = 25, 5000
BACK_WITHIN = 30.0
"""Seconds until the styled picture must be on air again; a busy computer starts slowly."""
_EVERY_NTH = 15
_ALIKE = 0.6
_RETRY_S = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fault. blanked, back: seconds until the placeholder was sent, and, from the
    end of the fault, until the styled picture was. problem: what did not happen, or "".
    """

    fault: str
    at: float
    blanked: float | None
    back: float | None
    problem: str


class Errors(logging.Handler):
    """Keeps the first words of what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage()[:200])


class Part:
    """The script of one run. Everything happens on the GUI thread."""

    def __init__(self, desk: Desk, *, recording: bool) -> None:
        self._desk, self._recording = desk, recording
        self.began = time.monotonic()
        self.samples: list[Sample] = []
        self.outcomes: list[Outcome] = []
        self.films: list[str] = []
        desk.app.recordings.recording_saved.connect(self.films.append)

    def run(self, seconds: float, fault_every: float, faults: tuple[Fault, ...]) -> None:
        """Go live, then cause the faults in turn, one every so many seconds."""
        self._desk.go_live()
        self.began = time.monotonic()
        number = 0
        while (due := (number + 1) * fault_every) < seconds:
            self._record_if_wanted()
            self._desk.pause(max(0.0, self.began + due - time.monotonic()))
            self.outcomes.append(self._cause(faults[number % len(faults)]))
            number += 1
        self._desk.pause(max(0.0, self.began + seconds - time.monotonic()))
        self._end_recording()

    def sample(self) -> None:
        """Note what both processes use."""
        own = usage_of(os.getpid())
        found = publishers(self._desk.folder)
        assert own is not None
        publisher = usage_of(found[0]) if found else None
        self.samples.append(Sample(round(time.monotonic() - self.began, 1), own, publisher))

    def _cause(self, fault: Fault) -> Outcome:
        desk = self._desk
        desk.since = time.monotonic()
        at, problem, back = round(desk.since - self.began, 1), "", None
        try:
            fault.cause(desk)
            ended = time.monotonic()
            back = desk.until(
                lambda: desk.reader.styled_since(ended) and desk.state.live,
                "the styled picture is on air again", BACK_WITHIN,
            )  # fmt: skip
        except NeverHappenedError as error:
            problem = str(error)
            self._put_right()
        blanked = desk.reader.first_placeholder(desk.since)
        problem = problem or _wrong(fault, blanked)
        return Outcome(fault.name, at, blanked, back, problem)

    def _put_right(self) -> None:
        """After a fault that was not recovered from: so that the next one says something."""
        desk = self._desk
        desk.reader.raw_allowed_until = min(desk.reader.raw_allowed_until, time.monotonic())
        desk.app.app_model.show_original(False)
        desk.app.app_model.panic(False)
        desk.pause(_RETRY_S)
        if not desk.state.running:
            desk.app.app_model.set_input(InputSettings("demo"))
            desk.app.app_model.go_live()

    def _record_if_wanted(self) -> None:
        state = self._desk.state
        if self._recording and state.live and not state.recording:
            self._desk.click(self._desk.app.window.status.buttons.record)

    def _end_recording(self) -> None:
        if self._desk.state.recording:
            self._desk.click(self._desk.app.window.status.buttons.record)
            self._desk.until(lambda: not self._desk.state.recording, "the recording is saved", 30)


def _wrong(fault: Fault, blanked: float | None) -> str:
    """What is wrong with the time until the placeholder, or ""."""
    within = fault.blanked_within
    if within is None and blanked is not None:
        return f"a placeholder after {blanked:.2f} s"
    if within is not None and within < EITHER and (blanked is None or blanked > within):
        return f"the placeholder came after {blanked} s"
    return ""


def look_at_film(path: Path) -> dict[str, object]:
    """What a recording holds: its frames, its seconds, and pictures without the AI mark among
    every fifteenth.
    """
    frames = unmarked = 0
    last = 0.0
    mark = MarkFinder(PICTURE, PICTURE)
    with av.open(str(path)) as film:
        for number, frame in enumerate(film.decode(video=0)):
            frames, last = number + 1, frame.time or 0.0
            if number % _EVERY_NTH == 0:
                luma = frame.to_ndarray(format="gray").astype(np.float32)
                unmarked += mark.likeness(luma) < _ALIKE
    return {"file": path.name, "mb": round(path.stat().st_size / 1e6, 1), "frames": frames,
            "seconds": round(last, 1), "unmarked": int(unmarked)}  # fmt: skip


def open_window(home: Path, qt: QApplication) -> Desk:
    """The program as a user has it after the first steps, on a stand-in camera."""
    settings = home / "settings"
    PreferenceStore(settings / "preferences.json").save(Preferences(
        input=InputSettings("demo"), build=BuildSettings(size=ENGINE), automatic_size=False,
        camera=CameraFormat(CAMERA, FPS), folder=str(home / "films"),
        responsible_use_accepted=True, first_run_done=True,
    ))  # fmt: skip
    log = start_logging()
    GarbageCollection(qt)
    QDir.addSearchPath("icons", str(ICONS))
    client = PublisherClient(CameraSettings(CAMERA, FPS, device=f"stand-in:{home / 'camera'}"))
    app = Application(qt, AppDependencies(settings, client), log)
    reader = CameraReader(home / "camera", CAMERA, PICTURE)
    reader.learn_placeholder(draw_placeholder(app.app_model.preferences.placeholder))
    return Desk(app, reader, runtime_dir())


def run_script(qt: QApplication, part: Part, desk: Desk, plan: Callable[[], None]) -> list[str]:
    """Run the window with a plan; what went wrong besides the faults."""
    looking, sampling = QTimer(interval=LOOK_MS), QTimer(interval=SAMPLE_MS)
    looking.timeout.connect(desk.reader.look)
    sampling.timeout.connect(part.sample)
    trouble: list[str] = []

    def script() -> None:
        looking.start()
        sampling.start()
        try:
            plan()
        except NeverHappenedError as error:
            trouble.append(str(error))
        sampling.stop()
        if not desk.app.close():
            trouble.append("something did not end in time")
        qt.quit()

    desk.app.start()
    QTimer.singleShot(0, script)
    qt.exec()
    return trouble


def main() -> None:
    home, minutes = Path(sys.argv[1]), float(sys.argv[2])
    fault_every, recording = float(sys.argv[3]), sys.argv[4] == "1"
    faults = tuple(fault for fault in FAULTS if sys.argv[5] in fault.name)
    if not mounted(Path(os.environ["XDG_RUNTIME_DIR"])):
        faults = tuple(fault for fault in faults if fault.cause is not folder_full)
    qt, errors = QApplication(sys.argv[:1]), Errors()
    desk = open_window(home, qt)
    logging.getLogger().addHandler(errors)
    part, reader = Part(desk, recording=recording), desk.reader
    trouble = run_script(qt, part, desk, lambda: part.run(60 * minutes, fault_every, faults))
    (home / "report.json").write_text(json.dumps({
        "minutes": minutes, "recording": recording, "fault_every": fault_every,
        "kinds": len(faults), "trouble": trouble, "platform": qt.platformName(),
        "pictures_sent": reader.sent, "raw_unwanted": reader.unwanted,
        "pictures_looked_at": {kind.value: number for kind, number in reader.seen.items()},
        "faults": [asdict(outcome) for outcome in part.outcomes],
        "films": [look_at_film(Path(film)) for film in part.films],
        "errors_logged": errors.words[:50],
        "samples": [asdict(sample) for sample in part.samples],
    }, indent=1))  # fmt: skip
    logging.shutdown()
    os._exit(0)  # a thread that is inside a library is not waited for


if __name__ == "__main__":
    main()
