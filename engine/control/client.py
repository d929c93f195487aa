"""Speaks to a running window, for the command line and other programs of this user's."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any

from engine.control.commands import Command, data_of
from engine.control.local_access import API, find_access, not_there
from engine.errors import EngineError, SettingError

ANSWERS_WITHIN_S = 10.0
_LARGEST = 1 << 22


class ControlClient:
    """Finds the window of this user on this computer. Every call raises SettingError where there
    is none. The standard library's client takes no proxy from the environment, and starts quickly:
    a key that hides the picture must not wait.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._access = find_access(folder)

    def send(self, command: Command) -> dict[str, Any]:
        """Have a command carried out; the status after it. Raises SettingError, with what the
        window says, where it cannot be.
        """
        return self._ask("POST", "commands", json.dumps(data_of(command)).encode())

    def status(self) -> dict[str, Any]:
        """What the window is doing."""
        return self._ask("GET", "status")

    def figures(self) -> dict[str, Any] | None:
        """The stream's figures; None while there is no stream."""
        return self._ask("GET", "figures") or None

    def _ask(self, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._access.token}"}
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._access.port, timeout=ANSWERS_WITHIN_S
        )
        try:
            connection.request(method, f"{API}/{path}", body, headers)
            answer = connection.getresponse()
            status, text = answer.status, answer.read(_LARGEST)
        except TimeoutError as error:
            raise _busy() from error
        except (OSError, http.client.HTTPException) as error:
            raise not_there() from error
        finally:
            connection.close()
        return _read(status, text)


def _read(status: int, text: bytes) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise not_there() from error
    if status == http.client.OK:
        found: dict[str, Any] = data if isinstance(data, dict) else {}
        return found
    if isinstance(data, dict) and isinstance(data.get("message"), str) and status != 401:
        raise _said(data)
    raise not_there()  # another program has come to the port that a window has left


def _said(data: dict[str, Any]) -> EngineError:
    """The window's own sentences, without values: nothing in them is taken for a template."""
    sentences = (data["message"], str(data.get("remedy", "")))
    return SettingError(*sentences)


def _busy() -> EngineError:
    return SettingError("The window does not answer.", "Wait a moment, then try again.")
