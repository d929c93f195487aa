"""How much the weights of a model weigh."""

from __future__ import annotations

from engine.store.catalog import ModelEntry
from engine.store.local import Library
from engine.store.pipeline_files import parts_needed
from engine.store.styles import StyleEntry


def weights_mb(model: ModelEntry, style: StyleEntry, library: Library) -> float:
    """Millions of bytes of all weights that a model needs for a style."""
    if model.folder is not None:
        return sum(path.stat().st_size for path in model.folder.glob("*.safetensors")) / 1e6
    parts = parts_needed(model, style)
    return sum(file.size or 0 for part in parts for file in library.installed(part).files) / 1e6
