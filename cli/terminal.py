"""The terminal, for names as they are: no markup, no emoji codes, and no letter that stops us."""

from __future__ import annotations

import io
import sys

from rich.console import Console


def make_console() -> Console:
    """A console that prints every text as it is: "[id]" and ":cat:" belong to people's names."""
    return Console(markup=False, emoji=False, highlight=False)


def tolerate_any_text() -> None:
    """Replace what the terminal's encoding lacks by a question mark, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
