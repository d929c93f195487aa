"""The log: a file, the last lines for the window, and a report to copy."""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections import deque
from importlib import metadata
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from engine.paths import log_dir
from gui.log_format import PrivateFormatter, anonymised

logger = logging.getLogger(__name__)

LINES = 500
PACKAGES = (
    "live2diff-camera",
    "PySide6_Essentials",
    "torch",
    "openvino",
    "numpy",
    "opencv-python-headless",
    "av",
)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class LastLines(logging.Handler):
    """Keeps the newest lines in memory."""

    def __init__(self, count: int = LINES) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=count)
        self.setFormatter(PrivateFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def text(self) -> str:
        """The lines, oldest first."""
        return "\n".join(tuple(self._lines))


def start_logging(folder: Path | None = None) -> LastLines:
    """Log to memory and, where the disk allows it, to a small set of files."""
    lines = LastLines()
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
            handler.setLevel(
                max(handler.level, root.level)
            )  # the terminal shows no more than before
    root.setLevel(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs every address that it asks
    root.addHandler(lines)
    try:
        root.addHandler(_file_handler(folder or log_dir()))
    except OSError:
        logger.exception("the log file cannot be written")
    qInstallMessageHandler(_log_qt_message)
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread_exception
    return lines


def stop_logging(lines: LastLines) -> None:
    """Undo `start_logging`."""
    qInstallMessageHandler(None)
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    logging.getLogger("httpx2").setLevel(logging.NOTSET)
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler is lines or isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()


def report(lines: LastLines, devices: str) -> str:
    """What a supporter needs: versions, devices, the last lines; no pictures, no names."""
    versions = "\n".join(f"{name} {_version(name)}" for name in PACKAGES)
    system = f"{platform.system()} {platform.release()} {platform.machine()}, Python "
    text = f"{system}{platform.python_version()}\n{versions}\n\n{devices}\n\n{lines.text()}"
    return anonymised(text)


def _file_handler(folder: Path) -> RotatingFileHandler:
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "live2diff.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
    )
    handler.setFormatter(PrivateFormatter())
    return handler


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS[kind], text)


def _log_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logger.critical("unexpected", exc_info=(kind, error, trace))


def _log_thread_exception(details: threading.ExceptHookArgs) -> None:
    name = details.thread.name if details.thread else "a thread"
    error = details.exc_value or details.exc_type()
    logger.critical("unexpected in %s", name, exc_info=error)
