"""What is said on the data channels of a session: commands and events as text, records of results
as bytes.

Channel "commands": the commands of `engine.control.commands` in their one JSON form, and two more:

    {"command": "settings", "live": {...}}    every live setting at once
    {"command": "end"}                        no more frames follow (paced sessions)

Channel "frames": one message a result, of up to four records, the newest first; those before it
are repeated, as messages may be lost.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.control.commands import LONGEST_COMMAND, Command, command_from
from engine.errors import SettingError
from engine.files.json_data import DataError, from_data, to_data
from engine.settings import WHOLE, LiveSettings

COMMANDS, FRAMES = "commands", "frames"
"""The labels of the data channels."""

MOST_RECORDS = 4
MOST_IN_FLIGHT = 32
"""Frames of a paced session that may be on their way without an acknowledgement."""

LONGEST_MESSAGE = 4 * LONGEST_COMMAND
"""Bytes of a message's text; a prompt is the longest part of any."""

_RECORD = struct.Struct(">IIff")


@dataclass(frozen=True, slots=True)
class Record:
    """Which source frame a result was made from.

    result, source: RTP timestamps as in the packets, 0..2^32 - 1. engine_ms: the engine's mean
    share of the delay. server_ms: from the source frame's decoding to the result's encoding.
    """

    result: int
    source: int
    engine_ms: float
    server_ms: float


def pack_records(records: Sequence[Record]) -> bytes:
    """One message; records: the newest first, at most `MOST_RECORDS` count."""
    return b"".join(
        _RECORD.pack(one.result, one.source, one.engine_ms, one.server_ms)
        for one in records[:MOST_RECORDS]
    )


def unpack_records(message: bytes) -> tuple[Record, ...]:
    """Read a message. Raises ValueError."""
    if not message or len(message) % _RECORD.size or len(message) > MOST_RECORDS * _RECORD.size:
        raise ValueError(f"{len(message)} bytes are no records")
    return tuple(Record(*words) for words in _RECORD.iter_unpack(message))


@dataclass(frozen=True, slots=True)
class WholeSettings:
    """Use these settings. The composition is not taken over: pictures of the sender's are not
    here, and nothing unstyled leaves the server.
    """

    live: LiveSettings

    def data(self) -> dict[str, object]:
        """What JSON holds of it."""
        return {"command": "settings", "live": to_data(self.live)}


@dataclass(frozen=True, slots=True)
class End:
    """No more frames follow."""

    def data(self) -> dict[str, object]:
        """What JSON holds of it."""
        return {"command": "end"}


Message = Command | WholeSettings | End


def read_message(text: str | bytes) -> tuple[Message, object]:
    """A message and its id, None where it has none. Raises SettingError."""
    if len(text) > LONGEST_MESSAGE:
        raise _not_understood("it is too long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_understood("it is not JSON") from error
    if not isinstance(data, dict):
        raise _not_understood("an object is expected")
    identity = data.pop("id", None)
    return _message_from(data), identity


def _message_from(data: dict[str, Any]) -> Message:
    if data == End().data():
        return End()
    if data.get("command") != "settings":
        return command_from(data)
    try:
        live = from_data(data.get("live"), LiveSettings)
    except DataError as error:
        raise _not_understood(error.reason) from error
    return WholeSettings(replace(live, composition=WHOLE))


def _not_understood(reason: str) -> SettingError:
    return SettingError(
        "The command cannot be understood: {reason}.",
        "The program's documentation lists the commands and their words.",
        reason=reason,
    )
