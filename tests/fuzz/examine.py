"""Tries one input after another in this process, and says what is a fault."""

from __future__ import annotations

import resource
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av

from engine.errors import EngineError
from tests.fuzz.targets import Target

MOST_MB = 1024
"""Memory that one input may take, beside what the process has anyway."""

LIMIT_MB = 3 * MOST_MB
"""Address space that is left to a process beside its own, so that a bomb is refused."""

LONGEST_SENTENCE = 1000

_HERE = str(Path(__file__).parent)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for one process, in memory where there is such a place."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def examine(target: Target, seed: int, folder: Path) -> str:
    """What is wrong with how the product takes this input; empty where nothing is."""
    path = folder / "input.bin"
    path.write_bytes(target.mutant(seed))
    before = peak_mb()
    try:
        target.parse(path)
    except EngineError as error:
        fault = _said_badly(error) or _refused_memory(error)
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        fault = _named(error)
    else:
        fault = ""
    grown = peak_mb() - before
    return fault or (f"{grown} MB of memory" if grown > MOST_MB else "")


def peak_mb() -> int:
    """The most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> (20 if sys.platform == "darwin" else 10)


def limit_memory() -> None:
    """Let allocations fail that no input may ask for (on Linux)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + (LIMIT_MB << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _said_badly(error: EngineError) -> str:
    """A sentence that cannot be shown or written to a log."""
    try:
        text = str(error)
        text.encode()
    except (ValueError, LookupError) as fault:
        return f"a sentence that cannot be shown: {fault!r:.200}"
    if len(text) > LONGEST_SENTENCE:
        return f"too long a sentence: {len(text)} characters, {text:.200}"
    return "a sentence with NUL" if "\0" in text else ""


def _refused_memory(error: BaseException | None) -> str:
    """Whether what lies behind an error is memory that the limit refused.

    FFmpeg says so of its own accord for anything above 2 GB, and takes none.
    """
    while error is not None:
        text = str(error).lower()
        foreign = isinstance(error, av.FFmpegError)
        if (isinstance(error, MemoryError) and not foreign) or "not enough memory" in text:
            return f"memory asked for: {text:.200}"
        error = error.__cause__ or error.__context__
    return ""


def _named(error: BaseException) -> str:
    """The error and the innermost place of the product's own code."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/engine/" in f.filename
              or "/gui/" in f.filename or _HERE in f.filename]  # fmt: skip
    last = frames[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last else "?"
    return f"{type(error).__name__} at {place}: {str(error)[:200]!r}"
