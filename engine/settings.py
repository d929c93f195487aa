"""What a user can set, as frozen and validated data.

`LiveSettings` may change between two frames. A change of `BuildSettings` needs a new translator.
`InputSettings` say where frames come from and how they are fitted to the engine's size.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, fields
from enum import Enum

from engine.errors import SettingError, TranslatableValue
from engine.frames import Size

BUILT_IN = "built-in"
"""The model that ships with the program."""

PIXELS_PER_LATENT = 8
"""Along each side; sides of pictures are multiples of this."""

STRENGTHS, STRUCTURES = (0.2, 1.0), (0.0, 1.5)
NOISE_CONSISTENCIES, FLICKER_REDUCTIONS = (0.0, 1.0), (0.0, 0.9)
MAX_STEPS = 8
MAX_SIDE = 2048
MAX_SEED = 2**32 - 1


def check_range(name: TranslatableValue, value: float, low: float, high: float) -> None:
    """Raise SettingError unless low <= value <= high."""
    if not low <= value <= high:
        raise SettingError(
            "{name} is {value}, but must lie between {low} and {high}.",
            "Choose a value from {low} to {high}.",
            name=name,
            value=_figure(value),
            low=_figure(low),
            high=_figure(high),
        )


def _figure(value: float) -> str:
    """A whole number with all its digits: a seed has ten."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Blend:
    """A second style and its weight, 0..1: 0 is the first style alone, 1 the second alone."""

    style: str
    weight: float

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The weight of the blend"), self.weight, 0.0, 1.0)


Rgb = tuple[int, int, int]
"""A colour: red, green and blue, 0..255 each."""

NAMED_COLOURS: dict[str, Rgb] = {
    "black": (38, 34, 40),
    "brown": (112, 70, 44),
    "auburn": (146, 68, 44),
    "red": (196, 52, 52),
    "amber": (214, 140, 48),
    "blond": (232, 200, 120),
    "green": (70, 148, 88),
    "blue": (62, 118, 196),
    "violet": (132, 88, 184),
    "pink": (236, 142, 176),
    "grey": (138, 146, 156),
    "white": (238, 236, 240),
}
"""Colours of eyes and hair that are suggested; any other may be chosen."""


EYE_SIZES, BLUSHES, LINE_WEIGHTS = (1.0, 1.8), (0.0, 2.0), (0.4, 2.5)
"""The ranges of a character's settings."""


@dataclass(frozen=True, slots=True)
class Character:
    """How a look that draws faces draws the user's.

    eye_size: width of the drawn eye relative to the person's own, 1 to 1.8; None is the look's own.
    eye_colour, hair_colour: None is the person's own. blush, line_weight: factors on the look's
    own, 0 to 2 and 0.4 to 2.5.
    """

    eye_size: float | None = None
    eye_colour: Rgb | None = None
    hair_colour: Rgb | None = None
    blush: float = 1.0
    line_weight: float = 1.0

    def __post_init__(self) -> None:
        if self.eye_size is not None:
            check_range(TranslatableValue("The eye size"), self.eye_size, *EYE_SIZES)
        for colour in (self.eye_colour, self.hair_colour):
            for value in colour or ():
                check_range(TranslatableValue("A part of a colour"), value, 0, 255)
        check_range(TranslatableValue("Blush"), self.blush, *BLUSHES)
        check_range(TranslatableValue("The line weight"), self.line_weight, *LINE_WEIGHTS)

    def chosen(self) -> dict[str, str]:
        """The settings that differ from "as I am", as text by their names."""
        named = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {
            name: colour_text(value) if isinstance(value, tuple) else f"{value:g}"
            for name, value in named
            if value != getattr(AS_I_AM, name)
        }


AS_I_AM = Character()


class Styled(Enum):
    """What is styled; the rest is shown as the camera sees it."""

    EVERYTHING = "everything"
    PERSON = "person"
    ROOM = "room"


class Behind(Enum):
    """What is seen behind a person; AS_STYLED is the room, styled or not."""

    AS_STYLED = "as-styled"
    BLURRED = "blurred"
    PICTURE = "picture"
    COLOUR = "colour"


@dataclass(frozen=True, slots=True)
class Composition:
    """What is shown of the styled picture, and what in place of it.

    picture: the path of the one behind the person; colour: the one behind the person.
    """

    styled: Styled = Styled.EVERYTHING
    behind: Behind = Behind.AS_STYLED
    picture: str = ""
    colour: Rgb = (0, 177, 64)

    def __post_init__(self) -> None:
        for value in self.colour:
            check_range(TranslatableValue("A part of a colour"), value, 0, 255)
        if self.behind is Behind.PICTURE and not self.picture:
            raise SettingError(
                "There is no picture to show behind you.", "Choose one, or a colour."
            )

    @property
    def needs_mask(self) -> bool:
        """Whether it must be known where the person is."""
        return self.styled is not Styled.EVERYTHING or self.behind is not Behind.AS_STYLED

    @property
    def raw_person(self) -> bool:
        """Whether the person is shown unstyled."""
        return self.styled is Styled.ROOM

    @property
    def raw_room(self) -> bool:
        """Whether the room is shown unstyled, if only blurred."""
        return self.styled is Styled.PERSON and self.behind in (Behind.AS_STYLED, Behind.BLURRED)

    def chosen(self) -> dict[str, str]:
        """What differs from the whole styled picture, as text by its names; no path."""
        named = {"styled": self.styled.value, "behind": self.behind.value}
        if self.behind is Behind.COLOUR:
            named["behind"] = colour_text(self.colour)
        usual = {"styled": WHOLE.styled.value, "behind": WHOLE.behind.value}
        return {name: value for name, value in named.items() if value != usual[name]}


WHOLE = Composition()


class Interpolation(Enum):
    """How many pictures a second are shown, with interpolated ones between those of a model that
    makes fewer.
    """

    OFF = "off"
    TO_30 = "30"
    TO_60 = "60"

    @property
    def fps(self) -> float | None:
        """Pictures per second; None where there are those of the model alone."""
        return None if self is Interpolation.OFF else float(self.value)


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What may change while the stream runs.

    strength: 0.2 (slight) to 1 (full); it sets the first timestep. steps: denoising steps, 1..8.
    structure: the weight of the structure input, 0..1.5. noise_consistency: the share of the
    noise's variance that successive frames have in common, 0..1. flicker_reduction: the share of
    the previous result, moved along with the picture, in each result, 0..0.9. seed: 0..2^32 - 1.
    prompt: for models that take one. character: for looks that draw faces.
    composition: who is styled, and what is behind them; never stored, so that nobody is on air
    unstyled by an old choice. auto_framing: the picture is the part with people in it, which it
    follows. interpolation: for live streams. These two belong to a computer and its camera, not to
    a look, so no preset has them.
    """

    style: str = "anime"
    blend: Blend | None = None
    strength: float = 1.0
    steps: int = 1
    structure: float = 1.0
    noise_consistency: float = field(default=1.0, metadata={"old_names": ("smoothness",)})
    flicker_reduction: float = field(default=0.6, metadata={"old_names": ("steadiness",)})
    seed: int = 0
    prompt: str = ""
    character: Character = AS_I_AM
    composition: Composition = field(default=WHOLE, metadata={"not_stored": True})
    auto_framing: bool = field(default=False, metadata={"not_stored": True})
    interpolation: Interpolation = field(default=Interpolation.OFF, metadata={"not_stored": True})

    def __post_init__(self) -> None:
        check_range(TranslatableValue("Strength"), self.strength, *STRENGTHS)
        check_range(TranslatableValue("The number of steps"), self.steps, 1, MAX_STEPS)
        check_range(TranslatableValue("Structure"), self.structure, *STRUCTURES)
        check_range(
            TranslatableValue("Noise consistency"), self.noise_consistency, *NOISE_CONSISTENCIES
        )
        check_range(
            TranslatableValue("Flicker reduction"), self.flicker_reduction, *FLICKER_REDUCTIONS
        )
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
    stream runs; otherwise the same input gives the same output. engine: the address of another
    computer that does the work, as `engine.remote.address` reads it; "" for this one. resumed: the
    stream has broken off before, and is shown again as soon as it can be: there is nothing to wait
    for. The session decides on at_once and resumed.
    """

    model: str = BUILT_IN
    size: Size = field(default_factory=lambda: Size(512, 512))
    device: str = "auto"
    accelerator: str = "auto"
    cache: CachePrecision = CachePrecision.SAME
    precision: Precision = Precision.AUTO
    at_once: bool = field(default=False, metadata={"not_stored": True})
    engine: str = ""
    resumed: bool = field(default=False, metadata={"not_stored": True})

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


def parse_colour(text: str) -> Rgb:
    """Read "#RRGGBB" or one of `NAMED_COLOURS`. Raises SettingError for any other text."""
    name = text.strip().lower()
    if name in NAMED_COLOURS:
        return NAMED_COLOURS[name]
    match = re.fullmatch(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", name)
    if match is None:
        raise SettingError(
            "'{text}' is not a colour.",
            "Write it as #RRGGBB, or choose one of: {names}.",
            text=text,
            names=", ".join(NAMED_COLOURS),
        )
    return int(match[1], 16), int(match[2], 16), int(match[3], 16)


def colour_text(colour: Rgb) -> str:
    """The text that `parse_colour` reads."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def parse_composition(styled: Styled, behind: str) -> Composition:
    """Read what is behind a person: "as-styled", "blurred", a colour, or the path of a picture.

    Raises SettingError for a text that is none of them. Whether a picture can be read is not asked.
    """
    text = behind.strip()
    if text.lower() in (Behind.AS_STYLED.value, Behind.BLURRED.value):
        return Composition(styled, Behind(text.lower()))
    try:
        return Composition(styled, Behind.COLOUR, colour=parse_colour(text))
    except SettingError:
        return Composition(styled, Behind.PICTURE, picture=text)
