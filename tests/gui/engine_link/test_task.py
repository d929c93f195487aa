import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from gui.engine_link.background import Background
from gui.engine_link.task import Task


def test_the_result_of_another_thread_arrives_on_this_one(qtbot: QtBot) -> None:
    task, threads = Task(Background("test")), list[QThread]()
    task.done.connect(lambda _: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(task.done) as done:
        task.run(threading.current_thread)
    assert done.args is not None
    assert done.args[0] is not threading.current_thread()
    assert threads == [task.thread()]
    assert task.wait(5)


def test_a_users_error_is_announced_and_not_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise SourceError("It is gone.", "Plug it in.")

    task = Task(Background("test"))
    with qtbot.waitSignal(task.failed) as failed, qtbot.assertNotEmitted(task.done):
        task.run(fail)
    assert failed.args is not None
    assert isinstance(failed.args[0], SourceError)
    assert caplog.text == ""
    assert task.wait(5)


def test_a_fault_of_ours_is_announced_and_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    task = Task(Background("test"))
    with qtbot.waitSignal(task.failed) as failed:
        task.run(lambda: 1 // 0)
    assert failed.args is not None
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text
    assert task.wait(5)


def test_tasks_of_one_background_work_one_after_the_other(qtbot: QtBot) -> None:
    background, order = Background("test"), list[str]()
    first, second = Task(background), Task(background)
    free = threading.Event()
    first.run(lambda: free.wait(10))
    first.run(lambda: order.append("first"))
    second.run(lambda: order.append("second"))
    free.set()
    assert second.wait(5)
    assert order == ["first", "second"]
