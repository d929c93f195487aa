"""Where the window's own data lies: icons, translations."""

from __future__ import annotations

from pathlib import Path

import resources

RESOURCES = Path(resources.__file__).parent
ICONS = RESOURCES / "icons"
TRANSLATIONS = RESOURCES / "translations"
