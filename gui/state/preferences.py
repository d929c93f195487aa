"""What the window remembers from one start to the next."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TypeVar

import cattrs

from engine.frames import Size
from engine.paths import recordings_dir
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark
from engine.virtual_camera.protocol import USUAL

logger = logging.getLogger(__name__)

T = TypeVar("T")


class ThemeChoice(Enum):
    """How the window is drawn."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class PlaceholderKind(Enum):
    """What goes out while nothing styled does. Never a camera picture."""

    CARD = "card"
    PICTURE = "picture"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The chosen placeholder: a card with `text`, or the picture or styled still at `path`."""

    kind: PlaceholderKind = PlaceholderKind.CARD
    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """What other programs see of the virtual camera."""

    size: Size = USUAL
    fps: float = 30.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The window's shape. geometry: Qt's own, in base 64."""

    geometry: str = ""
    side_shown: bool = True
    details_shown: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that is remembered. Showing the original is a matter of one session: not here."""

    input: InputSettings = field(default_factory=InputSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    seed_locked: bool = True
    favourites: tuple[str, ...] = ()
    mark: AiWatermark = field(default_factory=AiWatermark)
    camera: CameraFormat = field(default_factory=CameraFormat)
    placeholder: Placeholder = field(default_factory=Placeholder)
    folder: str = field(default_factory=lambda: str(recordings_dir()))
    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: str = ""
    stay_in_tray: bool = False
    responsible_use_accepted: bool = False
    first_run_done: bool = False
    layout: Layout = field(default_factory=Layout)


class PreferenceStore:
    """Reads and writes the preferences' file. A broken one is set aside, never fatal."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Preferences:
        """The saved preferences, or the usual ones."""
        return load_json(self._path, Preferences) or Preferences()

    def save(self, preferences: Preferences) -> None:
        """Write all or nothing. A full or read-only disk is logged: the stream matters more."""
        try:
            save_json(self._path, preferences)
        except OSError:
            logger.exception("the settings could not be saved")


def load_json(path: Path, kind: type[T]) -> T | None:
    """Read a frozen dataclass from a JSON file; None where there is none.

    A file that cannot be understood is renamed to `….broken`.
    """
    try:
        return parse_json(path.read_text(encoding="utf-8"), kind)
    except FileNotFoundError:
        return None
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, start without it
        logger.warning("%s cannot be read and is set aside: %s", path.name, error)
        _set_aside(path)
        return None


def parse_json(text: str, kind: type[T]) -> T:
    """Read a frozen dataclass from JSON text. Raises whatever is wrong with it."""
    data = json.loads(text)
    if not isinstance(data, dict):
        raise TypeError(f"expected an object, not {type(data).__name__}")
    return cattrs.structure(data, kind)


def save_json(path: Path, value: object) -> None:
    """Write a frozen dataclass as JSON, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(cattrs.unstructure(value), indent=2, ensure_ascii=False)
    temporary = path.with_suffix(".new")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(path)


def with_style(live: LiveSettings, style: str) -> LiveSettings:
    """The same settings with another first style; a blend with itself is no blend."""
    blend = live.blend if live.blend is not None and live.blend.style != style else None
    return replace(live, style=style, blend=blend)


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError:
        logger.exception("%s could not be set aside", path.name)
