import os
import stat
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gui.features.image_files import save_private


def picture() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_RGB888)
    image.fill(0x336699)
    return image


def test_a_picture_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine" / "me.png"
    save_private(picture(), path)
    assert QImage(str(path)).size() == picture().size()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_cannot_be_written_leaves_the_old_picture(tmp_path: Path) -> None:
    path = tmp_path / "me.png"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="cannot be written"):
        save_private(QImage(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
