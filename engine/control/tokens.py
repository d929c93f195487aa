"""The paired devices and their tokens, which can be taken back one by one.

Only a digest of a token is kept, so that the file gives nobody access.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, SettingError
from engine.files.atomic import write_text
from engine.files.json_data import read_json, to_json
from engine.files.names import shown

logger = logging.getLogger(__name__)

LONGEST_NAME = 60
MOST_DEVICES = 32


@dataclass(frozen=True, slots=True)
class Device:
    """A device that was paired. name: its own word for itself. paired_at: Unix time in seconds.
    digest: SHA-256 of its token, in hexadecimal digits.
    """

    id: str
    name: str
    paired_at: float
    digest: str


class TokenStore:
    """Keeps the devices in one file of the user's. Any thread may use it.

    changed: called after a device has come or gone, on the thread that did it. most: how many may
    be paired.
    """

    def __init__(
        self, path: Path, changed: Callable[[], object] = lambda: None, most: int = MOST_DEVICES
    ) -> None:
        self._path, self._changed, self._most = path, changed, most
        self._guard = threading.Lock()
        self._read: object = None
        self._devices: tuple[Device, ...] = ()
        self.refresh()

    @property
    def devices(self) -> tuple[Device, ...]:
        """Every paired device, the newest last."""
        return self._devices

    def refresh(self) -> None:
        """Read the file again where another process has changed it: what it has taken back is
        refused from then on.
        """
        with self._guard:
            self._follow()

    def add(self, name: str) -> tuple[Device, str]:
        """Pair a device; returns it and its token, which is known to nobody else. Raises
        SettingError where it cannot be kept, or too many are paired.
        """
        token = secrets.token_urlsafe(32)
        title = shown(name.strip(), LONGEST_NAME) or "?"
        device = Device(secrets.token_hex(4), title, time.time(), _digest(token))
        with self._guard:
            self._follow()
            if len(self._devices) >= self._most:
                raise SettingError(
                    "{most} devices are paired already.",
                    "Remove one that is no longer used.",
                    most=self._most,
                )
            self._keep((*self._devices, device))
        self._changed()
        return device, token

    def remove(self, device_id: str) -> None:
        """Take a device's token back; it is refused from now on. Raises SettingError."""
        with self._guard:
            self._follow()
            left = tuple(device for device in self._devices if device.id != device_id)
            self._devices = left  # refused at once, even where it cannot be written
            self._changed()
            self._keep(left)

    def find(self, token: str) -> Device | None:
        """The device that this is the token of."""
        digest = _digest(token)
        return next((device for device in self._devices if device.digest == digest), None)

    def _keep(self, devices: tuple[Device, ...]) -> None:
        try:
            write_text(self._path, to_json(devices), private=True)
        except OSError as error:
            raise SettingError(
                "The list of paired devices cannot be written: {reason}.",
                "Check the permissions of the settings folder.",
                reason=error.strerror or error,
            ) from error
        self._devices, self._read = devices, _version(self._path)

    def _follow(self) -> None:
        version = _version(self._path)
        if version != self._read:
            self._devices, self._read = _load(self._path), version


def _version(path: Path) -> object:
    """Differs once the file has been written anew; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _load(path: Path) -> tuple[Device, ...]:
    try:
        return read_json(path, tuple[Device, ...])
    except EngineError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            logger.warning("no paired device is known any more: %s", error)
        return ()
