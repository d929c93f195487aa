"""From the name of an input to its source: `demo`, `screen:2`, `camera:0`, a path and so on."""

from __future__ import annotations

from pathlib import Path

from engine.errors import SourceError
from engine.frames import Size
from engine.settings import MAX_SIDE, InputSettings, check_range
from engine.video import demo, synthetic
from engine.video.camera import CameraSource
from engine.video.devices import OWN_CAMERA, CameraInfo, is_own_camera, list_cameras
from engine.video.file import FileSource
from engine.video.screen import ScreenSource
from engine.video.source import FrameSource

MAX_FPS = 240.0


def make_source(
    settings: InputSettings, *, live: bool = True, frames: int | None = None
) -> FrameSource:
    """The source that `settings` name, not yet open.

    live: files and made-up pictures keep their own rate; otherwise every frame is given, as
    fast as it is asked for. frames: where a made-up source that is not live ends; 150 when not
    told. Cameras and screens are always live. Raises SourceError for a name that is none and
    SettingError for a rate or size that is none.
    """
    _check(settings)
    kind, _, which = settings.source.partition(":")
    match kind, which:
        case (("demo" | "synthetic"), ""):
            return _made_up(settings, live, frames)
        case "screen", _:
            return ScreenSource(_screen_number(which), fps=settings.fps)
        case "camera", _:
            camera = find_camera(which)
            return CameraSource(camera.index, camera.name, size=settings.size, fps=settings.fps)
        case _:
            return FileSource(Path(settings.source), loop=settings.loop, paced=live)


def find_camera(which: str) -> CameraInfo:
    """The camera of this index or name (any case; a unique part of it is enough).

    An index that no list knows is taken at its word: OpenCV may know more. Raises SourceError.
    """
    cameras = list_cameras()
    if which.isdecimal():
        return _by_index(int(which), cameras)
    wanted = which.strip().casefold()
    exact = [camera for camera in cameras if camera.name.casefold() == wanted]
    parts = [camera for camera in cameras if wanted and wanted in camera.name.casefold()]
    found = exact or parts
    if len(found) == 1:
        return found[0]
    raise SourceError(
        f"{len(found)} cameras are called {which!r}." if found else f"No camera is {which!r}.",
        f"Choose one by its number: {_listing(cameras)}.",
    )


def _by_index(index: int, cameras: list[CameraInfo]) -> CameraInfo:
    if is_own_camera(index):
        raise SourceError(
            f"Camera {index} is {OWN_CAMERA} itself, which would film its own pictures.",
            f"Choose another one: {_listing(cameras)}.",
        )
    known = (camera for camera in cameras if camera.index == index)
    return next(known, CameraInfo(index, str(index), ""))


def _listing(cameras: list[CameraInfo]) -> str:
    if not cameras:
        return "there is none here, so use `demo`"
    return ", ".join(f"camera:{camera.index} is {camera.name}" for camera in cameras)


def _made_up(settings: InputSettings, live: bool, frames: int | None) -> FrameSource:
    endless = live or settings.loop
    count = None if endless else frames or demo.DEFAULT_FRAMES
    if settings.source == "demo":
        return demo.demo_source(settings.size or demo.DEFAULT_SIZE, frames=count, live=live)
    return synthetic.synthetic_source(
        settings.size or synthetic.DEFAULT_SIZE, fps=settings.fps or 30.0, frames=count, live=live
    )


def _screen_number(which: str) -> int:
    if which and not which.isdecimal():
        raise SourceError(f"{which!r} is no screen.", "Write screen, screen:1, screen:2 and so on.")
    return int(which or 1)


def _check(settings: InputSettings) -> None:
    size = settings.size or Size(MAX_SIDE, MAX_SIDE)
    check_range("The input's width", size.width, 16, 8192)
    check_range("The input's height", size.height, 16, 8192)
    if settings.fps is not None:
        check_range("The input's frame rate", settings.fps, 1, MAX_FPS)
