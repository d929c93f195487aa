import stat
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from gui.features.style_previews_store import StylePreviewStore


def test_the_pictures_are_their_owners_alone_to_read(tmp_path: Path) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB888)
    image.fill(QColor("red"))
    StylePreviewStore(tmp_path / "previews").save("built-in", "ink", image)
    (path,) = (tmp_path / "previews").rglob("*.png")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
