"""A style: the data that turn a model towards one look. Shipped and shared in the same form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError
from engine.files.json_fields import Fields, read_fields
from engine.model_store.components import ModelComponent, check_name, component_data, component_from

FEW_STEP_LEVELS = 50
"""Few-step indices count from 0 (the strongest change) to 49."""

CLIP_LAYERS = 12


@dataclass(frozen=True, slots=True)
class LoraUse:
    """A LoRA part and how strongly it counts; 1 is as trained."""

    part: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """One look of one model.

    prompt: a template in which {} stands for the user's words; empty for a model without text.
    indices: few-step indices (of 50) that suit it; empty where the model's own defaults do.
    checkpoint: the part that replaces the base network, if any. clip_skip: layers of the text
    encoder left out at the end. own_autoencoder: use the checkpoint's VAE instead of the tiny
    one. parts: all that the style needs beyond its model. source and licence are for showing.
    """

    name: str
    title: str
    model: str
    description: str = ""
    thumbnail: Path | None = None
    prompt: str = ""
    indices: tuple[int, ...] = ()
    checkpoint: str = ""
    loras: tuple[LoraUse, ...] = ()
    embeddings: tuple[str, ...] = ()
    clip_skip: int = 0
    own_autoencoder: bool = False
    source: str = ""
    licence: str = ""
    parts: tuple[ModelComponent, ...] = ()
    users_own: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        _check_indices(self)
        _check_parts(self)
        if not 0 <= self.clip_skip < CLIP_LAYERS:
            raise _wrong(self, f"clip_skip {self.clip_skip} does not lie in 0..{CLIP_LAYERS - 1}")

    @property
    def takes_prompt(self) -> bool:
        """The user's own words have a place in it."""
        return "{}" in self.prompt

    @property
    def strength(self) -> float | None:
        """The strength at which the first index is its first step; None without indices."""
        return 1.0 - self.indices[0] / FEW_STEP_LEVELS if self.indices else None

    @property
    def steps(self) -> int | None:
        """How many steps suit it; None without indices."""
        return len(self.indices) or None

    def prompt_for(self, words: str) -> str:
        """The whole prompt, with the user's words in their place."""
        return self.prompt.replace("{}", words.strip()).strip(" ,")


def read_style(path: Path, *, thumbnail: Path | None = None, users_own: bool = False) -> StyleEntry:
    """Read one style's file. Raises ModelError naming what is wrong."""
    return style_from(read_fields(path), thumbnail=thumbnail, users_own=users_own)


def style_from(
    data: Fields, *, thumbnail: Path | None = None, users_own: bool = False
) -> StyleEntry:
    """Read a style from its data. Raises ModelError naming what is wrong."""
    return StyleEntry(
        name=data.text("name"),
        title=data.text("title"),
        model=data.text("model"),
        description=data.text("description", ""),
        thumbnail=thumbnail,
        prompt=data.text("prompt", ""),
        indices=data.wholes("indices"),
        checkpoint=data.text("checkpoint", ""),
        loras=tuple(
            LoraUse(use.text("part"), use.number("scale", 1.0)) for use in data.objects("loras")
        ),
        embeddings=data.texts("embeddings"),
        clip_skip=data.whole("clip_skip", 0),
        own_autoencoder=data.flag("own_autoencoder", False),
        source=data.text("source", ""),
        licence=data.text("licence", ""),
        parts=tuple(component_from(part) for part in data.objects("parts")),
        users_own=users_own,
    )


def write_style(style: StyleEntry, path: Path) -> None:
    """Write a style as one file that others can add: with hashes, without weights."""
    path.write_text(json.dumps(style_data(style), indent=2, ensure_ascii=False) + "\n", "utf-8")


def style_data(style: StyleEntry) -> dict[str, object]:
    """The JSON form that `style_from` reads."""
    return {
        "name": style.name,
        "title": style.title,
        "model": style.model,
        "description": style.description,
        "prompt": style.prompt,
        "indices": list(style.indices),
        "checkpoint": style.checkpoint,
        "loras": [{"part": use.part, "scale": use.scale} for use in style.loras],
        "embeddings": list(style.embeddings),
        "clip_skip": style.clip_skip,
        "own_autoencoder": style.own_autoencoder,
        "source": style.source,
        "licence": style.licence,
        "parts": [component_data(part) for part in style.parts],
    }


def _check_indices(style: StyleEntry) -> None:
    rising = sorted(set(style.indices)) == list(style.indices)
    if not rising or any(not 0 <= index < FEW_STEP_LEVELS for index in style.indices):
        raise _wrong(style, f"the indices {list(style.indices)} must rise within 0..49")


def _check_parts(style: StyleEntry) -> None:
    used = {use.part for use in style.loras} | set(style.embeddings)
    used |= {style.checkpoint} - {""}
    missing = sorted(used - {part.name for part in style.parts})
    if missing:
        raise _wrong(style, f"it uses {', '.join(missing)}, which its parts do not describe")


def _wrong(style: StyleEntry, reason: str) -> ModelError:
    return ModelError(
        "The style {style} cannot be used: {reason}.",
        "Mend its file.",
        style=style.name,
        reason=reason,
    )
