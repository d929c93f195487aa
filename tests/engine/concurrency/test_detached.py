"""Work that is left behind where nobody waits for it any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from engine.concurrency.detached import detached


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work waits for it; it is open after the test at the latest."""
    gate = threading.Event()
    yield gate
    gate.set()


def nobodys(_: object) -> None:
    pytest.fail("somebody waits for it")


def test_what_the_work_returns_and_raises_comes_to_who_waits() -> None:
    assert asyncio.run(detached("test", lambda: 5, nobodys)) == 5
    with pytest.raises(ZeroDivisionError):
        asyncio.run(detached("test", lambda: 1 // 0, nobodys))


def test_who_waits_no_more_goes_on_and_the_result_is_let_go(gate: threading.Event) -> None:
    let_go: list[int] = []
    done = threading.Event()

    def work() -> int:
        gate.wait(60.0)
        return 5

    def unwanted(result: int) -> None:
        let_go.append(result)
        done.set()

    async def main() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(detached("test", work, unwanted), 0.05)

    asyncio.run(main())  # would never end otherwise
    assert not let_go
    gate.set()
    assert done.wait(60.0)
    assert let_go == [5]


def test_the_result_is_let_go_by_a_loop_that_goes_on_too(gate: threading.Event) -> None:
    async def main() -> int:
        let_go: asyncio.Queue[int] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def unwanted(result: int) -> None:
            loop.call_soon_threadsafe(let_go.put_nowait, result)

        def work() -> int:
            gate.wait(60.0)
            return 5

        waiting = asyncio.create_task(detached("test", work, unwanted))
        await asyncio.sleep(0.01)
        waiting.cancel()
        gate.set()
        return await asyncio.wait_for(let_go.get(), 60.0)

    assert asyncio.run(main()) == 5
