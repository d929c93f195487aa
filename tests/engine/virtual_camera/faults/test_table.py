"""Every test named in the table of faults exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.virtual_camera.faults.table import PAGE, ROWS

HERE = Path(__file__).parent


@pytest.mark.parametrize("test", ROWS.values())
def test_every_row_names_a_test_that_there_is(test: str) -> None:
    module, _, name = test.partition("::")
    folder = HERE.parent if "/" in module else HERE
    assert f"def {name}(" in (folder / f"{module}.py").read_text()
    assert f"`{test}`" in PAGE.read_text()
