import threading
import time
from functools import partial

import pytest

from gui.engine_link.background import Background, Deadline


def test_pieces_are_done_in_order_and_off_this_thread() -> None:
    background, done, here = Background("test"), list[int](), threading.current_thread()

    def note(number: int) -> None:
        done.append(-1 if threading.current_thread() is here else number)

    for number in range(20):
        background.run(partial(note, number))
    assert background.wait(5)
    assert done == list(range(20))


def test_it_goes_on_after_it_was_waited_for() -> None:
    background, done = Background("test", stay_s=60), list[int]()
    for number in range(3):
        background.run(partial(done.append, number))
        assert background.wait(5)
    assert done == [0, 1, 2]


def test_a_thread_that_stays_is_found_by_what_comes_later() -> None:
    background, threads = Background("test", stay_s=60), list[int | None]()
    for _ in range(2):
        done = threading.Event()
        background.run(lambda: threads.append(threading.current_thread().ident))
        background.run(done.set)
        assert done.wait(5)
    assert background.wait(5)
    assert threads[0] == threads[1]


def test_a_thread_goes_by_itself_when_there_is_nothing_more() -> None:
    background = Background("a thread that goes")
    background.run(lambda: None)
    until = time.monotonic() + 5
    while any(thread.name == "a thread that goes" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_piece_that_fails_keeps_none_from_being_done(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("out of order")

    background, done = Background("test"), list[bool]()
    background.run(fail)
    background.run(lambda: done.append(True))
    assert background.wait(5)
    assert done == [True]
    assert "out of order" in caplog.text


def test_a_piece_that_hangs_is_not_waited_for_any_longer() -> None:
    background, free = Background("test"), threading.Event()
    background.run(lambda: free.wait(10))
    assert not background.wait(0.01)
    free.set()
    assert background.wait(5)


def test_a_deadline_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    deadline = Deadline(0.5)
    assert deadline.left == 0.5
    now[0] += 0.25
    assert deadline.left == 0.25
    now[0] += 0.5
    assert deadline.left == 0
