"""A program that is started again raises the window that is there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from gui.shell.single_instance import SingleInstance, hand_over, instance_name


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "window.sock")


@pytest.fixture
def first(qtbot: QtBot, name: str) -> Iterator[SingleInstance]:
    first = SingleInstance(name)
    yield first
    first.close()


def _later_start(qtbot: QtBot, first: SingleInstance, name: str, *arguments: str) -> list[str]:
    """Start the program again, in a process of its own; what the first one was asked."""
    code = "import sys; from gui.shell.single_instance import hand_over\n"
    code += "sys.exit(0 if hand_over(sys.argv[1], sys.argv[2:]) else 1)"
    with qtbot.waitSignal(first.asked, timeout=10_000) as asked:
        later = subprocess.Popen([sys.executable, "-c", code, name, *arguments])
    qtbot.waitUntil(lambda: later.poll() is not None)
    assert later.returncode == 0
    return list(asked.args[0])


def test_the_arguments_of_a_later_start_reach_the_window_that_is_there(
    qtbot: QtBot, first: SingleInstance, name: str
) -> None:
    assert _later_start(qtbot, first, name, "--style", "ink é") == ["--style", "ink é"]


def test_nobody_is_raised_where_nobody_is(qtbot: QtBot, name: str) -> None:
    assert not hand_over(name, [])


def test_a_name_left_over_from_a_crash_is_taken_over(qtbot: QtBot, name: str) -> None:
    Path(name).touch()
    assert not hand_over(name, [])
    first = SingleInstance(name)
    assert _later_start(qtbot, first, name) == []
    first.close()


@pytest.mark.parametrize("line", [b"nonsense\n", b"[1]\n", b"{}\n", b"[" * 3000 + b"\n"])
def test_nonsense_raises_no_window(
    qtbot: QtBot, first: SingleInstance, name: str, line: bytes
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(name)
    socket.write(line)
    with qtbot.assertNotEmitted(first.asked):
        qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)


def test_without_a_folder_of_its_own_the_window_opens_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "live2diff-camera").write_text("squatted")
    assert instance_name() is None
