"""What a user can set, as frozen and validated data.

`LiveSettings` may change between two frames. A change of `BuildSettings` needs a new translator.
`InputSettings` say where frames come from and how they are fitted to the engine's size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from enum import Enum

from engine.errors import SettingError, TranslatableValue
from engine.frames import Size

BUILT_IN = "built-in"
"""The model that ships with the program."""

PIXELS_PER_LATENT = 8
"""Along each side; sides of pictures are multiples of this."""

MAX_STEPS = 8
MAX_SIDE = 2048
MAX_SEED = 2**32 - 1


def check_range(name: TranslatableValue, value: float, low: float, high: float) -> None:
    """Raise SettingError unless low <= value <= high."""
    if not low <= value <= high:
        raise SettingError(
            "{name} is {value:g}, but must lie between {low:g} and {high:g}.",
            "Choose a value from {low:g} to {high:g}.",
            name=name,
            value=value,
            low=low,
            high=high,
        )


@dataclass(frozen=True, slots=True)
class Blend:
    """A second style and its weight, 0..1: 0 is the first style alone, 1 the second alone."""

    style: str
    weight: float

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The weight of the blend"), self.weight, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What may change while the stream runs.

    strength: 0.2 (slight) to 1 (full); it sets the first timestep. steps: denoising steps, 1..8.
    structure: the weight of the structure input, 0..1.5. noise_consistency: the share of the
    noise's variance that successive frames have in common, 0..1. flicker_reduction: the share of
    the previous result, moved along with the picture, in each result, 0..0.9. seed: 0..2^32 - 1.
    prompt: for models that take one.
    """

    style: str = "comic"
    blend: Blend | None = None
    strength: float = 1.0
    steps: int = 1
    structure: float = 1.0
    noise_consistency: float = field(default=1.0, metadata={"old_names": ("smoothness",)})
    flicker_reduction: float = field(default=0.6, metadata={"old_names": ("steadiness",)})
    seed: int = 0
    prompt: str = ""

    def __post_init__(self) -> None:
        check_range(TranslatableValue("Strength"), self.strength, 0.2, 1.0)
        check_range(TranslatableValue("The number of steps"), self.steps, 1, MAX_STEPS)
        check_range(TranslatableValue("Structure"), self.structure, 0.0, 1.5)
        check_range(TranslatableValue("Noise consistency"), self.noise_consistency, 0.0, 1.0)
        check_range(TranslatableValue("Flicker reduction"), self.flicker_reduction, 0.0, 0.9)
        check_range(TranslatableValue("The seed"), self.seed, 0, MAX_SEED)


FORMER_NAMES = {
    old: field.name for field in fields(LiveSettings) for old in field.metadata.get("old_names", ())
}
"""Fields of `LiveSettings` under the names that older files have for them."""


class CachePrecision(Enum):
    """The precision in which the KV cache stores past frames: the model's own, or 8 bits.

    8 bits take half the memory of half precision and cost a little accuracy.
    """

    SAME = "same"
    FLOAT8 = "float8_e4m3"
    INT8 = "int8"


class Precision(Enum):
    """The number format that a model computes in; AUTO is the fastest one of the device."""

    AUTO = "auto"
    FLOAT16 = "float16"
    BFLOAT16 = "bfloat16"
    FLOAT32 = "float32"


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What the translator is built for.

    size: the engine's picture size; its sides are multiples of 8. device: "auto" or a torch
    device name such as "cpu", "cuda:0", "mps". accelerator: "auto" or a name that the command
    `devices` lists. at_once: begin with what is ready, and change over to what is quicker while the
    stream runs; otherwise the same input gives the same output. The session decides that.
    """

    model: str = BUILT_IN
    size: Size = field(default_factory=lambda: Size(512, 512))
    device: str = "auto"
    accelerator: str = "auto"
    cache: CachePrecision = CachePrecision.SAME
    precision: Precision = Precision.AUTO
    at_once: bool = field(default=False, metadata={"not_stored": True})

    def __post_init__(self) -> None:
        for name, side in (
            (TranslatableValue("width"), self.size.width),
            (TranslatableValue("height"), self.size.height),
        ):
            if side % PIXELS_PER_LATENT or not 64 <= side <= MAX_SIDE:
                raise SettingError(
                    "The {name} {side} is not supported.",
                    "Use multiples of 8 from 64 to {largest}, such as 512x512.",
                    name=name,
                    side=side,
                    largest=MAX_SIDE,
                )


class FitMode(Enum):
    """How a picture of another shape is fitted to the engine's size; it is never distorted."""

    CROP = "crop"
    LETTERBOX = "letterbox"


@dataclass(frozen=True, slots=True)
class InputSettings:
    """Where frames come from: `demo`, `synthetic`, `screen:NUMBER`, `window:TITLE_OR_NUMBER`,
    `camera:INDEX_OR_NAME` or a path.

    size and fps are requested from a camera or screen; None leaves the choice to it. rotate:
    clockwise, in degrees: 0, 90, 180 or 270.
    """

    source: str = "demo"
    size: Size | None = None
    fps: float | None = None
    loop: bool = False
    mirror: bool = False
    fit: FitMode = FitMode.CROP
    rotate: int = 0

    def __post_init__(self) -> None:
        if self.rotate not in (0, 90, 180, 270):
            raise SettingError(
                "A picture cannot be rotated by {angle} degrees.",
                "Choose 0, 90, 180 or 270.",
                angle=self.rotate,
            )


def parse_size(text: str) -> Size:
    """Read "WIDTHxHEIGHT". Raises SettingError for any other text."""
    match = re.fullmatch(r"(\d{1,5})\s*[xX×]\s*(\d{1,5})", text.strip())
    if match is None:
        raise SettingError(
            "'{text}' is not a valid size.", "Write it as WIDTHxHEIGHT, such as 512x512.", text=text
        )
    return Size(int(match[1]), int(match[2]))
