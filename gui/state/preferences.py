"""What the window remembers between two runs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from engine.control.settings import ControlSettings
from engine.files.json_data import write_json
from engine.frames import Size
from engine.paths import recordings_dir
from engine.settings import (
    WHOLE,
    BuildSettings,
    Composition,
    InputSettings,
    Interpolation,
    LiveSettings,
)
from engine.video.watermark import AiWatermark
from engine.virtual_camera.protocol import USUAL
from gui.state.json_files import load_json

logger = logging.getLogger(__name__)


class ThemeChoice(Enum):
    """How the window is drawn."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class PlaceholderKind(Enum):
    """What is on air while there is no styled picture. Never a camera picture."""

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
class MicrophoneChoice:
    """The microphone that is as late as the picture. source: its node's name, "" for the usual
    one. correction_ms: by ear, on top of what is measured.
    """

    on: bool = False
    source: str = ""
    correction_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class ObsChoice:
    """OBS on this computer. microphone: its input that is kept in step, "" for none."""

    on: bool = False
    port: int = 4455
    microphone: str = ""
    correction_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class BroadcastChoice:
    """Where a broadcast goes; its key is in the system's key store."""

    address: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The window's shape. geometry: Qt's own, in base 64."""

    geometry: str = ""
    side_shown: bool = True
    details_shown: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that is remembered; showing the original is not, it ends with the session.

    automatic_size: the engine's size follows from the picture's shape and this computer's speed,
    instead of the one in `build`. composition: who is styled; apart from what is set live, so that
    no preset and no cue has it, and never stored. auto_framing, interpolation: likewise apart, but
    stored. engines: the addresses of the other computers that are paired.
    """

    input: InputSettings = field(default_factory=InputSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    composition: Composition = field(default=WHOLE, metadata={"not_stored": True})
    auto_framing: bool = False
    interpolation: Interpolation = Interpolation.OFF
    seed_locked: bool = True
    favourites: tuple[str, ...] = ()
    mark: AiWatermark = field(default_factory=AiWatermark)
    camera: CameraFormat = field(default_factory=CameraFormat)
    placeholder: Placeholder = field(default_factory=Placeholder)
    folder: str = field(default_factory=lambda: str(recordings_dir()))
    microphone: MicrophoneChoice = field(default_factory=MicrophoneChoice)
    obs: ObsChoice = field(default_factory=ObsChoice)
    broadcast: BroadcastChoice = field(default_factory=BroadcastChoice)
    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: str = ""
    stay_in_tray: bool = False
    update_notice: bool = False
    responsible_use_accepted: bool = False
    first_run_done: bool = False
    automatic_size: bool = True
    layout: Layout = field(default_factory=Layout)
    control: ControlSettings = field(default_factory=ControlSettings)
    engines: tuple[str, ...] = ()


class PreferenceStore:
    """Reads and writes the preferences file. A broken one is set aside, never fatal."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readable = True

    def load(self) -> Preferences:
        """The saved preferences, or the defaults."""
        try:
            found = load_json(self._path, Preferences)
        except OSError:
            logger.exception("the settings cannot be read now, and will not be written over")
            found, self._readable = None, False
        else:
            self._readable = True
        return found or Preferences()

    def save(self, preferences: Preferences) -> None:
        """Write all or nothing. What keeps it from being written is logged: the stream goes on.

        A file that `load` could not read for a passing reason is kept for the next start.
        """
        if not self._readable:
            return
        try:
            write_json(self._path, preferences)
        except (OSError, ValueError):
            logger.exception("the settings could not be saved")


def with_style(live: LiveSettings, style: str) -> LiveSettings:
    """The same settings with another first style, which is never blended with itself."""
    blend = live.blend if live.blend is not None and live.blend.style != style else None
    return replace(live, style=style, blend=blend)
