"""Presets: named sets of the live settings, one to a file so that they can be shared."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineError, SettingError
from engine.files.json_data import read_json, write_json
from engine.files.names import shown
from engine.settings import LiveSettings
from gui.paths import stem_of
from gui.state.json_files import load_json

logger = logging.getLogger(__name__)

FOLDER, SUFFIX = "presets", ".preset.json"
FORMER_FOLDER, FORMER_SUFFIX = "looks", ".look.json"
"""Where older versions kept them, and how their files end: read, but no longer written."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A name, the model it was made for, and everything that can be set live."""

    name: str
    model: str = "built-in"
    live: LiveSettings = field(default_factory=LiveSettings)


class PresetStore:
    """The user's presets within the settings folder."""

    def __init__(self, settings: Path) -> None:
        self._settings = settings

    def all(self) -> list[Preset]:
        """Every readable preset, by name; broken files are set aside."""
        former = _files(self._settings / FORMER_FOLDER, FORMER_SUFFIX)
        own = _files(self._settings / FOLDER, SUFFIX)
        presets = [_load(path) for path in (*former, *own)]
        return sorted((preset for preset in presets if preset), key=lambda p: p.name.casefold())

    def save(self, preset: Preset) -> None:
        """Keep a preset; one of the same name is replaced. Raises SettingError."""
        own, former = self._paths(preset.name)
        write_preset(own, preset)
        _delete(former)

    def remove(self, name: str) -> None:
        """Delete a preset; harmless when there is none. Raises SettingError."""
        for path in self._paths(name):
            _delete(path)

    def _paths(self, name: str) -> tuple[Path, Path]:
        """Where a preset is, or was by an older version."""
        stem = stem_of(name)
        if not stem:
            raise SettingError("A preset needs a name.", "Enter one.")
        return (
            self._settings / FOLDER / f"{stem}{SUFFIX}",
            self._settings / FORMER_FOLDER / f"{stem}{FORMER_SUFFIX}",
        )


def write_preset(path: Path, preset: Preset) -> None:
    """Write a preset to a file of the user's choice. Raises SettingError."""
    try:
        write_json(path, preset)
    except (OSError, ValueError) as error:
        raise SettingError(
            "The preset could not be saved: {reason}.",
            "Choose another folder.",
            reason=getattr(error, "strerror", None) or shown(str(error)),
        ) from error


def _files(folder: Path, suffix: str) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.name.endswith(suffix)]
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            logger.warning("the presets cannot be listed: %s", error.strerror)
        return []


def _load(path: Path) -> Preset | None:
    try:
        return load_json(path, Preset)
    except OSError as error:
        logger.warning("a preset cannot be read now, and is left alone: %s", error.strerror)
        return None


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:  # then there is no such file
        return
    except OSError as error:
        raise SettingError(
            "The preset could not be removed: {reason}.",
            "Check the permissions of the settings folder.",
            reason=error.strerror,
        ) from error


def read_preset(path: Path) -> Preset:
    """Read a preset that somebody shared; the file stays as it is. Raises SettingError."""
    try:
        return read_json(path, Preset)
    except EngineError as error:
        raise SettingError(
            "{name!r} is not a preset.",
            "Choose a file that ends in {ending} or {former}.",
            name=path.name,
            ending=SUFFIX,
            former=FORMER_SUFFIX,
        ) from error
