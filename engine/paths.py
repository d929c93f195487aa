"""The application's name and version, and every folder of the user's that it uses."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from platformdirs import PlatformDirs

import resources

APP_NAME = "Live2Diff Camera"
"""As people read it; the virtual camera has the same name."""

APP_ID = "live2diff-camera"
"""As it appears in the names of files and folders, and in the key store."""

RESOURCES = Path(resources.__file__).parent
"""What ships with the program: the built-in model, the catalogue, icons, translations."""


def app_version() -> str:
    """The version that pyproject.toml declares: read there in a checkout, where an editable
    install's own record goes stale, and from the installed package anywhere else.
    """
    declared = RESOURCES.parent / "pyproject.toml"
    if not declared.exists():
        return metadata.version(APP_ID)
    return str(tomllib.loads(declared.read_text(encoding="utf-8"))["project"]["version"])


_DIRS = PlatformDirs(APP_ID, appauthor=False)


def config_dir() -> Path:
    """Preferences, presets, the placeholder picture."""
    return Path(_DIRS.user_config_dir)


def data_dir() -> Path:
    """Models, the user's styles, the benchmark of this computer."""
    return Path(_DIRS.user_data_dir)


def cache_dir() -> Path:
    """What can be recreated: compiled networks, measured choices."""
    return Path(_DIRS.user_cache_dir)


def log_dir() -> Path:
    """Log files."""
    return Path(_DIRS.user_log_dir)


def recordings_dir() -> Path:
    """Where recordings and snapshots go until the user chooses another folder."""
    return Path(_DIRS.user_videos_dir) / APP_NAME


def user_runtime_dir() -> Path:
    """Sockets, locks and shared memory, where the platform has a folder for them."""
    return Path(_DIRS.user_runtime_dir)
