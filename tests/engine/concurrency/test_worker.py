import gc
import threading
import weakref

import pytest

from engine.concurrency.worker import Worker, unstoppable_is_running


def test_it_ends_when_told_to() -> None:
    worker = Worker("waits", lambda stopping: stopping.wait(20))
    worker.start()
    assert worker.running
    worker.stop()
    assert worker.join(5)


def test_an_error_goes_to_who_asked_for_it() -> None:
    told: list[Exception] = []

    def fail(_: threading.Event) -> None:
        raise OSError("gone")

    worker = Worker("fails", fail, on_error=told.append)
    worker.start()
    worker.join(5)
    assert [str(error) for error in told] == ["gone"]


def test_an_error_nobody_asked_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker("fails", lambda _: 1 // 0)
    worker.start()
    worker.join(5)
    assert "fails failed" in caplog.text


def test_one_that_never_began_is_over() -> None:
    assert Worker("idle", lambda _: None).join(0)


def test_what_cannot_be_stopped_is_known_while_it_runs() -> None:
    go_on = threading.Event()
    worker = Worker("compiles", lambda _: go_on.wait(20), stoppable=False)
    assert not unstoppable_is_running()
    worker.start()
    assert unstoppable_is_running()
    go_on.set()
    worker.join(5)
    assert not unstoppable_is_running()


@pytest.mark.parametrize("fails", [False, True])
def test_one_that_has_ended_holds_nothing_of_its_owner(fails: bool) -> None:
    class Owner:
        def begin(self) -> None:
            self.worker = Worker("test", self.work, on_error=self.fail)
            self.worker.start()
            assert self.worker.join(10)

        def work(self, _: threading.Event) -> None:
            if fails:
                raise OSError("it fails")

        def fail(self, error: Exception) -> None:
            self.error = str(error)

    gc.disable()
    try:
        owner = Owner()
        owner.begin()
        seen = weakref.ref(owner)
        del owner
        assert seen() is None
    finally:
        gc.enable()
