"""Keys that work in every program, on an X11 desktop: grabbed from the display."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Mapping
from itertools import chain, combinations
from typing import Any

from engine.concurrency.worker import Worker
from engine.control.commands import Action
from engine.control.surfaces.key_names import KeyCombination
from engine.errors import EngineError, SettingError

POLL_S = 0.5

_MASKS = {"Shift": 1, "Ctrl": 4, "Alt": 8, "Meta": 64}
_CAPS_LOCK, _NUM_LOCK = 2, 16
_LOCKS = [
    sum(some)
    for some in chain.from_iterable(combinations((_CAPS_LOCK, _NUM_LOCK), n) for n in range(3))
]
"""A grab is for an exact state, so that each is made for every state of the locks."""
_RELEVANT = sum(_MASKS.values())
_KEY_PRESS, _KEY_RELEASE = 2, 3

Pressed = Callable[[Action], object]


class X11Keys:
    """Calls `pressed` on its own thread. Raises SettingError where there is no X11 display, or
    another program has one of the keys.
    """

    def __init__(self, keys: Mapping[Action, KeyCombination], pressed: Pressed) -> None:
        self._pressed = pressed
        self._library = _library()
        self._actions: dict[tuple[int, int], Action] = {}
        self._released: tuple[int, int] | None = None
        try:
            self._connection: Any = self._library.connect()
        except self._library.XcffibException as error:
            raise SettingError(
                "There is no X11 display to take keys from.", "Log in to a desktop session."
            ) from error
        try:
            self._grab_all(keys)
        except BaseException:
            self._connection.disconnect()
            raise
        self._waker, self._wake = os.pipe()
        self._worker = Worker("X11 keys", self._serve)
        self._worker.start()

    def close(self, timeout: float) -> bool:
        """Give the keys back; whether that was done within `timeout` seconds."""
        self._worker.stop()
        os.write(self._wake, b"x")
        ended = self._worker.join(timeout)
        if ended:
            os.close(self._wake)
            os.close(self._waker)
        return ended

    def _grab_all(self, keys: Mapping[Action, KeyCombination]) -> None:
        setup = self._connection.setup
        root = setup.roots[self._connection.pref_screen].root
        codes = self._codes(setup.min_keycode, setup.max_keycode)
        for action, keys_ in keys.items():
            code = codes.get(keys_.keysym)
            if code is None:
                raise _no_such_key(keys_)
            mask = sum(_MASKS[name] for name in keys_.modifiers)
            self._actions[code, mask] = action
            for locks in _LOCKS:
                self._grab(root, mask | locks, code, keys_)

    def _grab(self, root: int, mask: int, code: int, keys: KeyCombination) -> None:
        by_itself = self._library.xproto.GrabMode.Async
        asked = self._connection.core.GrabKey(
            True, root, mask, code, by_itself, by_itself, is_checked=True
        )
        try:
            asked.check()
        except self._library.XcffibException as error:
            raise SettingError(
                "Another program has taken the key {keys}.",
                "Choose another one, or free it in that program or in the desktop's settings.",
                keys=keys.trigger,
            ) from error

    def _codes(self, first: int, last: int) -> dict[int, int]:
        """The key that gives each keysym, unshifted ones first."""
        answer = self._connection.core.GetKeyboardMapping(first, last - first + 1).reply()
        width, symbols = answer.keysyms_per_keycode, list(answer.keysyms)
        found: dict[int, int] = {}
        for column in range(width):
            for index, symbol in enumerate(symbols[column::width]):
                found.setdefault(symbol, first + index)
        return found

    def _serve(self, stopping: threading.Event) -> None:
        display = self._connection.get_file_descriptor()
        try:
            while not stopping.is_set():
                select.select([display, self._waker], [], [], POLL_S)
                while (event := self._connection.poll_for_event()) is not None:
                    self._handle(event)
        except self._library.XcffibException:
            return  # the display has gone
        finally:
            self._connection.disconnect()

    def _handle(self, event: Any) -> None:
        """A key that is held down repeats: released and pressed at the same moment. That is no
        second press, which would end the panic that the first began.
        """
        kind = event.response_type & 0x7F
        if kind == _KEY_RELEASE:
            self._released = (event.detail, event.time)
        elif kind == _KEY_PRESS and (event.detail, event.time) != self._released:
            action = self._actions.get((event.detail, event.state & _RELEVANT))
            if action is not None:
                self._pressed(action)


def _no_such_key(keys: KeyCombination) -> EngineError:
    return SettingError(
        "This keyboard has no key {keys}.", "Choose another one.", keys=keys.trigger
    )


def _library() -> Any:
    try:
        import xcffib.xproto  # noqa: PLC0415 - installed on Linux only
    except (ImportError, OSError) as error:  # OSError: the library is there, X11's own is not
        raise SettingError(
            "Keys for every program need X11's own library, which is not installed.",
            "Install libxcb1, or bind `python main.py remote panic` in the desktop's settings.",
        ) from error
    return xcffib
