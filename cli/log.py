"""What the program logs: a line in the terminal, and the whole of it in a report."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from engine.paths import log_dir

_saved: list[Path] = []
"""The report of this process, once there is one."""


def report_path() -> Path:
    """Where the details of the newest unforeseen error are."""
    return log_dir() / "last-error.txt"


def saved_report() -> Path | None:
    """The report, if this process has written it."""
    return _saved[-1] if _saved else None


def log_to_terminal() -> None:
    """Warnings go to the terminal, and the details of errors to the report: whoever reports an
    error in words has more to say than a traceback.
    """
    terminal = logging.StreamHandler()
    terminal.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    terminal.addFilter(lambda record: not record.exc_info)
    logging.basicConfig(level=logging.WARNING, handlers=[terminal, _Report(logging.ERROR)])


class _Report(logging.Handler):
    """Keeps the newest traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            save_report(record.getMessage(), record.exc_info[1])


def save_report(what: str, error: BaseException) -> None:
    """Write an error's details to the report; where none can be written, they are lost."""
    details = "".join(traceback.format_exception(error))
    try:
        report_path().parent.mkdir(parents=True, exist_ok=True)
        report_path().write_text(f"{what}\n{details}", encoding="utf-8", errors="replace")
    except OSError:
        return
    _saved.append(report_path())
