"""Work that goes on beside its caller's, or is done at once, behind the same call."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

import torch

P = ParamSpec("P")
T = TypeVar("T")


class ImmediateExecutor(Executor):
    """Does each piece of work before `submit` returns."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as of a thread: whoever asks for the result
            done.set_exception(error)
        return done


def single_thread_executor(name: str, *, beside: bool) -> Executor:
    """Does one piece of work after the other, at once or on a thread of this name.

    The thread may use as many processors as the caller's.
    """
    if not beside:
        return ImmediateExecutor()
    return ThreadPoolExecutor(1, name, torch.set_num_threads, (torch.get_num_threads(),))


@cache
def cpu_threads() -> int:
    """How many threads PyTorch computes with on this computer, before they are shared out."""
    return torch.get_num_threads()


def share_cpu(*, overlapped: bool) -> None:
    """From here on let this thread's arithmetic use them all, or leave half to a helper's.

    A small network gains more from a core to itself than from a part of each: its layers are done
    before the cores have met.
    """
    threads = cpu_threads()
    torch.set_num_threads(threads // 2 if overlapped else threads)
