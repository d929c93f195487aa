"""What a log may say: no names of files, windows or people, and no signed addresses."""

from __future__ import annotations

import getpass
import logging
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from types import TracebackType

from engine.errors import EngineError, filled
from engine.model_store.download.addresses import without_queries

FORM = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"

_SAFE_VALUES = {"reason", "model", "device", "accelerator"}
"""Words in an error's sentence that are never the user's own; its figures are kept as well."""

_QUOTED_FILE = re.compile(r"""(['"])(?:(?!\1)[^\n])*\.(?!pyc?\1)(\w{1,12})\1""")
"""A quoted file name that is not a module's, as in the texts of the system's errors."""

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Formats log records without what a stranger must not read."""

    def __init__(self) -> None:
        super().__init__(FORM)

    def format(self, record: logging.LogRecord) -> str:
        """One record: errors without their values, files without names, addresses cut."""
        record = copy(record)
        record.exc_text = None  # another handler's formatter may have left its own here
        if isinstance(record.args, tuple):
            record.args = tuple(map(_without_values, record.args))
        text = without_queries(super().format(record))
        return anonymised(_QUOTED_FILE.sub(r"\1….\2\1", text))

    def formatException(self, ei: _ExcInfo) -> str:
        text = super().formatException(ei)
        for error in _chain(ei[1]):
            if isinstance(error, EngineError):
                text = text.replace(str(error), str(_without_values(error)))
            if isinstance(error, OSError):
                for name in filter(None, (error.filename, error.filename2)):
                    text = text.replace(repr(name), "…")
        return text


def anonymised(text: str) -> str:
    """The text without the home folder and the user's name."""
    text = text.replace(str(Path.home()), "~")
    text = re.sub(r"(?i)([/\\](?:users|home)[/\\])[^/\\\s]+", r"\1…", text)
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        return text
    return re.sub(rf"\b{re.escape(user)}\b", "…", text) if len(user) > 2 else text


def _without_values(value: object) -> object:
    """An error as its sentences without names; anything else as it is."""
    if not isinstance(value, EngineError):
        return value
    values = {
        name: entry if name in _SAFE_VALUES or not isinstance(entry, str) else "…"
        for name, entry in value.values.items()
    }
    return f"{filled(value.template, values)} {filled(value.remedy_template, values)}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those behind it, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if found is not None and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting += [found.__cause__, found.__context__]
