"""The looks of the drawing, and what a user may choose of a character.

Sizes of strokes are in parts of the face's height; a look changes weights, colours and shading, the
drawing itself is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.drawing.colour import NO_GRADE, Grade, lab_of
from engine.drawing.palette import Palette, with_colours
from engine.settings import Character

Finish = Literal["cel", "screentone", "gouache", "halftone"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn.

    eye_size: the drawn eye's width over the person's own. finer_jaw: 1 a finer jaw, below 0 a
    broader one. line: weight of all lines, 1 as in Anime. shade_edge: half the width of a shadow's
    soft edge, in tones of its mask. black_lines: 0 in the colours of what they surround, 1 black.
    blush: 0..1. grade: what the finish makes of a colour. dots: the spacing of screentone or
    halftone in pixels; 0 leaves the tones flat.
    """

    name: str
    finish: Finish
    eye_size: float = 1.42
    finer_jaw: float = 1.0
    line: float = 1.0
    black_lines: float = 0.0
    shade_edge: float = 0.1
    blush: float = 0.6
    grade: Grade = NO_GRADE
    dots: float = 0.0


ANIME = Look("Anime", "cel")
MANGA = Look(
    "Manga", "screentone", line=1.1, black_lines=1.0, blush=0.0, grade=Grade(chroma=0.0), dots=4.6
)
STORYBOOK = Look(
    "Storybook", "gouache", eye_size=1.3, finer_jaw=0.7, line=0.8, shade_edge=0.34, blush=0.75,
    grade=Grade(contrast=0.93, lift=7.0, chroma=0.94, warmth=2.5),
)  # fmt: skip
HERO = Look(
    "Hero", "halftone", eye_size=1.12, finer_jaw=-0.45, line=1.55, black_lines=1.0,
    shade_edge=0.03, blush=0.1, grade=Grade(contrast=1.12, lift=-3.0, chroma=1.22), dots=4.0,
)  # fmt: skip
LOOKS = (ANIME, MANGA, STORYBOOK, HERO)


def look_named(name: str) -> Look:
    """A look by its name in any case. Raises ValueError with the names there are."""
    for look in LOOKS:
        if look.name.lower() == name.lower():
            return look
    raise ValueError(f"no look is named {name}; there are {', '.join(x.name for x in LOOKS)}")


def blended(parts: Sequence[tuple[Look, float]]) -> Look:
    """What lies between looks, by their weights; name and finish are the heaviest's.

    Raises ValueError if no weight is above 0.
    """
    parts = [(look, weight) for look, weight in parts if weight > 0.0]
    if not parts:
        raise ValueError("a look of a blend needs a weight above 0")
    if len(parts) == 1:
        return parts[0][0]
    total = sum(weight for _, weight in parts)
    heaviest = max(parts, key=lambda part: part[1])[0]

    def mean(of: Callable[[Look], float]) -> float:
        return sum(of(look) * weight for look, weight in parts) / total

    return replace(
        heaviest,
        eye_size=mean(lambda look: look.eye_size),
        finer_jaw=mean(lambda look: look.finer_jaw),
        line=mean(lambda look: look.line),
        black_lines=mean(lambda look: look.black_lines),
        shade_edge=mean(lambda look: look.shade_edge),
        blush=mean(lambda look: look.blush),
        grade=Grade(
            contrast=mean(lambda look: look.grade.contrast),
            lift=mean(lambda look: look.grade.lift),
            chroma=mean(lambda look: look.grade.chroma),
            warmth=mean(lambda look: look.grade.warmth),
        ),
    )


def chosen_look(look: Look, character: Character) -> Look:
    """The look with the user's eye size, blush and line weight."""
    size = look.eye_size if character.eye_size is None else character.eye_size
    return replace(
        look,
        eye_size=size,
        blush=min(look.blush * character.blush, 1.0),
        line=look.line * character.line_weight,
    )


def chosen_palette(palette: Palette, character: Character) -> Palette:
    """The palette with the user's colours of eyes and hair."""
    iris, hair = (
        None if colour is None else lab_of(colour)
        for colour in (character.eye_colour, character.hair_colour)
    )
    return with_colours(palette, iris, hair)
