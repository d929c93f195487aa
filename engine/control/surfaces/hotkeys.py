"""Keys that work in every program: by X11, by Wayland's portal, or an error that says where not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from engine.control.commands import Action, Do
from engine.control.inbox import Inbox
from engine.control.settings import HotkeySettings
from engine.control.surfaces.key_names import KeyCombination, read_keys
from engine.errors import EngineError, SettingError


class Grabbed(Protocol):
    """Keys that are held."""

    def close(self, timeout: float) -> bool: ...


Grab = Callable[[Mapping[Action, KeyCombination], Callable[[Action], object]], Grabbed]


class HotkeySurface:
    """One thread at a time calls it. names: of the actions, for the desktop's own question."""

    def __init__(
        self,
        inbox: Inbox,
        names: Callable[[], Mapping[Action, str]] = dict,
        grab: Grab | None = None,
    ) -> None:
        self._inbox, self._names = inbox, names
        self._grab = grab or self._grab_here
        self._grabbed: Grabbed | None = None

    def apply(self, settings: HotkeySettings) -> None:
        """Hold the chosen keys from now on. Raises SettingError where that cannot be."""
        self.close()
        keys = {key.action: read_keys(key.keys) for key in settings.keys if key.keys}
        if settings.on and keys:
            self._grabbed = self._grab(keys, self._on_pressed)

    def close(self, timeout: float = 2.0) -> bool:
        """Give the keys back; whether that was done within `timeout` seconds."""
        grabbed, self._grabbed = self._grabbed, None
        return grabbed is None or grabbed.close(timeout)

    def _on_pressed(self, action: Action) -> None:
        with suppress(EngineError):  # too many wait: the next press may do
            self._inbox.submit(Do(action))

    def _grab_here(
        self, keys: Mapping[Action, KeyCombination], pressed: Callable[[Action], object]
    ) -> Grabbed:
        if sys.platform != "linux":
            raise SettingError(
                "Keys for every program are available on Linux only.",
                "Bind the command `python main.py remote panic` to a key instead.",
            )
        if os.environ.get("WAYLAND_DISPLAY"):
            from engine.control.surfaces.portal_keys import PortalKeys  # noqa: PLC0415

            return PortalKeys(keys, pressed, self._names())
        from engine.control.surfaces.x11_keys import X11Keys  # noqa: PLC0415

        return X11Keys(keys, pressed)
