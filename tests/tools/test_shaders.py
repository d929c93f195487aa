from pathlib import Path

import pytest
from PySide6.QtGui import QShader

from gui.paths import SHADERS
from tools.shaders import sources, translate


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.name)
def test_shipped_shaders_are_those_of_their_sources(source: Path, tmp_path: Path) -> None:
    shipped = QShader.fromSerialized((SHADERS / f"{source.name}.qsb").read_bytes())
    assert shipped.isValid()
    assert QShader.fromSerialized(translate(source, tmp_path).read_bytes()) == shipped
