"""Keys that work in every program, on a Wayland desktop: asked of the portal GlobalShortcuts.

The desktop shows the user what is asked for, and may give other keys than those preferred.
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from engine.concurrency.worker import Worker
from engine.control.commands import Action
from engine.control.surfaces.key_names import KeyCombination
from engine.errors import EngineError, SettingError

ANSWERS_WITHIN_S = 60.0
"""How long the user may think about the desktop's question."""
CALL_WITHIN_S = 5.0
POLL_S = 0.5

_BUS = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST = "org.freedesktop.portal.Request"

Pressed = Callable[[Action], object]


class PortalKeys:
    """Calls `pressed` on its own thread. Raises SettingError where the desktop has no such portal,
    or the user refuses.

    names: what each action is called in the desktop's question.
    """

    def __init__(
        self,
        keys: Mapping[Action, KeyCombination],
        pressed: Pressed,
        names: Mapping[Action, str],
        *,
        answers_within_s: float = ANSWERS_WITHIN_S,
    ) -> None:
        self._pressed, self._within_s = pressed, answers_within_s
        self._actions = {action.value: action for action in keys}
        self._portal = DBusAddress(_PATH, _BUS, _SHORTCUTS)
        try:
            self._bus: DBusConnection = open_dbus_connection("SESSION")
        except Exception as error:
            raise _no_portal() from error
        try:
            self._session = self._open_session()
            self._bind(keys, names)
        except BaseException:
            self._bus.close()
            raise
        self._worker = Worker("portal keys", self._serve)
        self._worker.start()

    def close(self, timeout: float) -> bool:
        """Give the keys back; whether that was done within `timeout` seconds."""
        self._worker.stop()
        return self._worker.join(max(timeout, 2 * POLL_S))

    def _open_session(self) -> str:
        token = {"session_handle_token": ("s", _token())}
        results = self._ask("CreateSession", "a{sv}", (token,))
        return str(results["session_handle"][1])

    def _bind(self, keys: Mapping[Action, KeyCombination], names: Mapping[Action, str]) -> None:
        wanted = [
            (
                action.value,
                {
                    "description": ("s", names.get(action, action.value)),
                    "preferred_trigger": ("s", combination.trigger),
                },
            )
            for action, combination in keys.items()
        ]
        rule = MatchRule(type="signal", interface=_SHORTCUTS, member="Activated", path=_PATH)
        unwrap_msg(self._send(message_bus.AddMatch(rule)))
        self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, wanted, "", {}))

    def _ask(self, method: str, signature: str, words: tuple[Any, ...]) -> Mapping[str, Any]:
        """Call a method that answers by a signal, and wait for that."""
        token = _token()
        options = {**words[-1], "handle_token": ("s", token)}
        sender = self._bus.unique_name.lstrip(":").replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path=path)
        unwrap_msg(self._send(message_bus.AddMatch(rule)))
        with self._bus.filter(rule) as answers:
            call = new_method_call(self._portal, method, signature, (*words[:-1], options))
            reply = self._send(call)
            if reply.header.message_type.name != "method_return":
                raise _no_portal()
            try:
                answer = self._bus.recv_until_filtered(answers, timeout=self._within_s)
            except TimeoutError as error:
                raise _refused() from error
        code, results = answer.body
        if code != 0:
            raise _refused()
        return dict(results)

    def _send(self, message: Message) -> Message:
        try:
            return self._bus.send_and_get_reply(message, timeout=CALL_WITHIN_S)
        except (TimeoutError, ConnectionError) as error:
            raise _no_portal() from error

    def _serve(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set():
                with suppress(TimeoutError):
                    self._handle(self._bus.receive(timeout=POLL_S))
        except ConnectionError:
            return  # the desktop has gone
        finally:
            self._bus.close()

    def _handle(self, message: Message) -> None:
        if message.header.message_type.name != "signal" or len(message.body) < 2:
            return
        session, name = message.body[:2]
        if session == self._session and name in self._actions:
            self._pressed(self._actions[name])


def _token() -> str:
    return f"live2diff{secrets.token_hex(6)}"


def _no_portal() -> EngineError:
    return SettingError(
        "This Wayland desktop gives programs no keys of their own.",
        "Bind the command `python main.py remote panic` to a key in the desktop's settings.",
    )


def _refused() -> EngineError:
    return SettingError(
        "The desktop has not given the keys.",
        "Allow them when it asks, or bind `python main.py remote panic` in its settings.",
    )
