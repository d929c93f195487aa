"""The pictures that training starts from, and the fixed lists of those kept from it."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.frames import Pixels, Size
from engine.imaging import resize
from training.paths import DATA, WALLPAPERS

log = logging.getLogger(__name__)

HELD_OUT_CLIPS = ("book", "hungry", "learn", "school")
HELD_OUT_FACES = tuple(f"{number:03d}" for number in range(7, 536, 13))[:40]
WALLPAPER_PACKAGES = (
    "gnome-backgrounds",
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
    "mate-backgrounds",
    "plasma-workspace-wallpapers",
    "ukui-wallpapers",
)
CLIP_FRAMES = 12
CLIP_HEIGHT = 512
WALLPAPER_HEIGHT = 1080


@dataclass(frozen=True, slots=True)
class TrainingImage:
    """A picture and what it shows: "face", "clip" or "wallpaper"."""

    kind: str
    name: str
    pixels: Pixels


def read_picture(path: Path) -> Pixels:
    """Read a picture file as RGB. Raises ValueError if it is not one."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{path} is not a readable picture")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def read_clip(path: Path) -> list[Pixels]:
    """All frames of a clip, RGB."""
    capture = cv2.VideoCapture(str(path))
    frames = []
    while True:
        good, picture = capture.read()
        if not good:
            break
        frames.append(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8))
    capture.release()
    if not frames:
        raise ValueError(f"{path} has no frames")
    return frames


def face_paths(*, held_out: bool) -> list[Path]:
    """The portraits kept for training, or those kept from it."""
    paths = sorted((DATA / "faces").glob("*.jpg"))
    return [path for path in paths if (path.stem in HELD_OUT_FACES) == held_out]


def clip_paths(*, held_out: bool) -> list[Path]:
    """The clips kept for training, or those kept from it."""
    paths = sorted((DATA / "clips").glob("*.mkv"))
    return [path for path in paths if (path.stem in HELD_OUT_CLIPS) == held_out]


def wallpaper_paths() -> list[Path]:
    """The pictures of the wallpaper packages, without screenshots and thumbnails."""
    kinds = {".jpg", ".jpeg", ".png", ".webp"}
    return sorted(
        path
        for path in WALLPAPERS.rglob("*")
        if path.suffix in kinds and path.stat().st_size > 100_000 and "screen" not in path.name
    )


def fetch_wallpapers() -> None:
    """Download and unpack the wallpaper packages of the running Debian, once."""
    WALLPAPERS.mkdir(parents=True, exist_ok=True)
    for package in WALLPAPER_PACKAGES:
        target = WALLPAPERS / f"x_{package}"
        if target.exists():
            continue
        log.info("fetching %s", package)
        subprocess.run(["apt-get", "download", "-q", package], cwd=WALLPAPERS, check=True)
        archive = next(WALLPAPERS.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)


def at_height(pixels: Pixels, height: int) -> Pixels:
    """Scale to a height, keeping the aspect ratio."""
    width = round(pixels.shape[1] * height / pixels.shape[0])
    return resize(pixels, Size(width, height))


def stills(*, held_out: bool = False) -> Iterator[TrainingImage]:
    """Every still picture of the training set, or of the set that is kept from it."""
    for path in face_paths(held_out=held_out):
        yield TrainingImage("face", path.stem, read_picture(path))
    for path in clip_paths(held_out=held_out):
        frames = read_clip(path)
        for number in np.linspace(0, len(frames) - 1, CLIP_FRAMES).astype(int):
            pixels = at_height(frames[number], CLIP_HEIGHT)
            yield TrainingImage("clip", f"{path.stem}-{number}", pixels)
    if not held_out:
        for path in wallpaper_paths():
            yield TrainingImage(
                "wallpaper", path.stem, at_height(read_picture(path), WALLPAPER_HEIGHT)
            )
