"""Where icons and translations are, and file names made from what users type."""

from __future__ import annotations

import re

from engine.paths import RESOURCES

ICONS = RESOURCES / "icons"
TRANSLATIONS = RESOURCES / "translations"
SHADERS = RESOURCES / "shaders"


def stem_of(name: str) -> str:
    """A name with only what a file name may contain; "" where nothing of it is left."""
    return re.sub(r"[^\w\- ]+", "_", name.strip())
