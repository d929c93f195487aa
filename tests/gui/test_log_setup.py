import getpass
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.log_format import anonymised
from gui.log_setup import LastLines, report, start_logging, stop_logging


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LastLines]:
    lines = start_logging(tmp_path)
    yield lines
    stop_logging(lines)


def test_lines_are_kept_in_memory_and_on_disk(log: LastLines, tmp_path: Path) -> None:
    logging.getLogger("x").warning("the camera is gone")
    assert "the camera is gone" in log.text()
    assert "the camera is gone" in (tmp_path / "live2diff.log").read_text()


def test_only_the_newest_lines_are_kept() -> None:
    lines = LastLines(3)
    for number in range(9):
        lines.handle(logging.makeLogRecord({"msg": f"line {number}", "levelname": "INFO"}))
    assert "line 6" in lines.text()
    assert "line 5" not in lines.text()


def test_home_and_name_are_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "jane")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/jane"))
    text = anonymised(r"/home/jane/a.mp4 C:\Users\bob\x /Users/carol/y by jane")
    assert text == r"~/a.mp4 C:\Users\…\x /Users/…/y by …"


def test_the_report_has_versions_devices_and_lines(log: LastLines) -> None:
    logging.getLogger("x").error("it broke")
    text = report(log, "camera: two")
    assert "PySide6_Essentials 6" in text
    assert "camera: two" in text
    assert "it broke" in text
    assert str(Path.home()) not in text


def test_an_unexpected_error_of_a_thread_is_logged(log: LastLines) -> None:
    thread = threading.Thread(target=lambda: 1 / 0, name="worker")
    thread.start()
    thread.join()
    assert "unexpected in worker" in log.text()


def test_logging_puts_everything_back(tmp_path: Path) -> None:
    before = sys.excepthook
    stop_logging(start_logging(tmp_path))
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook = before


def test_a_disk_that_takes_no_log_is_not_fatal(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    lines = start_logging(blocked / "logs")
    assert "cannot be written" in lines.text()
    stop_logging(lines)


def test_the_terminal_is_told_no_more_than_before(tmp_path: Path) -> None:
    terminal = logging.StreamHandler()
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.WARNING)
    root.addHandler(terminal)
    lines = start_logging(tmp_path)
    try:
        assert terminal.level == logging.WARNING
    finally:
        stop_logging(lines)
        root.removeHandler(terminal)
        root.setLevel(level)
