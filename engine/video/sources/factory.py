"""From the name of an input to its source: `demo`, `screen:2`, `window:Notes`, a path and so on."""

from __future__ import annotations

from engine.errors import SourceError, TranslatableValue
from engine.frames import Size
from engine.interfaces import FrameSource
from engine.settings import MAX_SIDE, InputSettings, check_range
from engine.video.sources import demo
from engine.video.sources import test_pattern as synthetic
from engine.video.sources.camera import CameraSource
from engine.video.sources.desktop_window import WindowSource
from engine.video.sources.file import FileSource
from engine.video.sources.inputs import InputKind, input_of
from engine.video.sources.screen import ScreenSource

MAX_FPS = 240.0


def make_source(
    settings: InputSettings, *, live: bool = True, frames: int | None = None
) -> FrameSource:
    """The source that `settings` name, not yet open.

    live: files and generated pictures keep their own rate; otherwise every frame is given, as
    fast as it is asked for. frames: the length of a generated source that is not live; 150 if left
    out. Cameras and screens are always live. Raises SourceError for an invalid name and
    SettingError for an invalid rate or size.
    """
    _check(settings)
    wanted = input_of(settings.source)
    match wanted.kind:
        case InputKind.DEMO | InputKind.SYNTHETIC:
            return _generated(wanted.kind, settings, live, frames)
        case InputKind.SCREEN:
            return ScreenSource(_screen_number(wanted.which), fps=settings.fps)
        case InputKind.WINDOW:
            return WindowSource(wanted.which, fps=settings.fps)
        case InputKind.CAMERA:
            return CameraSource(wanted.which, size=settings.size, fps=settings.fps)
        case InputKind.FILE:
            return FileSource(wanted.path, loop=settings.loop, paced=live)


def _generated(
    kind: InputKind, settings: InputSettings, live: bool, frames: int | None
) -> FrameSource:
    endless = live or settings.loop
    count = None if endless else frames or demo.DEFAULT_FRAMES
    if kind is InputKind.DEMO:
        return demo.demo_source(settings.size or demo.DEFAULT_SIZE, frames=count, live=live)
    return synthetic.synthetic_source(
        settings.size or synthetic.DEFAULT_SIZE, fps=settings.fps or 30.0, frames=count, live=live
    )


def _screen_number(which: str) -> int:
    if which and not which.isdecimal():
        raise SourceError(
            "{which!r} is not a valid screen.",
            "Write screen, screen:1, screen:2 and so on.",
            which=which,
        )
    return int(which or 1)


def _check(settings: InputSettings) -> None:
    size = settings.size or Size(MAX_SIDE, MAX_SIDE)
    check_range(TranslatableValue("The input's width"), size.width, 16, 8192)
    check_range(TranslatableValue("The input's height"), size.height, 16, 8192)
    if settings.fps is not None:
        check_range(TranslatableValue("The input's frame rate"), settings.fps, 1, MAX_FPS)
