"""An error on its way between processes: as templates and values, so that it can be translated on
the other side.
"""

from __future__ import annotations

import json

from engine.errors import SinkError

_MOST_CHARACTERS = 3000
"""Of the whole; a longer error is sent as its own words, cut."""


def encode_error(error: SinkError | None) -> str:
    """Empty for no error."""
    if error is None:
        return ""
    text = json.dumps([error.template, error.remedy_template, error.values])
    if len(text) <= _MOST_CHARACTERS:
        return text
    cut = _MOST_CHARACTERS // 13  # a character may take six in JSON
    return json.dumps([error.message[:cut], error.remedy[:cut], {}])


def decode_error(text: str) -> SinkError | None:
    """What was put in; None for none, and a plain sentence where it cannot be read."""
    if not text:
        return None
    try:
        *templates, values = json.loads(text)
        error = SinkError(*templates, **values)
        str(error)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return SinkError(
            "The virtual camera has failed.", "See what is missing: python main.py doctor"
        )
    return error
