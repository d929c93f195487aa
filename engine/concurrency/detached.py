"""Work that cannot be interrupted, waited for by an event loop that can."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from engine.concurrency.worker import Worker

T = TypeVar("T")


async def detached(name: str, work: Callable[[], T], unwanted: Callable[[T], object]) -> T:
    """What `work` returns or raises, on a thread of this name. Where nobody waits any more, the
    thread goes on alone: unlike an executor's, it holds up neither the loop's end nor the
    program's. What it returns then is given to `unwanted`, on a thread.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T) -> None:
        if done.cancelled():
            Worker(name, lambda _: unwanted(result)).start()
        else:
            done.set_result(result)

    def fail(error: Exception) -> None:
        if not done.cancelled():
            done.set_exception(error)

    def run(_: threading.Event) -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - it is raised by whoever waits
            _post(loop, fail, error)
        else:
            if not _post(loop, settle, result):
                unwanted(result)

    Worker(name, run).start()
    return await done


def _post(loop: asyncio.AbstractEventLoop, work: Callable[[T], object], word: T) -> bool:
    """Call this on the loop's thread; whether it still has one."""
    try:
        loop.call_soon_threadsafe(work, word)
    except RuntimeError:
        return False
    return True
