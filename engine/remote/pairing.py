"""Pairing with an engine on another computer, and what is remembered of it.

Pin and token are one secret in the system's key store. Without one, they are known until the
program ends.
"""

from __future__ import annotations

import http.client
import json
import platform

from engine.errors import EngineError, SettingError
from engine.files.json_data import DataError, from_data
from engine.key_store import forget_secret, keep_secret, read_secret
from engine.paths import APP_NAME
from engine.remote import sentences
from engine.remote.address import EngineAddress, parse_address
from engine.remote.pinned_http import Door, ask, shown_pin

_known: dict[EngineAddress, Door] = {}


def pair(address: EngineAddress, code: str) -> Door:
    """Exchange the code that the engine shows for a token; the certificate that it has now is the
    one that it must have from now on. Raises EngineError.
    """
    if not code.strip():
        raise sentences.wrong_code(address)
    door = Door(address, shown_pin(address))
    name = f"{APP_NAME}, {platform.node()}"
    body = json.dumps({"code": code.strip(), "name": name}).encode()
    answer = ask(door, "POST", "/pair", body)
    if answer.status in (http.client.FORBIDDEN, http.client.UNPROCESSABLE_ENTITY):
        raise sentences.wrong_code(address)
    if answer.status != http.client.OK:
        raise _refused(door, answer.status, answer.message)
    token = answer.data.get("token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise sentences.not_an_engine(address)
    return Door(address, door.pin, token)


def remember(door: Door) -> SettingError | None:
    """Keep a pairing for the next times; returns why it is kept only until the program ends."""
    _known[door.address] = door
    try:
        keep_secret(_account(door.address), json.dumps({"pin": door.pin, "token": door.token}))
    except SettingError as error:
        return error
    return None


def remembered(address: EngineAddress) -> Door:
    """The pairing with the engine there. Raises ElsewhereError where there is none. The key store
    may ask its user something first.
    """
    door = _known.get(address)
    if door is None:
        door = _known[address] = _read(address)
    return door


def forget(address: EngineAddress) -> None:
    """Forget a pairing; harmless where there is none."""
    _known.pop(address, None)
    forget_secret(_account(address))


def door_of(engine: str) -> Door:
    """The pairing with the engine at an address as settings have it. Raises EngineError."""
    return remembered(parse_address(engine))


def _read(address: EngineAddress) -> Door:
    try:
        words = from_data(json.loads(read_secret(_account(address)) or "{}"), dict[str, str])
    except (DataError, ValueError, RecursionError):
        words = {}
    if not words.get("token") or (address.tls and not words.get("pin")):
        raise sentences.not_paired(address)
    return Door(address, words.get("pin", ""), words["token"])


def _account(address: EngineAddress) -> str:
    return f"engine {address}"


def _refused(door: Door, status: int, message: str) -> EngineError:
    if status == http.client.NOT_FOUND:
        return sentences.not_an_engine(door.address)
    return sentences.refused(door.address, status, message)
