"""The application on doubles, to be brought into every state that is worth a picture."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from engine.accelerators import (
    COMPILE,
    EAGER,
    OPENVINO,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
    DeviceInfo,
    accelerator_info,
)
from engine.errors import SinkError
from engine.events import Event
from engine.frames import Pixels, Size, StyledFrame
from engine.session.session import Job, Session
from engine.settings import BUILT_IN, BuildSettings, InputSettings, LiveSettings
from engine.video.sinks.null import NullSink
from engine.video.sources.camera_list import CameraInfo
from engine.video.sources.demo import demo_source
from engine.virtual_camera.protocol import OnAir, PublisherState, PublisherStatus
from gui.app import AppDependencies, Application
from gui.engine_link.compute_devices import HardwareQueries
from gui.features.placeholder_image import image_from, pixels_of
from gui.log_setup import LastLines
from gui.state.preferences import Preferences, PreferenceStore, ThemeChoice
from gui.widgets.latency_graph import LatencySample
from tests.gui.fakes import FakePublisher, FakeSession, stats

SETTLE_S = 0.3
WARM_UP = 9
NO_DEVICE = PublisherStatus(
    PublisherState.UNAVAILABLE,
    error=SinkError(
        "You have no permission to write to {node}.",
        "Add yourself to the group: sudo usermod -aG video $USER, then log in again.",
        node="/dev/video10",
    ),
)

DEVICES = (
    DeviceInfo("cuda:0", "NVIDIA GeForce RTX 4090", 22_900_000_000),
    DeviceInfo("cpu", "CPU, 8 threads", 21_000_000_000),
)


def accelerators_of(build: BuildSettings) -> list[AcceleratorInfo]:
    """As on a computer that has everything."""
    shipped = build.model == BUILT_IN
    names = (EAGER, OPENVINO) if shipped else (EAGER, XFORMERS, COMPILE, TENSORRT)
    return [accelerator_info(name) for name in names]


def cpu_fps_of(build: BuildSettings, _steps: int) -> float | None:
    """As on a computer without a graphics card."""
    return None if build.model == BUILT_IN else 0.23


class Last(NullSink):
    """Keeps the last picture."""

    pixels: Pixels | None = None

    def send(self, frame: StyledFrame) -> None:
        super().send(frame)
        self.pixels = frame.pixels


def stream_pictures(folder: Path) -> tuple[Pixels, Pixels]:
    """(the demo's first picture, what the built-in model makes of it), made once for a folder."""
    source = demo_source(Size(512, 512), frames=1, live=False)
    source.open()
    given = source.read()
    source.close()
    assert given is not None
    kept = folder / "styled.png"
    if not kept.exists():
        sink = Last()
        session = Session(lambda _event: None)
        job = Job(InputSettings("demo"), BuildSettings(), LiveSettings(), (sink,), frames=WARM_UP)
        session.start(replace(job, realtime=False))
        session.wait()
        assert sink.pixels is not None
        image_from(sink.pixels).save(str(kept))
    return given.pixels, pixels_of(QImage(str(kept)))


class Stage:
    """The application on doubles, and the ways to bring it into a state."""

    def __init__(self, given: Pixels, styled: Pixels) -> None:
        self.given, self.styled = given, styled
        self.sessions: list[FakeSession] = []
        self.publisher = FakePublisher()
        folder = Path(tempfile.mkdtemp(prefix="gallery-"))
        os.environ["XDG_CONFIG_HOME"] = str(folder)
        preferences = Preferences(responsible_use_accepted=True, first_run_done=True)
        PreferenceStore(folder / "preferences.json").save(preferences)
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        dependencies = AppDependencies(
            folder,
            self.publisher,
            self._session,
            lambda _pixels, _frames: self._session,
            preload=lambda: None,
            hardware=HardwareQueries(lambda: DEVICES, accelerators_of, cpu_fps_of),
        )
        self.app = Application(qt, dependencies, LastLines())
        self.app.cameras._lister = lambda: [CameraInfo(0, "FaceTime HD Camera", "")]
        self.app.start()
        self.turn()

    @property
    def window(self) -> QWidget:
        """The window of the present language."""
        return self.app.window

    @property
    def session(self) -> FakeSession:
        """The window's own session."""
        return self.sessions[0]

    def turn(self, seconds: float = SETTLE_S) -> None:
        """Let Qt work for so long."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def appear(self, theme: ThemeChoice, language: str) -> None:
        """In this theme and language."""
        self.app.app_model.update(lambda p: replace(p, theme=theme, language=language))
        self.turn(0.5)

    def live(self) -> None:
        """On air with a picture and figures."""
        self.app.app_model.go_live()
        self.session.go_live()
        self.turn(0.1)
        now = time.monotonic()
        for quarter in range(40):
            uneven = quarter * 7 % 5 + quarter * 3 % 4
            moment = LatencySample(now - 10 + quarter / 4, 8, 50 + uneven, 8, 78 + uneven)
            self.app.window.status.meter.graph.add(moment)
        self.session.listener(stats())
        self.session.show(self.styled, self.given)
        self.publisher.answer = replace(self.publisher.answer, on_air=OnAir.STYLED, watched=True)
        self.app.camera.refresh()
        self.turn(0.1)

    def off(self) -> None:
        """As after the start."""
        self.session.stop()
        self.app.app_model.panic(False)
        self.app.app_model.troubled.emit(None)
        self.app.dialogs.close_all()
        self.turn(0.1)

    def _session(self, listener: Callable[[Event], None]) -> FakeSession:
        self.sessions.append(FakeSession(listener))
        return self.sessions[-1]
