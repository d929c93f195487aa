"""Saves one styled picture as PNG, with the settings that made it."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine.errors import SinkError
from engine.files.atomic import written_whole
from engine.frames import StyledFrame
from engine.paths import APP_NAME
from engine.provenance.credentials.statement import SOURCE_TYPE
from engine.settings import FORMER_NAMES
from engine.video.sinks.metadata import Provenance

SETTINGS_KEY = "Live2Diff settings"
"""The PNG text field with model, style and settings as JSON."""


def save_snapshot(path: Path, frame: StyledFrame, provenance: Provenance) -> None:
    """Write the picture, whole or not at all, for its owner alone to read. Raises SinkError: it
    cannot be saved, or it is an original, of which the file would say that it is AI-generated.
    """
    if frame.original:
        raise SinkError(
            "Original pictures are never saved.", "Show the styled picture, then save it again."
        )
    try:
        with written_whole(path, private=True) as partial:
            image = Image.fromarray(frame.pixels)
            image.save(partial, "PNG", pnginfo=_metadata(provenance))
    except OSError as error:
        raise SinkError(
            "The snapshot {file} could not be saved: {reason}.",
            "Free some space, or choose another folder.",
            file=path.name,
            reason=error.strerror or error,
        ) from error


def read_settings(path: Path) -> dict[str, str]:
    """Model, style and settings of a snapshot, under today's names; empty where it has none."""
    with Image.open(path) as image:
        text = image.info.get(SETTINGS_KEY)
    settings = {} if not isinstance(text, str) else dict(json.loads(text))
    return {FORMER_NAMES.get(name, name): value for name, value in settings.items()}


def _metadata(provenance: Provenance) -> PngInfo:
    settings = {"model": provenance.model, "style": provenance.style, **provenance.settings}
    info = PngInfo()
    info.add_text("Software", APP_NAME)
    info.add_itxt("Description", provenance.statement)
    info.add_itxt("Digital source type", SOURCE_TYPE)
    info.add_itxt(SETTINGS_KEY, json.dumps(settings, ensure_ascii=False))
    return info
