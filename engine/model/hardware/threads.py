"""Executors with or without a thread of their own, and how threads share the CPU."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

import cv2
import torch

P = ParamSpec("P")
T = TypeVar("T")


class ImmediateExecutor(Executor):
    """Does each job before `submit` returns."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as on a thread: for the reader of the result
            done.set_exception(error)
        return done


def single_thread_executor(name: str, *, separate: bool) -> Executor:
    """Does one job after the other: on a separate thread with this name, or in `submit`.

    The thread may use as many cores as the caller's.
    """
    if not separate:
        return ImmediateExecutor()
    return ThreadPoolExecutor(1, name, torch.set_num_threads, (torch.get_num_threads(),))


@cache
def cpu_threads() -> int:
    """The number of threads that PyTorch uses here, before they are divided."""
    return torch.get_num_threads()


def share_cpu(*, overlapped: bool) -> None:
    """From now on, compute on this thread with all of them, or leave half to another thread; and
    let OpenCV's work be divided among as many.

    A small network gains more from a core of its own than from sharing all cores: its layers
    finish before the cores have synchronized.
    """
    threads = cpu_threads() // 2 if overlapped else cpu_threads()
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
