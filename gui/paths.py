"""Where the window keeps what it remembers, in the platform's own places."""

from __future__ import annotations

import re
from pathlib import Path

from platformdirs import PlatformDirs

import resources

APP_NAME = "Live2Diff Camera"

_DIRS = PlatformDirs("live2diff-camera", appauthor=False)


def settings_folder() -> Path:
    """Preferences, looks, the placeholder's picture."""
    return Path(_DIRS.user_config_dir)


def logs_folder() -> Path:
    """Log files."""
    return Path(_DIRS.user_log_dir)


def recordings_folder() -> Path:
    """Where recordings and snapshots go until the user chooses another folder."""
    return Path(_DIRS.user_videos_dir) / APP_NAME


def stem_of(name: str) -> str:
    """A name as a file may be called; "" where nothing of it is left."""
    return re.sub(r"[^\w\- ]+", "_", name.strip())


RESOURCES = Path(resources.__file__).parent


ICONS = RESOURCES / "icons"


TRANSLATIONS = RESOURCES / "translations"
