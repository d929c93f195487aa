"""Long work is paused, resumed and cancelled from another thread."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError

import pytest

from engine.concurrency.cancellation import CancellationToken, Cancelled

PATIENCE = 10.0


@pytest.fixture
def token() -> CancellationToken:
    return CancellationToken()


def waits(work: Future[None]) -> bool:
    """Whether the work has not ended within a moment."""
    try:
        work.result(0.05)
    except NotDoneError:
        return True
    return False


def test_work_goes_on_until_it_is_told_otherwise(token: CancellationToken) -> None:
    token.check()
    token.sleep(0.0)
    assert not token.paused


def test_paused_work_waits_until_it_may_go_on(token: CancellationToken) -> None:
    token.pause()
    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(token.check)
        assert token.paused
        assert waits(work)
        token.resume()
        work.result(PATIENCE)


def test_cancelled_work_ends_even_while_it_is_paused(token: CancellationToken) -> None:
    token.pause()
    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(token.check)
        token.cancel()
        with pytest.raises(Cancelled):
            work.result(PATIENCE)


def test_a_wait_is_cut_short_by_a_cancellation(token: CancellationToken) -> None:
    begun = threading.Event()

    def sleep() -> None:
        begun.set()
        token.sleep(600.0)

    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(sleep)
        assert begun.wait(PATIENCE)
        token.cancel()
        with pytest.raises(Cancelled):
            work.result(PATIENCE)


def test_a_cancellation_is_for_good(token: CancellationToken) -> None:
    token.cancel()
    token.resume()
    for _ in range(2):
        with pytest.raises(Cancelled):
            token.check()
