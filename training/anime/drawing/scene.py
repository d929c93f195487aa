"""What every part of the drawing looks at: the view, masks at the canvas' size, inks, the look.

N is the side of the picture, H = SCALE * N that of the canvas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.drawing.canvas import SCALE, blurred, resized, smooth_step
from engine.drawing.colour import Plane
from engine.drawing.looks import Look
from engine.drawing.palette import Palette
from engine.drawing.portrait import Inks, Portrait, inks_of
from training.anime.masks import Masks, hand_mask
from training.anime.steady import Hold
from training.anime.view import View


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

    def portrait(self, index: int) -> Portrait:
        """What the face of a number is drawn by."""
        return Portrait(self.view.faces[index], self.palettes[index], self.look, self.view.lab)

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
