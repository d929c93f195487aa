"""Pictures of every pane of the window, to be looked at: both themes, all languages, two sizes.

    python -m tests.benchmarks.gallery FOLDER [--only WORDS] [--language de] [--theme light]

Needs a display of at least 1300 x 900, such as Xvfb's. The stream is a stand-in that shows one
picture which the built-in model has made, so that every state can be held still.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PySide6.QtCore import QDir, QEventLoop, QPoint, QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine.accelerators import (
    COMPILE,
    EAGER,
    INT8,
    OPENVINO,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
    DeviceInfo,
    accelerator_info,
)
from engine.errors import SinkError, SourceError
from engine.events import Failed, Progress, ProgressKind, SessionState
from engine.frames import Pixels, Size, StyledFrame
from engine.session.session import Job, Session
from engine.settings import BUILT_IN, Blend, BuildSettings, InputSettings, LiveSettings
from engine.video.sinks.null import NullSink
from engine.video.sources.camera_list import CameraInfo
from engine.video.sources.demo import demo_source
from engine.virtual_camera.protocol import PublisherState, PublisherStatus
from gui.app import AppDependencies, Application
from gui.dialogs.first_run import FirstRunDialog
from gui.dialogs.settings.dialog import SettingsDialog
from gui.engine_link.compute_devices import HardwareQueries
from gui.features.placeholder_image import image_from, pixels_of
from gui.log_setup import LastLines
from gui.paths import ICONS
from gui.shell.dialog_manager import (
    ABOUT,
    FETCH,
    FIRST_STEPS,
    LOG,
    RESPONSIBLE_USE,
    SETTINGS,
    SHORTCUTS,
    WEBCAM,
)
from gui.state.preferences import Preferences, PreferenceStore, ThemeChoice
from gui.text.languages import LANGUAGES
from gui.widgets.latency_graph import LatencySample
from main import SPINS
from tests.gui.fakes import FakePublisher, FakeSession, stats

SIZES = ((1280, 800), (900, 600))
SETTLE_S = 0.3
WARM_UP = 9
NO_DEVICE = PublisherStatus(
    PublisherState.UNAVAILABLE,
    error=SinkError(
        "There is no right to write to {node}.",
        "Add yourself to the group: sudo usermod -aG video $USER, then log in again.",
        node="/dev/video10",
    ),
)

DEVICES = (
    DeviceInfo("cuda:0", "NVIDIA GeForce RTX 4090", 22_900_000_000),
    DeviceInfo("cpu", "CPU, 8 threads", 21_000_000_000),
)


def ways_of(build: BuildSettings) -> list[AcceleratorInfo]:
    """As on a computer that has everything."""
    shipped = build.model == BUILT_IN
    names = (EAGER, INT8, OPENVINO) if shipped else (EAGER, XFORMERS, COMPILE, TENSORRT)
    return [accelerator_info(name) for name in names]


def rate_of(build: BuildSettings, _steps: int) -> float | None:
    """As on a computer without a graphics card."""
    return None if build.model == BUILT_IN else 0.23


app = typer.Typer(help=__doc__, add_completion=False, rich_markup_mode=None)


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


class Studio:
    """The application on doubles, and the ways to bring it into a state."""

    def __init__(self, given: Pixels, styled: Pixels) -> None:
        self.given, self.styled = given, styled
        self.sessions: list[FakeSession] = []
        self.publisher = FakePublisher()
        folder = Path(tempfile.mkdtemp(prefix="gallery-"))
        os.environ["XDG_CONFIG_HOME"] = str(folder)
        wish = Preferences(responsible_use_accepted=True, first_run_done=True)
        PreferenceStore(folder / "preferences.json").save(wish)
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        dependencies = AppDependencies(
            folder,
            self.publisher,
            self._session,
            lambda _pixels, _frames: self._session,
            preload=lambda: None,
            hardware=HardwareQueries(lambda: DEVICES, ways_of, rate_of),
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
        self.turn(0.1)

    def off(self) -> None:
        """As after the start."""
        self.session.stop()
        self.app.app_model.panic(False)
        self.app.app_model.troubled.emit(None)
        self.app.pages.close_all()
        self.turn(0.1)

    def _session(self, listener: object) -> FakeSession:
        self.sessions.append(FakeSession(listener))  # type: ignore[arg-type]
        return self.sessions[-1]


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window. show: brings it about and gives what belongs on the picture.

    sizes: at which sizes of the window it is worth a look.
    """

    name: str
    show: Callable[[Studio], QWidget | None]
    sizes: tuple[tuple[int, int], ...] = SIZES


def scenes() -> Iterator[Scene]:
    """Everything there is to see."""
    yield Scene("off", lambda _app_model: None)
    yield Scene("live", lambda app_model: app_model.live())
    yield Scene("live-more", _more)
    yield Scene("blend-compare", _blend)
    yield Scene("warming-up", _warming_up)
    yield Scene("panic", _panic)
    yield Scene("trouble", _trouble)
    yield Scene("no-webcam", _no_webcam)
    for step, name in enumerate(("responsible", "camera", "style", "programs")):
        yield Scene(f"first-{step}-{name}", _first_steps(step))
    for tab, name in enumerate(("general", "on-air", "model")):
        yield Scene(f"settings-{name}", _settings(tab))
    yield Scene("settings-mark-off", _mark_off)
    yield Scene("settings-published", _published)
    yield Scene("settings-acceleration", _acceleration, SIZES[:1])
    for page in (WEBCAM, SHORTCUTS, LOG, RESPONSIBLE_USE, ABOUT):
        yield Scene(f"page-{page.replace(' ', '-')}", _page(page))
    yield Scene("page-webcam-missing", _webcam_missing)
    yield Scene("page-fetch", _fetch)
    wide = SIZES[:1]
    yield Scene("menu-main", _menu(lambda s: s.app.window.menu_button.menu()), wide)
    yield Scene("menu-looks", _presets, wide)
    yield Scene("menu-fit", _menu(lambda s: s.app.window.source.fit_button.menu()), wide)
    yield Scene("menu-on-air", _menu(lambda s: s.app.window.on_air.more.menu()), wide)
    yield Scene("menu-tray", _menu(lambda s: s.app.tray.menu), wide)
    yield Scene("list-inputs", _inputs, wide)
    yield Scene("list-windows", _windows, wide)


def _more(app_model: Studio) -> None:
    layout = app_model.app.app_model.preferences.layout
    app_model.app.app_model.change(layout=replace(layout, details_shown=True))
    app_model.live()


def _blend(app_model: Studio) -> None:
    live = app_model.app.app_model.preferences.live
    app_model.app.app_model.set_live(replace(live, blend=Blend("watercolour", 0.4)))
    app_model.live()
    app_model.app.window.preview.compare.setChecked(True)


def _warming_up(app_model: Studio) -> None:
    app_model.app.app_model.go_live()
    app_model.session.enter(SessionState.WARMING_UP)
    app_model.session.listener(Progress(ProgressKind.WARMING_UP, 5, 8))


def _panic(app_model: Studio) -> None:
    app_model.live()
    app_model.app.app_model.panic(True)


def _trouble(app_model: Studio) -> None:
    app_model.live()
    app_model.session.enter(SessionState.RECOVERING)
    error = SourceError(
        "The camera {camera} is in use by another program or does not answer.",
        "Close the other program, or unplug the camera and plug it in again.",
        camera="FaceTime HD Camera",
    )
    app_model.session.listener(Failed(error, recovering=True))


def _no_webcam(app_model: Studio) -> None:
    app_model.publisher.answer = NO_DEVICE
    app_model.app.camera.refresh()


def _first_steps(step: int) -> Callable[[Studio], QWidget]:
    def show(app_model: Studio) -> QWidget:
        app_model.app.app_model.change(
            responsible_use_accepted=step > 0, input=InputSettings("demo")
        )
        dialog = app_model.app.pages.open(FIRST_STEPS, app_model.window)
        assert isinstance(dialog, FirstRunDialog)
        for _ in range(step - 1):
            dialog.next.click()
        if step == 1:
            picker = dialog.camera.picker
            picker.setCurrentIndex(picker.count() - 1)
            picker.activated.emit(picker.currentIndex())
            app_model.turn(1.0)
        if step == 2:
            dialog.style_page.speed_test.measured.emit(21.4)
        return dialog

    return show


def _settings(tab: int) -> Callable[[Studio], QWidget]:
    def show(app_model: Studio) -> QWidget:
        dialog = app_model.app.pages.open(SETTINGS, app_model.window)
        assert isinstance(dialog, SettingsDialog)
        dialog.tabs.setCurrentIndex(tab)
        return dialog

    return show


def _mark_off(app_model: Studio) -> QWidget:
    dialog = _settings(1)(app_model)
    assert isinstance(dialog, SettingsDialog)
    dialog.on_air.mark.shown.click()
    return dialog


def _published(app_model: Studio) -> QWidget:
    published = next(m for m in app_model.app.app_model.catalog.models if not m.shipped)
    build = app_model.app.app_model.preferences.build
    app_model.app.app_model.set_build(replace(build, model=published.name))
    return _settings(2)(app_model)


def _acceleration(app_model: Studio) -> QWidget:
    dialog = _published(app_model)
    assert isinstance(dialog, SettingsDialog)
    app_model.turn()
    dialog.engine.accelerator.showPopup()
    return dialog


def _fetch(app_model: Studio) -> QWidget:
    _published(app_model)
    app_model.app.pages.close_all()
    return app_model.app.pages.open(FETCH, app_model.window)


def _page(name: str) -> Callable[[Studio], QWidget]:
    return lambda app_model: app_model.app.pages.open(name, app_model.window)


def _webcam_missing(app_model: Studio) -> QWidget:
    _no_webcam(app_model)
    dialog = app_model.app.pages.open(WEBCAM, app_model.window)
    app_model.turn(2)
    return dialog


def _menu(find: Callable[[Studio], QMenu]) -> Callable[[Studio], QWidget]:
    def show(app_model: Studio) -> QWidget:
        menu = find(app_model)
        menu.popup(QPoint(80, 120))
        return menu

    return show


def _presets(app_model: Studio) -> QWidget:
    presets = app_model.app.window.controls.presets
    presets.save("Late evening")
    presets.save("Chalk talk")
    return _menu(lambda _app_model: presets.menu())(app_model)


def _inputs(app_model: Studio) -> None:
    app_model.app.window.source.source.showPopup()


def _windows(app_model: Studio) -> QWidget:
    menu = app_model.app.window.source.windows
    menu.ask(QPoint(80, 120))
    return menu


def picture_of(app_model: Studio, upon: QWidget | None) -> QImage:
    """The window and what lies on it, as it is on the screen."""
    window = app_model.window
    area = QRect(window.pos(), window.size())
    if upon is not None:
        area = area.united(upon.frameGeometry())
    screen = window.screen().grabWindow(0, area.x(), area.y(), area.width(), area.height())
    return screen.toImage()


def take(app_model: Studio, scene: Scene, size: tuple[int, int], path: Path) -> None:
    """One picture of one scene; everything is as before afterwards."""
    before, answer = app_model.app.app_model.preferences, app_model.publisher.answer
    app_model.window.setGeometry(0, 0, *size)
    app_model.turn()
    upon = scene.show(app_model)
    app_model.turn()
    picture_of(app_model, upon).save(str(path))
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    app_model.publisher.answer = answer
    app_model.app.camera.refresh()
    app_model.app.window.preview.compare.setChecked(False)
    app_model.off()
    app_model.app.app_model.set_live(before.live)
    app_model.app.app_model.change(
        **{name: getattr(before, name) for name in ("build", "layout", "input", "live", "mark")},
        responsible_use_accepted=True,
    )


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")],
    only: Annotated[str, typer.Option(help="Scenes whose name has this.")] = "",
    language: Annotated[str, typer.Option(help="This language alone.")] = "",
    theme: Annotated[str, typer.Option(help="This theme alone: dark or light.")] = "",
    size: Annotated[str, typer.Option(help="This width alone.")] = "",
) -> None:
    """Take the pictures."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    folder.mkdir(parents=True, exist_ok=True)
    QApplication([]).setQuitOnLastWindowClosed(False)
    QDir.addSearchPath("icons", str(ICONS))
    app_model = Studio(*(np.ascontiguousarray(part) for part in stream_pictures(folder)))
    for dress in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        for code in LANGUAGES:
            if (theme or dress.value) != dress.value or (language or code) != code:
                continue
            app_model.app.app_model.change(theme=dress, language=code)
            app_model.turn(0.5)
            for scene in scenes():
                for width, height in scene.sizes:
                    if only in scene.name and size in ("", str(width)):
                        name = f"{scene.name}-{dress.value}-{code}-{width}.png"
                        take(app_model, scene, (width, height), folder / name)
    app_model.app.close()


if __name__ == "__main__":
    app()
