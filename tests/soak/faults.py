"""What goes wrong, one a minute. Each waits for what it must see meanwhile."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from engine.events import SizesChosen
from engine.frames import Size
from engine.session.commands import ShowOriginal
from engine.settings import InputSettings
from gui.dialogs.kinds import DialogKind
from tests.engine.virtual_camera.faults import application
from tests.engine.virtual_camera.faults.stage import PATIENCE
from tests.soak.desk import Desk, NeverHappenedError
from tests.soak.reader import Seen

ENGINE, OTHER_ENGINE = Size(256, 256), Size(320, 320)
CAMERA, FPS, OTHER_FPS = Size(640, 360), 30.0, 25.0
PICTURE = CAMERA
"""What leaves the engine, whatever its own size: the demo is as large as the camera."""
CHANGE_FRAMES = 16
"""Within which a style changes: a warm-up of 8, a fade of 6."""
_STRANGERS = 40
_AWAY_S, _HANGS_S = 4.0, 3.0
_BEFORE_S = 0.3
EITHER = float("inf")
_SILENCE_AND_START = 3.0 * PATIENCE
"""Seconds for the watchdog's second of silence and another publisher's start, beside an engine and
a window that take what CPU there is.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """cause: returns once the fault is over. blanked_within: seconds until the placeholder must
    have been sent; None where the styled picture must stay on air throughout, EITHER where both
    are right.
    """

    name: str
    cause: Callable[[Desk], None]
    blanked_within: float | None


def publisher_stopped(desk: Desk) -> None:
    """It hangs for good."""
    os.kill(desk.publisher, signal.SIGSTOP)


def publisher_killed(desk: Desk) -> None:
    """As by a crash."""
    os.kill(desk.publisher, signal.SIGKILL)


def panic(desk: Desk) -> None:
    """Pressed, held for two seconds, released."""
    desk.app.app_model.toggle_panic()
    desk.until(lambda: desk.state.panic_reached, "panic has reached the camera", 2 * PATIENCE)
    since = desk.reader.now()
    desk.pause(2)
    if not desk.reader.all_placeholder(since):
        raise NeverHappenedError("frames went out during a panic")
    desk.app.app_model.toggle_panic()


def style_changed(desk: Desk) -> None:
    """By a click on another card."""
    cards = [card for card in desk.app.window.styles.wall.cards if card.isVisible()]
    chosen = desk.app.app_model.preferences.live.style
    desk.click(secrets.choice(cards))
    if desk.app.app_model.preferences.live.style == chosen:
        desk.app.app_model.choose_nth_style(secrets.randbelow(len(desk.app.app_model.styles)))
    number = desk.newest_number
    desk.until(lambda: desk.newest_number > number + CHANGE_FRAMES, "frames of the other style", 20)


def hangs_with_the_original(desk: Desk) -> None:
    """The user shows the original, the publisher hangs, the user ends it and presses panic."""
    reader, model = desk.reader, desk.app.app_model
    reader.raw_allowed_until = float("inf")
    model.show_original(True)
    desk.until(lambda: reader.newest[1] is Seen.RAW, "the reader sees the original", 10)
    os.kill(desk.publisher, signal.SIGSTOP)
    since = desk.since = reader.raw_allowed_until = reader.now()
    model.show_original(False)
    model.panic(True)
    if desk.state.panic_reached:
        raise NeverHappenedError("panic was called done with a publisher that hangs")
    desk.until(lambda: reader.newest[0] > since, "the raw picture is replaced", 4 * PATIENCE)
    desk.until(
        lambda: desk.state.panic_reached, "panic has reached the new publisher", 4 * PATIENCE
    )
    model.panic(False)


def original_shown(desk: Desk) -> None:
    """Shown for two seconds, then ended."""
    reader = desk.reader
    reader.raw_allowed_until = float("inf")
    desk.app.app_model.bridge.send(ShowOriginal(True))
    desk.until(lambda: reader.newest[1] is Seen.RAW, "the reader sees the original", 10)
    desk.pause(2)
    desk.app.app_model.bridge.send(ShowOriginal(False))
    reader.raw_allowed_until = reader.now() + 0.5


def folder_removed(desk: Desk) -> None:
    """With everything in it; then the publisher is killed."""
    process = desk.publisher
    shutil.rmtree(desk.folder)
    desk.pause(1)
    desk.since = desk.reader.now()
    os.kill(process, signal.SIGKILL)


def folder_full(desk: Desk) -> None:
    """Its file system takes nothing more while the publisher is killed; later it does again."""
    filling = desk.folder.parent / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(65536))
    os.kill(desk.publisher, signal.SIGKILL)
    desk.pause(3)
    filling.unlink()


def computer_asleep(desk: Desk) -> None:
    """Both processes stand still for seconds, and every clock has jumped when they go on."""
    _stand_still(desk, _AWAY_S, os.getpid(), desk.publisher)


def application_hangs(desk: Desk) -> None:
    """For seconds, while the publisher goes on."""
    _stand_still(desk, _HANGS_S, os.getpid())


def source_lost(desk: Desk) -> None:
    """The input is a webcam that is not there; the user goes back to the demo."""
    model = desk.app.app_model
    since = desk.reader.now()
    model.set_input(InputSettings("camera:63"))
    desk.until(lambda: desk.reader.first_placeholder(since) is not None, "the placeholder", 10)
    desk.pause(3)
    if desk.state.live:
        raise NeverHappenedError("the window says that it is live without a source")
    model.set_input(InputSettings("demo"))
    desk.go_live()


def stopped_and_started(desk: Desk) -> None:
    """By two clicks."""
    desk.click(desk.app.window.on_air.button)
    desk.until(lambda: not desk.state.running, "the stream has stopped", 20)
    desk.go_live()


def engine_size_changed(desk: Desk) -> None:
    """There and back: the stream starts again twice."""
    model, engines = desk.app.app_model, [ENGINE]

    def note(sizes: SizesChosen) -> None:
        engines.append(sizes.engine)

    model.bridge.sizes_chosen.connect(note)
    for size in (OTHER_ENGINE, ENGINE):
        model.set_engine_size(size)
        desk.until(lambda size=size: engines[-1] == size, "the other size", 60)  # type: ignore[misc]
        desk.until_live()
    model.bridge.sizes_chosen.disconnect(note)


def camera_rate_changed(desk: Desk) -> None:
    """There and back: the camera is opened again twice."""
    model = desk.app.app_model
    for fps in (OTHER_FPS, FPS):
        model.update(lambda old, fps=fps: replace(old, camera=replace(old.camera, fps=fps)))  # type: ignore[misc]
        desk.pause(3)


def second_application(desk: Desk) -> None:
    """It is refused, and commands what it can."""
    words = "original\n" * 5 + "panic\nrelease\nstyled\nclose\nquit\n"
    other = subprocess.Popen(
        [sys.executable, application.__file__, str(desk.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdin is not None
    assert other.stdout is not None
    with other, other.stdin:
        other.stdin.write(words)
        other.stdin.flush()
        desk.until(lambda: other.poll() is not None, "the second application has ended", 60)
        if not other.stdout.read().startswith("refused"):
            raise NeverHappenedError("a second application was not refused")


def garbage_on_the_socket(desk: Desk) -> None:
    """From many strangers at once."""
    strangers = []
    for _ in range(_STRANGERS):
        stranger = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        strangers.append(stranger)
        with suppress(OSError):
            stranger.settimeout(0.2)
            stranger.connect(str(desk.folder / "camera.sock"))
            stranger.sendall(secrets.token_bytes(200))
    desk.pause(2)
    for stranger in strangers:
        stranger.close()


def window_hidden(desk: Desk) -> None:
    """The window is hidden and shown; its settings are opened and closed."""
    desk.app.window.hide()
    desk.pause(2)
    desk.app.window.show()
    dialog = desk.app.interface.open_dialog(DialogKind.SETTINGS)
    desk.pause(2)
    dialog.close()


FAULTS = (
    Fault("Publisher hangs", publisher_stopped, _SILENCE_AND_START),
    Fault("Style changed", style_changed, None),
    Fault("Publisher killed", publisher_killed, _SILENCE_AND_START),
    Fault("Panic, released", panic, 2.0),
    Fault(
        "Publisher hangs with the original on air, panic pressed",
        hangs_with_the_original,
        _SILENCE_AND_START,
    ),
    Fault("Runtime folder removed, publisher killed", folder_removed, _SILENCE_AND_START),
    Fault("Runtime folder full, publisher killed", folder_full, _SILENCE_AND_START),
    Fault("Source lost", source_lost, 2.0),
    Fault("Both processes stand still (suspend)", computer_asleep, EITHER),
    Fault("Application hangs", application_hangs, 2.0),
    Fault("Stream stopped and started", stopped_and_started, 2.0),
    Fault("Second application", second_application, None),
    Fault("Engine's picture size changed", engine_size_changed, 10.0),
    Fault("Camera's rate changed", camera_rate_changed, 4.0),
    Fault("Garbage on the socket", garbage_on_the_socket, None),
    Fault("Original shown, then ended", original_shown, EITHER),
    Fault("Window hidden, settings opened", window_hidden, None),
)


def _stand_still(desk: Desk, seconds: float, *processes: int) -> None:
    """Have a process outside stop these and let them go on."""
    names = " ".join(map(str, processes))
    script = f"sleep {_BEFORE_S}; kill -STOP {names}; sleep {seconds}; kill -CONT {names}"
    desk.since = desk.reader.now() + _BEFORE_S
    outside = subprocess.Popen(["sh", "-c", script], start_new_session=True)
    desk.until(lambda: outside.poll() is not None, "both go on", seconds + 20)


def mounted(folder: Path) -> bool:
    """Whether the folder could be put on a small file system of its own, which `folder_full`
    needs.
    """
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
