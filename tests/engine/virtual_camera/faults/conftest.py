"""A stage for each fault; what was measured is kept under the test's name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.virtual_camera.faults.stage import Stage, keep, watch_on


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These faults are those of POSIX systems."""
    if os.name == "nt":
        for item in items:
            item.add_marker(pytest.mark.skip(reason="uses POSIX signals"))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def measured(stage: Stage, request: pytest.FixtureRequest) -> Callable[[float | None, int], None]:
    """Keep the time until the placeholder and the raw pictures seen that nobody wanted, with those
    of a longer watch where one was asked for.
    """

    def note(seconds: float | None, raw: int) -> None:
        raw += watch_on(stage)
        keep(request.node.name, seconds, stage, raw)
        assert raw == 0

    return note
