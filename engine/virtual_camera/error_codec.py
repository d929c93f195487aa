"""An error on its way through shared memory: as templates and values, so that it can be translated
on the other side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.errors import SinkError

_ROOM = {"message": 511, "remedy": 1023, "values": 1023}
"""Bytes for each text, without the zero at its end."""


@dataclass(frozen=True, slots=True)
class EncodedError:
    """The texts as they stand in memory. values: a JSON object."""

    message: bytes = b""
    remedy: bytes = b""
    values: bytes = b""

    @staticmethod
    def of(error: SinkError | None) -> EncodedError:
        """Nothing for no error; one whose parts have no room is told in its own words, cut."""
        if error is None:
            return EncodedError()
        values = json.dumps(error.values).encode() if error.values else b""
        if len(values) > _ROOM["values"]:
            return EncodedError(_cut(error.message, "message"), _cut(error.remedy, "remedy"))
        return EncodedError(
            _cut(error.template, "message"), _cut(error.remedy_template, "remedy"), values
        )

    def error(self) -> SinkError:
        """What was put in; read while it is being written, its values may be lacking."""
        texts = [text.decode(errors="replace") for text in (self.message, self.remedy)]
        try:
            return _checked(SinkError(*texts, **json.loads(self.values or b"{}")))
        except (ValueError, KeyError, TypeError):
            return SinkError(*texts)


def _cut(text: str, part: str) -> bytes:
    return text.encode()[: _ROOM[part]]


def _checked(error: SinkError) -> SinkError:
    """The error, if it can be told. Raises KeyError or ValueError."""
    str(error)
    return error
