"""Looks: named sets of the live settings, kept one to a file so that they can be shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import SettingError
from engine.settings import LiveSettings
from gui.paths import stem_of
from gui.state.preferences import load_json, parse_json, save_json

SUFFIX = ".look.json"


@dataclass(frozen=True, slots=True)
class Preset:
    """A name, the model it was made for, and everything that can be set live."""

    name: str
    model: str = "built-in"
    live: LiveSettings = field(default_factory=LiveSettings)


class PresetStore:
    """The user's looks in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Preset]:
        """Every look that can be read, by name; broken ones are set aside."""
        presets = [load_json(path, Preset) for path in self._folder.glob(f"*{SUFFIX}")]
        return sorted((look for look in presets if look), key=lambda look: look.name.casefold())

    def save(self, look: Preset) -> None:
        """Keep a look; one of the same name is replaced. Raises SettingError."""
        write_preset(self._path(look.name), look)

    def remove(self, name: str) -> None:
        """Forget a look; harmless when there is none."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        stem = stem_of(name)
        if not stem:
            raise SettingError("A look needs a name.", "Type one.")
        return self._folder / f"{stem}{SUFFIX}"


def write_preset(path: Path, look: Preset) -> None:
    """Write a look to a file of the user's choice. Raises SettingError."""
    try:
        save_json(path, look)
    except OSError as error:
        raise SettingError(
            "The look could not be written: {reason}.",
            "Choose another folder.",
            reason=error.strerror,
        ) from error


def read_preset(path: Path) -> Preset:
    """Read a look that somebody shared; the file is left as it is. Raises SettingError."""
    try:
        return parse_preset(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _not_a_preset(path.name) from error


def parse_preset(text: str) -> Preset:
    """Read a look from its JSON text. Raises SettingError."""
    try:
        return parse_json(text, Preset)
    except Exception as error:  # the ways in which foreign data can be wrong have no end
        raise _not_a_preset("This") from error


def _not_a_preset(name: str) -> SettingError:
    return SettingError(
        "{name} is no look.", "Choose a file that ends in {ending}.", name=name, ending=SUFFIX
    )
