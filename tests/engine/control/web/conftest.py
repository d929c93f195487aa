from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.control.hosts import Serving, serving


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path) as running:
        yield running
