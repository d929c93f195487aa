"""How programs of this user on this computer find the control interface, without pairing.

A file that only the user can read, in the folder where the camera process has its socket, holds
the address and a token that is good for as long as the server runs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, SettingError
from engine.files.atomic import write_text
from engine.files.json_data import read_json, to_json
from engine.virtual_camera.runtime_dir import runtime_dir

FILE = "control.json"
API = "/api/v1"
"""Where every version of the interface's paths begins."""


@dataclass(frozen=True, slots=True)
class LocalAccess:
    """Where the interface answers on loopback, and what lets the user's own programs in."""

    port: int
    token: str


def new_local_token() -> str:
    """A token for one run of the server."""
    return secrets.token_urlsafe(32)


def announce(access: LocalAccess, folder: Path | None = None) -> None:
    """Write the file. Raises SettingError."""
    try:
        write_text((folder or runtime_dir()) / FILE, to_json(access), private=True)
    except OSError as error:
        raise SettingError(
            "Programs on this computer cannot be told of the remote control: {reason}.",
            "Free some space, then switch it off and on again.",
            reason=error.strerror or error,
        ) from error


def withdraw(folder: Path | None = None) -> None:
    """Remove the file; harmless where there is none."""
    try:
        ((folder or runtime_dir()) / FILE).unlink(missing_ok=True)
    except (OSError, EngineError):
        return


def find_access(folder: Path | None = None) -> LocalAccess:
    """Read the file. Raises SettingError where no server has written one."""
    try:
        return read_json((folder or runtime_dir()) / FILE, LocalAccess)
    except EngineError as error:
        raise not_there() from error


def not_there() -> EngineError:
    """The error where no window answers."""
    return SettingError(
        "No window can be controlled.",
        "Open the window, and switch on the control interface in its menu under Remote control.",
    )
