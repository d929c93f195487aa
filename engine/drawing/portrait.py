"""What the drawing of one face goes by: the face, its colours and inks, the look, the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.drawing.colour import (
    Colour,
    Lab,
    Picture,
    Plane,
    floats,
    lab_picture,
    lch,
    lch_of,
    rgb,
    rgb_picture,
)
from engine.drawing.landmarks import Face
from engine.drawing.looks import Look
from engine.drawing.palette import Palette

INK: Colour = floats([14, 12, 16])
CLOTHES_LINE: Colour = floats([34, 30, 42])


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours (RGB) that a person is drawn with."""

    skin: Colour
    shadow: Colour
    deep: Colour
    line: Colour
    hair: Colour
    hair_shadow: Colour
    hair_light: Colour
    hair_shine: Colour
    hair_line: Colour
    lash: Colour
    brow: Colour
    beard: Colour
    frame: Colour


@lru_cache(maxsize=8)  # each frame is drawn at two sizes
def inks_of(palette: Palette, look: Look) -> Inks:
    """All tones of a person, from the few that are held."""
    light = palette.skin[0]
    line: Lab = lch(max(light - 58, 14), 22, 30)
    hair_light, chroma, hue = lch_of(palette.hair)
    dark_hue = hue - 8 if hair_light > 38 else hue
    lash = rgb(lch(max(hair_light * 0.22, 8), 8, hue)) * 0.5 + floats([26, 18, 28]) * 0.5

    def line_of(colour: Colour) -> Colour:
        return colour + np.float32(look.black_lines) * (INK - colour)

    return Inks(
        skin=rgb(palette.skin),
        shadow=rgb(palette.shadow),
        deep=rgb(palette.deep),
        line=line_of(rgb(line)),
        hair=rgb(palette.hair),
        hair_shadow=rgb(lch(hair_light - 9 - 0.08 * hair_light, chroma * 1.05, dark_hue)),
        hair_light=rgb(lch(min(hair_light * 1.05 + 11, 97), chroma * 0.95, hue + 4)),
        hair_shine=rgb(lch(min(hair_light + 24, 99), chroma * 0.7, hue + 4)),
        hair_line=line_of(rgb(lch(max(hair_light * 0.38 - 2, 6), chroma * 0.7, hue - 10))),
        lash=line_of(np.asarray(lash, np.float32)),
        brow=line_of(rgb(lch(float(np.clip(hair_light * 0.55, 12, 52)), chroma * 0.8, hue))),
        beard=rgb(palette.beard),
        frame=line_of(rgb(palette.frame)),
    )


def body_line(look: Look) -> Colour:
    """The colour of the line around a person, as the look's finish shows it."""
    return in_finish(CLOTHES_LINE + np.float32(look.black_lines) * (INK - CLOTHES_LINE), look)


def in_finish(colours: NDArray[np.float32], look: Look) -> NDArray[np.float32]:
    """Colours (..., 3) as the look's finish shows them; on paper what is dark is black."""
    lab = lab_picture(colours.reshape(1, -1, 3))
    if look.finish == "screentone":
        light = lab[..., 0]
        tone = np.where(light < 34, 1.0, np.clip((84 - light) / 90, 0, 0.6))
        paper = 255 * (1 - 0.94 * tone)
        return np.repeat(paper[..., None], 3, 2).reshape(colours.shape).astype(np.float32)
    return rgb_picture(look.grade.of(lab)).reshape(colours.shape)


@dataclass(frozen=True)
class Portrait:
    """A face that is to be drawn. lab: the picture (N, N, 3) in L*a*b* in which its points lie."""

    face: Face
    palette: Palette
    look: Look
    lab: Picture

    @cached_property
    def inks(self) -> Inks:
        """The colours that it is drawn with."""
        return inks_of(self.palette, self.look)

    @property
    def size(self) -> float:
        """The length that everything drawn goes by."""
        return self.face.scale


@dataclass(frozen=True, slots=True)
class Clearance:
    """Where parts of a face may be drawn: planes of the canvas' size, 0..1, or 1 for everywhere.

    bare: what neither hair nor a hand covers; edge: the same with soft edges, for lines that may
    leave the oval; oval: the face's own part of it; eyes, brows: what these may cover.
    """

    bare: Plane | float = 1.0
    edge: Plane | float = 1.0
    oval: Plane | float = 1.0
    eyes: Plane | float = 1.0
    brows: Plane | float = 1.0


EVERYWHERE = Clearance()
