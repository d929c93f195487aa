"""Where downloaded models, the user's styles and the accepted licences are kept: one folder."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from engine.errors import SettingError
from engine.files.atomic import write_text
from engine.paths import config_dir, data_dir

logger = logging.getLogger(__name__)

VARIABLE = "LIVE2DIFF_MODELS"
"""Names the folder for one run; it comes before the user's own choice."""


def models_folder() -> Path:
    """The folder in use: the environment's, else the one chosen, else the platform's own."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    return _chosen() or data_dir() / "models"


def choose_folder(folder: Path) -> None:
    """Use this folder from now on; models that were moved there by hand are found again.

    Raises SettingError where it cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(_pointer(), str(folder.resolve()))
    except OSError as error:
        raise SettingError(
            "{folder} cannot hold the models: {reason}.",
            "Choose another folder.",
            folder=folder,
            reason=error.strerror,
        ) from error


def _chosen() -> Path | None:
    """The folder that was chosen; None where none was, or the choice is not a path any more."""
    try:
        text = _pointer().read_text(encoding="utf-8").strip()
        Path(text).is_dir()  # raises for what no path can be
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("the choice of a folder for models is unusable: %s", type(error).__name__)
        return None
    return Path(text) if text and "\0" not in text else None


def _pointer() -> Path:
    return config_dir() / "models_folder.txt"
