"""Screenshots of every pane and dialog, to look at: both themes, all languages, three sizes.

    python -m tests.benchmarks.gallery FOLDER [--only WORDS] [--language de] [--theme light]

On a display of at least 1300 x 900, such as Xvfb's, menus are on the pictures too; with
`QT_QPA_PLATFORM=offscreen` the window and its dialogs are. The stream is a fake that shows one
picture made by the built-in model, so that every state can be held.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PySide6.QtCore import QDir, QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine.errors import SourceError
from engine.events import Failed, Progress, ProgressKind, SessionState
from engine.remote.address import parse_address
from engine.remote.engines import Reached
from engine.remote.pinned_http import Door
from engine.settings import Blend, InputSettings
from engine.virtual_camera.protocol import CameraKind
from gui.dialogs.control.dialog import RemoteControlDialog
from gui.dialogs.first_run.dialog import FirstRunDialog
from gui.dialogs.kinds import DialogKind
from gui.dialogs.settings.dialog import SettingsDialog
from gui.dialogs.settings.pair_engine import PairEngineDialog
from gui.dialogs.streaming.dialog import StreamingDialog
from gui.paths import ICONS
from gui.state.preferences import ThemeChoice
from gui.text.languages import LANGUAGES
from main import SPINS
from tests.benchmarks.gallery_stage import NO_DEVICE, Stage, stream_pictures

SIZES = ((1280, 800), (900, 600), (640, 480))
PLAIN_DIALOGS = (
    DialogKind.WEBCAM,
    DialogKind.SHORTCUTS,
    DialogKind.LOG,
    DialogKind.CHECK_FILE,
    DialogKind.RESPONSIBLE_USE,
    DialogKind.ABOUT,
)

app = typer.Typer(help=__doc__, add_completion=False, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window. show: brings it about and gives what belongs on the picture.

    sizes: at which sizes of the window it is worth a look.
    """

    name: str
    show: Callable[[Stage], QWidget | None]
    sizes: tuple[tuple[int, int], ...] = SIZES


def scenes() -> Iterator[Scene]:
    """Everything there is to see."""
    yield Scene("off", lambda _stage: None)
    yield Scene("live", lambda stage: stage.live())
    yield Scene("live-more", _more)
    yield Scene("blend-compare", _blend)
    yield Scene("loading", _progress(SessionState.STARTING, ProgressKind.LOADING_MODEL))
    yield Scene("compiling", _progress(SessionState.STARTING, ProgressKind.COMPILING))
    yield Scene("measuring", _progress(SessionState.STARTING, ProgressKind.MEASURING))
    yield Scene("warming-up", _progress(SessionState.WARMING_UP, ProgressKind.WARMING_UP))
    yield Scene("panic", _panic)
    yield Scene("trouble", _trouble)
    yield Scene("no-webcam", _no_webcam)
    for step, name in enumerate(("responsible", "camera", "style", "webcam", "programs")):
        yield Scene(f"first-{step}-{name}", _first_run(step))
    yield Scene("first-1-asked", _first_run(1, shows_demo=False))
    for tab, name in enumerate(("general", "output", "model")):
        yield Scene(f"settings-{name}", _settings(tab))
    yield Scene("settings-mark-off", _mark_off)
    yield Scene("settings-published", _published)
    yield Scene("settings-acceleration", _acceleration, SIZES[:1])
    yield Scene("pair-engine", _pair_engine, SIZES[:1])
    for tab, name in enumerate(("microphone", "obs", "broadcast")):
        yield Scene(f"streaming-{name}", _tab(DialogKind.STREAMING, tab), SIZES[:1])
    for tab, name in enumerate(("phone", "osc", "midi", "keys")):
        yield Scene(f"control-{name}", _tab(DialogKind.REMOTE_CONTROL, tab), SIZES[:1])
    yield Scene("cues", _cues, SIZES[:1])
    for kind in PLAIN_DIALOGS:
        yield Scene(f"dialog-{kind.value.replace(' ', '-')}", _dialog(kind))
    yield Scene("dialog-webcam-missing", _webcam_missing)
    yield Scene("dialog-model-download", _model_download)
    wide = SIZES[:1]
    yield Scene("menu-main", _menu(lambda s: s.app.window.menu_button.menu()), wide)
    yield Scene("menu-presets", _presets, wide)
    yield Scene("menu-fit", _menu(lambda s: s.app.window.source.fit_button.menu()), wide)
    yield Scene("menu-on-air", _menu(lambda s: s.app.window.on_air.more.menu()), wide)
    yield Scene("menu-tray", _menu(lambda s: s.app.interface.tray.menu), wide)
    yield Scene("list-inputs", _inputs, wide)
    yield Scene("list-windows", _windows, wide)


def _more(stage: Stage) -> None:
    layout = stage.app.app_model.preferences.layout
    stage.app.app_model.update(lambda p: replace(p, layout=replace(layout, details_shown=True)))
    stage.live()


def _blend(stage: Stage) -> None:
    live = stage.app.app_model.preferences.live
    stage.app.app_model.set_live(replace(live, blend=Blend("watercolour", 0.4)))
    stage.live()
    stage.app.window.preview.compare.setChecked(True)


def _progress(state: SessionState, kind: ProgressKind) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.app.app_model.go_live()
        stage.session.enter(state)
        stage.session.listener(Progress(kind, 5, 10))

    return show


def _panic(stage: Stage) -> None:
    stage.live()
    stage.app.app_model.panic(True)


def _trouble(stage: Stage) -> None:
    stage.live()
    stage.session.enter(SessionState.RECOVERING)
    error = SourceError(
        "The camera {camera} is in use by another program or does not answer.",
        "Close the other program, or unplug the camera and plug it in again.",
        camera="FaceTime HD Camera",
    )
    stage.session.listener(Failed(error, recovering=True))


def _no_webcam(stage: Stage) -> None:
    stage.publisher.answer = NO_DEVICE
    stage.app.camera.refresh()


def _first_run(step: int, *, shows_demo: bool = True) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.publisher.answer = replace(
            stage.publisher.answer, kinds=frozenset({CameraKind.PIPEWIRE})
        )
        stage.app.camera.refresh()
        stage.app.app_model.update(
            lambda p: replace(p, responsible_use_accepted=step > 0, input=InputSettings("demo"))
        )
        dialog = stage.app.interface.open_dialog(DialogKind.FIRST_RUN)
        assert isinstance(dialog, FirstRunDialog)
        for _ in range(step - 1):
            dialog.next.click()
        if step == 1 and shows_demo:
            picker = dialog.camera.picker
            picker.setCurrentIndex(picker.count() - 1)
            picker.activated.emit(picker.currentIndex())
            stage.turn(1.0)
        if step == 2:
            dialog.style_page.speed_check.measured.emit(21.4)
        if step == 3:
            stage.turn(0.5)  # until it is known what can be set up
        return dialog

    return show


def _settings(tab: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        dialog = stage.app.interface.open_dialog(DialogKind.SETTINGS)
        assert isinstance(dialog, SettingsDialog)
        dialog.tabs.setCurrentIndex(tab)
        return dialog

    return show


def _tab(kind: DialogKind, tab: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        dialog = stage.app.interface.open_dialog(kind)
        assert isinstance(dialog, StreamingDialog | RemoteControlDialog)
        dialog.tabs.setCurrentIndex(tab)
        return dialog

    return show


def _cues(stage: Stage) -> QWidget:
    if not stage.app.cues.cues.cues:
        stage.app.cues.add("Welcome", 2.0)
        stage.app.cues.add("Song", 6.0)
    return stage.app.interface.open_dialog(DialogKind.CUES)


def _mark_off(stage: Stage) -> QWidget:
    dialog = _settings(1)(stage)
    assert isinstance(dialog, SettingsDialog)
    dialog.output.watermark.shown.click()
    return dialog


def _published(stage: Stage) -> QWidget:
    published = next(m for m in stage.app.app_model.catalog.models if not m.shipped)
    build = stage.app.app_model.preferences.build
    stage.app.app_model.set_build(replace(build, model=published.name))
    return _settings(2)(stage)


def _acceleration(stage: Stage) -> QWidget:
    dialog = _published(stage)
    assert isinstance(dialog, SettingsDialog)
    stage.turn()
    dialog.engine.accelerator.showPopup()
    return dialog


def _pair_engine(stage: Stage) -> QWidget:
    """As after a pairing."""
    elsewhere = stage.app.elsewhere
    dialog = PairEngineDialog(elsewhere, _settings(2)(stage))
    dialog.address.setText("https://192.168.1.20:8733")
    dialog.open()
    door = Door(parse_address(dialog.address.text()), "5f1ca81e4907e3f7" * 4, "token")
    elsewhere.reached.emit(Reached(door, stage.app.app_model.catalog))
    return dialog


def _model_download(stage: Stage) -> QWidget:
    _published(stage)
    stage.app.dialogs.close_all()
    return stage.app.interface.open_dialog(DialogKind.MODEL_DOWNLOAD)


def _dialog(kind: DialogKind) -> Callable[[Stage], QWidget]:
    return lambda stage: stage.app.interface.open_dialog(kind)


def _webcam_missing(stage: Stage) -> QWidget:
    _no_webcam(stage)
    dialog = stage.app.interface.open_dialog(DialogKind.WEBCAM)
    stage.turn(2)
    return dialog


def _menu(find: Callable[[Stage], QMenu]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        menu = find(stage)
        menu.popup(QPoint(80, 120))
        return menu

    return show


def _presets(stage: Stage) -> QWidget:
    presets = stage.app.window.controls.presets
    presets.save("Late evening")
    presets.save("Chalk talk")
    return _menu(lambda _stage: presets.menu())(stage)


def _inputs(stage: Stage) -> None:
    stage.app.window.source.source.showPopup()


def _windows(stage: Stage) -> QWidget:
    menu = stage.app.window.source.windows
    menu.list_and_popup(QPoint(80, 120))
    return menu


def picture_of(stage: Stage, upon: QWidget | None) -> QImage:
    """The window and what is in front of it, as on the screen."""
    if QGuiApplication.platformName() == "offscreen":
        return _composed(stage.window, upon)
    window = stage.window
    area = QRect(window.pos(), window.size())
    if upon is not None:
        area = area.united(upon.frameGeometry())
    screen = window.screen().grabWindow(0, area.x(), area.y(), area.width(), area.height())
    return screen.toImage()


def _composed(window: QWidget, upon: QWidget | None) -> QImage:
    """The two drawn one upon the other, where there is no screen to copy."""
    picture = window.grab()
    if upon is not None:
        front = upon.grab()
        painter = QPainter(picture)
        painter.drawPixmap((picture.rect().center() - front.rect().center()), front)
        painter.end()
    return picture.toImage()


def take(stage: Stage, scene: Scene, size: tuple[int, int], path: Path) -> None:
    """One picture of one scene; everything is as before afterwards."""
    before, answer = stage.app.app_model.preferences, stage.publisher.answer
    stage.window.setGeometry(0, 0, *size)
    stage.turn()
    upon = scene.show(stage)
    stage.turn()
    picture_of(stage, upon).save(str(path))
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    stage.publisher.answer = answer
    stage.app.camera.refresh()
    stage.app.window.preview.compare.setChecked(False)
    stage.off()
    stage.app.app_model.set_live(before.live)
    stage.app.app_model.update(
        lambda p: replace(
            p,
            **{
                name: getattr(before, name) for name in ("build", "layout", "input", "live", "mark")
            },
            responsible_use_accepted=True,
        )
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
    stage = Stage(*(np.ascontiguousarray(part) for part in stream_pictures(folder)))
    themes = [
        choice for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT) if theme in ("", choice.value)
    ]
    codes = [code for code in LANGUAGES if language in ("", code)]
    for choice, code in product(themes, codes):
        stage.appear(choice, code)
        for scene in scenes():
            for width, height in scene.sizes:
                if only in scene.name and size in ("", str(width)):
                    name = f"{scene.name}-{choice.value}-{code}-{width}.png"
                    take(stage, scene, (width, height), folder / name)
    stage.app.close()


if __name__ == "__main__":
    app()
