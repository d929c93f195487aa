"""Files of strangers are parsed in a child process that may take only so much memory and time.

What the child says comes back as JSON: nothing of it is unpickled, should a parser have been
taken over.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from engine import errors
from engine.errors import EngineError, ModelError

LARGEST_ANSWER = 1 << 20
STARTS_WITHIN_S = 60.0
"""What a busy machine may take to start the child, before its own time begins."""
CLOCK = 6.0
"""So many times the child's processor time may pass on the clock: a busy machine gives it less."""

Work = Callable[[Path], str]


def run_bounded(work: Work, path: Path, *, seconds: int, megabytes: int) -> str:
    """What `work`, a function of a module, makes of the file: a string.

    seconds: of processor time; `CLOCK` times as many may pass on the clock. megabytes: of memory
    besides what the child needs to begin with; bounded on Linux alone. Raises what EngineError
    `work` raises, and ModelError where a bound is met or the child dies.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(
        target=_child, args=(there, work, path, seconds, megabytes), daemon=True, name="parser"
    )
    child.start()
    there.close()
    try:
        answer = _answer(here, STARTS_WITHIN_S) and _answer(here, CLOCK * seconds)
    finally:
        child.kill()
        child.join()
        here.close()
    return _result(answer, path)


def _answer(connection: Connection, seconds: float) -> bytes:
    """The next message; empty where none comes in time, or the child has died."""
    try:
        return connection.recv_bytes(LARGEST_ANSWER) if connection.poll(seconds) else b""
    except (EOFError, OSError):
        return b""


def _result(answer: bytes, path: Path) -> str:
    if not answer:
        raise ModelError(
            "Reading {file} took too much memory or time, and was stopped.",
            "Do not use it; look for another version of it.",
            file=path.name,
        )
    found = json.loads(answer)
    if "error" in found:
        kind = getattr(errors, str(found["error"]), ModelError)
        raise kind(str(found["message"]), str(found["remedy"]), **found["values"])
    return str(found["result"])


def _child(answers: Connection, work: Work, path: Path, seconds: int, megabytes: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # however it ends, one sentence is reported
    _limit(seconds, megabytes)
    answers.send_bytes(b"ready")
    try:
        answer: dict[str, object] = {"result": work(path)}
    except EngineError as error:
        answer = {
            "error": type(error).__name__,
            "message": error.template,
            "remedy": error.remedy_template,
            "values": dict(error.values),
        }
    answers.send_bytes(json.dumps(answer).encode())


def _limit(seconds: int, megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
