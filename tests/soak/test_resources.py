"""Growth is told from what comes and goes."""

from __future__ import annotations

import os

import pytest

from tests.soak.resources import Sample, Usage, growth, usage_of


def samples(*memory: float, threads: int = 20, files: int = 15) -> list[Sample]:
    """One every five seconds; the publisher is away now and then."""
    return [
        Sample(5.0 * number, Usage(1, value, threads, files),
               None if number % 5 == 4 else Usage(2, 60.0, 3, 10))
        for number, value in enumerate(memory)
    ]  # fmt: skip


def grown(found: list[Sample]) -> list[str]:
    return [one.name for one in growth(found, warm_up=20) if not one.flat]


def test_what_comes_and_goes_is_flat() -> None:
    assert grown(samples(*[500, 510, 700, 505] * 10)) == []


def test_memory_that_grows_steadily_is_found() -> None:
    assert grown(samples(*[500 + 3 * n for n in range(40)])) == ["application, memory in MB"]


def test_growth_during_the_warm_up_is_none() -> None:
    assert grown(samples(100, 200, 300, 400, *[500] * 30)) == []


def test_threads_and_files_that_are_never_closed_are_found() -> None:
    found = samples(*[500] * 20) + [
        Sample(100 + 5.0 * n, Usage(1, 500, 20 + n, 15 + n), Usage(2, 60, 3, 10)) for n in range(20)
    ]
    assert grown(found) == ["application, threads", "application, open files"]


def test_too_few_samples_say_nothing() -> None:
    with pytest.raises(ValueError, match="say nothing"):
        growth(samples(*[500] * 8), warm_up=20)


def test_a_process_that_is_gone_uses_nothing() -> None:
    assert usage_of(2**22 + 1) is None
    own = usage_of(os.getpid())
    assert own is not None
    assert own.memory_mb > 1
