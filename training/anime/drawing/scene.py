"""What every part of the drawing looks at: the view, masks at the canvas' size, inks, the look.

N is the side of the picture, H = SCALE * N that of the canvas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training.anime.drawing.canvas import SCALE, blurred, resized, smooth_step
from training.anime.drawing.colour import Colour, Lab, Plane, floats, lch, lch_of, rgb
from training.anime.looks import Look
from training.anime.masks import Masks, hand_mask
from training.anime.palette import Palette
from training.anime.steady import Hold
from training.anime.view import View

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


def inks_of(palette: Palette, look: Look) -> Inks:
    """All tones of a person, from the few that are held."""
    light = palette.skin[0]
    line: Lab = lch(max(light - 58, 14), 22, 30)
    hair_light, chroma, hue = lch_of(palette.hair)
    dark_hue = hue - 8 if hair_light > 38 else hue
    lash = rgb(lch(max(hair_light * 0.22, 8), 8, hue)) * 0.5 + floats([26, 18, 28]) * 0.5
    black = look.black_lines
    return Inks(
        skin=rgb(palette.skin),
        shadow=rgb(palette.shadow),
        deep=rgb(palette.deep),
        line=INK if black else rgb(line),
        hair=rgb(palette.hair),
        hair_shadow=rgb(lch(hair_light - 9 - 0.08 * hair_light, chroma * 1.05, dark_hue)),
        hair_light=rgb(lch(min(hair_light * 1.05 + 11, 97), chroma * 0.95, hue + 4)),
        hair_shine=rgb(lch(min(hair_light + 24, 99), chroma * 0.7, hue + 4)),
        hair_line=INK if black else rgb(lch(max(hair_light * 0.38 - 2, 6), chroma * 0.7, hue - 10)),
        lash=INK if black else np.asarray(lash, np.float32),
        brow=INK
        if black
        else rgb(lch(float(np.clip(hair_light * 0.55, 12, 52)), chroma * 0.8, hue)),
        beard=rgb(palette.beard),
        frame=INK if black else rgb(palette.frame),
    )


@dataclass(frozen=True)
class Scene:
    """One frame that is to be drawn. people: a steady number for each face, by which its planes
    are held over time; palettes: one for each face, and one more where there is none.
    """

    view: View
    look: Look
    hold: Hold
    people: tuple[int, ...]
    palettes: tuple[Palette, ...]

    @property
    def side(self) -> int:
        """N."""
        return self.view.side

    @property
    def canvas_side(self) -> int:
        """H."""
        return self.view.side * SCALE

    @cached_property
    def inks(self) -> tuple[Inks, ...]:
        """The inks of each palette."""
        return tuple(inks_of(palette, self.look) for palette in self.palettes)

    @cached_property
    def layers(self) -> Masks:
        """The masks (H, H), their soft edges drawn together."""
        skin, clothes, hair, person = (
            smooth_step(blurred(resized(plane, self.canvas_side), 1.3), 0.36, 0.64)
            for plane in self.view.masks.planes()
        )
        return Masks(skin, clothes, hair, person)

    @cached_property
    def light(self) -> Plane:
        """Lightness L* of the view, (N, N)."""
        return np.ascontiguousarray(self.view.lab[..., 0])

    @cached_property
    def covered(self) -> Plane:
        """Hands in front of a face, (H, H): nothing of the face is drawn there."""
        near = [hand for hand in self.view.hands if self._near_a_face(hand)]
        return resized(hand_mask(near, self.side, 0.34), self.canvas_side).clip(0, 1)

    def _near_a_face(self, hand: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
        return any(
            np.linalg.norm(hand - face.centre, axis=1).min() < 0.75 * face.height
            for face in self.view.faces
        )
