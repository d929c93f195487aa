"""The looks of the drawing, and what a user may choose of a character.

Sizes of strokes are in parts of the face's height; a look changes weights, colours and shading, the
drawing itself is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from engine.drawing.colour import lab_of
from engine.drawing.palette import Palette, with_colours
from engine.settings import Character

Finish = Literal["cel", "screentone", "gouache", "halftone"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn.

    eye_size: the drawn eye's width over the person's own. finer_jaw: 1 a finer jaw, below 0 a
    broader one. line: weight of all lines, 1 as in Anime. shade_edge: half the width of a shadow's
    soft edge, in tones of its mask. blush: 0..1. dots: the spacing of screentone or halftone in
    pixels; 0 leaves the tones flat, for dots that are laid on later.
    """

    name: str
    finish: Finish
    eye_size: float = 1.42
    finer_jaw: float = 1.0
    line: float = 1.0
    black_lines: bool = False
    shade_edge: float = 0.1
    blush: float = 0.6
    dots: float = 0.0


ANIME = Look("Anime", "cel")
MANGA = Look("Manga", "screentone", line=1.1, black_lines=True, blush=0.0, dots=4.6)
STORYBOOK = Look(
    "Storybook", "gouache", eye_size=1.3, finer_jaw=0.7, line=0.8, shade_edge=0.34, blush=0.75
)
HERO = Look(
    "Hero", "halftone", eye_size=1.12, finer_jaw=-0.45, line=1.55, black_lines=True,
    shade_edge=0.03, blush=0.1, dots=4.0,
)  # fmt: skip
LOOKS = (ANIME, MANGA, STORYBOOK, HERO)


def look_named(name: str) -> Look:
    """A look by its name in any case. Raises ValueError with the names there are."""
    for look in LOOKS:
        if look.name.lower() == name.lower():
            return look
    raise ValueError(f"no look is named {name}; there are {', '.join(x.name for x in LOOKS)}")


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
