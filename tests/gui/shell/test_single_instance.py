"""A program that is started again raises the window that is there."""

from __future__ import annotations

import threading
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


def _later_start(name: str, arguments: list[str], answers: list[bool]) -> None:
    """On a thread: the first one's event loop has to answer meanwhile."""
    threading.Thread(target=lambda: answers.append(hand_over(name, arguments))).start()


def test_the_arguments_of_a_later_start_reach_the_window_that_is_there(
    qtbot: QtBot, first: SingleInstance, name: str
) -> None:
    answers: list[bool] = []
    with qtbot.waitSignal(first.asked) as asked:
        _later_start(name, ["--style", "ink é"], answers)
    qtbot.waitUntil(lambda: bool(answers))
    assert asked.args == [["--style", "ink é"]]
    assert answers == [True]


def test_nobody_is_raised_where_nobody_is(qtbot: QtBot, name: str) -> None:
    assert not hand_over(name, [])


def test_a_name_left_over_from_a_crash_is_taken_over(qtbot: QtBot, name: str) -> None:
    Path(name).touch()
    assert not hand_over(name, [])
    first, answers = SingleInstance(name), list[bool]()
    with qtbot.waitSignal(first.asked):
        _later_start(name, [], answers)
    qtbot.waitUntil(lambda: bool(answers))
    first.close()
    assert answers == [True]


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
