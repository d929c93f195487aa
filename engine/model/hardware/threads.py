"""Executors that work on a thread of their own, or at once; and how threads share the CPU."""

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
        except Exception as error:  # noqa: BLE001 - as on a thread: for the reader of the result
            done.set_exception(error)
        return done


def single_thread_executor(name: str, *, beside: bool) -> Executor:
    """Does one piece of work after the other: on a thread of this name, or at once.

    The thread may use as many cores as the caller's.
    """
    if not beside:
        return ImmediateExecutor()
    return ThreadPoolExecutor(1, name, torch.set_num_threads, (torch.get_num_threads(),))


@cache
def cpu_threads() -> int:
    """The number of threads that PyTorch computes with here, before they are shared out."""
    return torch.get_num_threads()


def share_cpu(*, overlapped: bool) -> None:
    """From now on, compute on this thread with all of them, or leave half to another thread.

    A small network gains more from a core of its own than from a share of all: its layers are
    finished before the cores have synchronized.
    """
    threads = cpu_threads()
    torch.set_num_threads(threads // 2 if overlapped else threads)
