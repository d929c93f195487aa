"""Where this build of the program asks for new versions. Imports nothing that loads slowly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.files.json_data import read_json
from engine.paths import RESOURCES, data_dir


@dataclass(frozen=True, slots=True)
class Source:
    """Where the list is, and the public key that must have signed it. key "": nowhere."""

    feed: str
    key: str


def built_in_source() -> Source:
    """What this build of the program was given."""
    return read_json(RESOURCES / "updates.json", Source)


def state_file() -> Path:
    """Where the newest list's number is remembered."""
    return data_dir() / "updates.json"
