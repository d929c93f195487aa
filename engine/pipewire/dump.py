"""What PipeWire's own tool `pw-dump` says is there."""

from __future__ import annotations

import json
from typing import Any


def read_dump(text: str | bytes) -> list[dict[str, Any]]:
    """The objects in what `pw-dump` printed. Raises ValueError where it cannot be understood.

    Where something changes meanwhile, it prints one list after the other: objects of a later one
    replace those of an earlier one, and those without `info` are gone.
    """
    words = text.decode() if isinstance(text, bytes) else text
    decoder, at = json.JSONDecoder(), 0
    found: dict[object, dict[str, Any]] = {}
    while (words := words[at:].lstrip()) != "":
        listed, at = decoder.raw_decode(words)
        if not isinstance(listed, list):
            raise ValueError("not a list of objects")  # noqa: TRY004 - of what was printed
        for entry in listed:
            if isinstance(entry, dict):
                found[entry.get("id")] = entry
    return [entry for entry in found.values() if entry.get("info")]
