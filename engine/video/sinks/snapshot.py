"""Saves one styled picture as PNG, with the settings that made it."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine.errors import SinkError
from engine.frames import StyledFrame
from engine.paths import APP_NAME
from engine.settings import FORMER_NAMES
from engine.video.sinks.metadata import SOURCE_TYPE, Provenance
from engine.video.sinks.video_encoder import PARTIAL_SUFFIX

SETTINGS_KEY = "Live2Diff settings"
"""The PNG text field that holds model, style and settings as JSON."""


def save_snapshot(path: Path, frame: StyledFrame, provenance: Provenance) -> None:
    """Write the picture; it is whole or not there. Raises SinkError."""
    partial = path.with_name(path.name + PARTIAL_SUFFIX)
    try:
        Image.fromarray(frame.pixels).save(partial, "PNG", pnginfo=_metadata(provenance))
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
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
