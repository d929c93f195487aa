"""The data channels of one session: what the peer says, and what it is told. Nothing queues."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

from engine.control.commands import PANIC
from engine.control.rate_limit import RateLimit
from engine.errors import EngineError, SettingError
from engine.remote.wire import (
    COMMANDS,
    FRAMES,
    MOST_RECORDS,
    Message,
    Record,
    pack_records,
    read_message,
)
from engine.server.settings import COMMANDS_AT_ONCE, COMMANDS_PER_S

MOST_UNSENT = 1 << 16
"""Bytes that may wait to be sent; more means that the peer does not read, and is told less."""


class Channels:
    """Belongs to the loop's thread. obey: carries a message out; raises EngineError."""

    def __init__(self, obey: Callable[[Message], object], greet: Callable[[], object]) -> None:
        self._obey, self._greet = obey, greet
        self._commands: Any = None
        self._frames: Any = None
        self._rate = RateLimit(COMMANDS_PER_S, COMMANDS_AT_ONCE)
        self._records: deque[Record] = deque(maxlen=MOST_RECORDS)

    def opened(self, channel: Any) -> None:
        """The peer has made a channel; one with another name, or a second one, is closed."""
        if channel.label == COMMANDS and self._commands is None:
            self._commands = channel
            channel.on("message", self._on_message)
            self._greet()
        elif channel.label == FRAMES and self._frames is None:
            self._frames = channel
        else:
            channel.close()

    def tell(self, event: dict[str, Any]) -> None:
        """Tell the peer; whoever does not read is told less."""
        _send(self._commands, json.dumps(event, ensure_ascii=False))

    def record(self, record: Record) -> None:
        """Tell the peer which frame a result was made from."""
        self._records.appendleft(record)
        _send(self._frames, pack_records(tuple(self._records)))

    def _on_message(self, text: str | bytes) -> None:
        identity: object = None
        try:
            message, identity = read_message(text)
            if message != PANIC and not self._rate.allows():
                raise _too_fast()
            self._obey(message)
        except EngineError as error:
            refusal = {"message": error.message, "remedy": error.remedy}
            self.tell({"event": "refused", "id": identity, **refusal})
        else:
            self.tell({"event": "done", "id": identity})


def _send(channel: Any, text: str | bytes) -> None:
    if channel is None or channel.readyState != "open":
        return
    if channel.bufferedAmount < MOST_UNSENT:
        channel.send(text)


def _too_fast() -> SettingError:
    return SettingError(
        "Commands come too fast.", "Send fewer of them; a panic is obeyed all the same."
    )
