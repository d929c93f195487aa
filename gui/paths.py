"""Where the window's own data lies: icons, translations; and names for files."""

from __future__ import annotations

import re

from engine.paths import RESOURCES

ICONS = RESOURCES / "icons"
TRANSLATIONS = RESOURCES / "translations"


def stem_of(name: str) -> str:
    """A name as a file may be called; "" where nothing of it is left."""
    return re.sub(r"[^\w\- ]+", "_", name.strip())
