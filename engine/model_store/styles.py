"""A style: the data that give a model one look. Shipped and shared in the same format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from engine.errors import ModelError, TranslatableValue
from engine.files.json_data import NOT_STORED, OLD_NAMES, read_json, write_json
from engine.files.names import shown
from engine.model_store.components import ModelComponent, check_name, check_title
from engine.settings import EYE_SIZES, check_range

FEW_STEP_LEVELS = 50
"""Few-step indices count from 0 (the strongest change) to 49."""

CLIP_LAYERS = 12

USUAL_EYE_SIZE = 1.42

LARGEST_SCALE = 20
"""Of a LoRA, either way; those in use lie between -5 and 5."""


class Recognisable(Enum):
    """Whether a face stays recognisable in a style, by what was measured.

    PARTLY: only at low strength, or not in all its features. No value promises that it does not.
    """

    YES = "yes"
    PARTLY = "partly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LoraUse:
    """A LoRA component and how strongly it counts; 1 is as trained."""

    component: str = field(metadata={OLD_NAMES: ("part",)})
    scale: float = 1.0

    def __post_init__(self) -> None:
        check_name(self.component)
        if not abs(self.scale) <= LARGEST_SCALE:
            raise ModelError(
                "The scale {scale:g} of {component} is not usable.",
                "Choose one from -{largest} to {largest}.",
                scale=self.scale,
                component=self.component,
                largest=LARGEST_SCALE,
            )


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """One style of one model.

    prompt: a template in which {} stands for the user's own prompt; empty for a model without text.
    indices: few-step indices (of 50) that suit it; empty where the model's own defaults do.
    checkpoint: the component that replaces the base network, if any. clip_skip: layers of the text
    encoder left out at the end. own_autoencoder: use the checkpoint's VAE instead of the tiny
    one. recognisable: always unknown for a style of the user's own. faces: whether it draws
    faces from their points, so that the user's `Character` counts; only shipped styles do.
    eye_size: the width of its drawn eyes relative to the person's own. components: all that the
    style needs beyond its model. source and licence are for display only.
    """

    name: str
    title: str
    model: str
    description: str = ""
    thumbnail: Path | None = field(default=None, metadata={NOT_STORED: True})
    prompt: str = ""
    indices: tuple[int, ...] = ()
    checkpoint: str = ""
    loras: tuple[LoraUse, ...] = ()
    embeddings: tuple[str, ...] = ()
    clip_skip: int = 0
    own_autoencoder: bool = False
    recognisable: Recognisable = Recognisable.UNKNOWN
    faces: bool = False
    eye_size: float = USUAL_EYE_SIZE
    source: str = ""
    licence: str = ""
    components: tuple[ModelComponent, ...] = field(default=(), metadata={OLD_NAMES: ("parts",)})
    users_own: bool = field(default=False, metadata={NOT_STORED: True})

    def __post_init__(self) -> None:
        for name in (self.name, self.model, *self.embeddings, *filter(None, [self.checkpoint])):
            check_name(name)
        check_title(self.title)
        check_range(TranslatableValue("The eye size"), self.eye_size, *EYE_SIZES)
        _check_indices(self)
        _check_components(self)
        if not 0 <= self.clip_skip < CLIP_LAYERS:
            raise _wrong(self, f"clip_skip {self.clip_skip} is not in 0..{CLIP_LAYERS - 1}")

    @property
    def takes_prompt(self) -> bool:
        """Whether the user's own prompt has a place in it."""
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
    return replace(read_json(path, StyleEntry), thumbnail=thumbnail, users_own=users_own)


def write_style(style: StyleEntry, path: Path) -> None:
    """Write a style as one file that others can add: with hashes, without weights.

    Raises OSError.
    """
    write_json(path, style)


def _check_indices(style: StyleEntry) -> None:
    rising = sorted(set(style.indices)) == list(style.indices)
    if not rising or any(not 0 <= index < FEW_STEP_LEVELS for index in style.indices):
        indices = shown(str(list(style.indices)))
        raise _wrong(style, f"its indices {indices} must increase and lie between 0 and 49")


def _check_components(style: StyleEntry) -> None:
    used = {use.component for use in style.loras} | set(style.embeddings)
    used |= {style.checkpoint} - {""}
    missing = sorted(used - {component.name for component in style.components})
    if missing:
        raise _wrong(style, f"it uses {', '.join(missing)}, which is not among its components")


def _wrong(style: StyleEntry, reason: str) -> ModelError:
    return ModelError(
        "The style {style} cannot be used: {reason}.",
        "Correct its file.",
        style=style.name,
        reason=reason,
    )
