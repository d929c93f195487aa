"""A picture or a clip, drawn: what is read is held, then given to the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.drawing.canvas import Points
from engine.drawing.landmarks import Face, Found, face_of
from engine.drawing.looks import Look, chosen_look, chosen_palette
from engine.drawing.palette import (
    PLAIN_HAIR,
    Palette,
    Seen,
    decided,
    in_the_light_of,
)
from engine.frames import Pixels
from engine.settings import AS_I_AM, Character
from training.anime.cast import Cast, Person
from training.anime.drawing.compose import drawn
from training.anime.drawing.scene import Scene
from training.anime.masks import masks_of
from training.anime.readers import Readers
from training.anime.sight import seen_in
from training.anime.steady import Hold, Steady, Still
from training.anime.view import Reading, View, view_of

FIRST_LOOKS = 14
"""So many frames of a clip are looked at before the first is drawn."""
LEAST_LOOKS = 3
"""In so many of them (a third of fewer) a person has to be seen: hands may pass for faces."""
STILL = Still()
Known = Sequence[tuple[Points, Palette]]
"""The middles (2,) of faces, and whose they are."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing with what it was made of: the faces (points as drawn too) and their palettes."""

    source: Pixels
    picture: Pixels
    faces: tuple[Face, ...]
    palettes: tuple[Palette, ...]


def squared(pixels: Pixels, side: int) -> Pixels:
    """The middle square of a picture at side x side."""
    height, width = pixels.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    cut = pixels[top : top + edge, left : left + edge]
    method = cv2.INTER_AREA if edge > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(cut, (side, side), interpolation=method), np.uint8)


class Teacher:
    """Draws square pictures by what the networks read."""

    def __init__(self) -> None:
        self.readers = Readers()

    def read(self, pixels: Pixels, found: Sequence[Found], hold: Hold) -> Reading:
        """Everything but the faces, which were found already."""
        faces = tuple(face_of(face) for face in found)
        hands = tuple(self.readers.hands(pixels))
        raw = self.readers.masks(pixels, faces)
        return Reading(pixels, faces, hands, masks_of(pixels, raw, faces, hands, hold))

    def seen(self, pixels: Pixels) -> View:
        """What one picture shows, in its own geometry."""
        return view_of(self.read(pixels, self.readers.faces(pixels), STILL), 0.0)

    def still(
        self, pixels: Pixels, look: Look, character: Character = AS_I_AM, known: Known = ()
    ) -> Drawn:
        """One picture by itself. known: people of other pictures, and where they are in this."""
        reading = self.read(pixels, self.readers.faces(pixels), STILL)
        view = view_of(reading, chosen_look(look, character).finer_jaw)
        palettes = [decided([seen_in(view, index)]) for index in range(len(view.faces))]
        for centre, palette in known:
            apart = [
                float(np.linalg.norm(face.centre - centre)) / face.height for face in view.faces
            ]
            nearest = int(np.argmin(apart)) if apart else 0
            if apart and apart[nearest] < 0.6:
                palettes[nearest] = in_the_light_of(palette, palettes[nearest])
        people = tuple(range(len(view.faces)))
        return _drawn(pixels, view, palettes, people, look, character, STILL)

    def clip(
        self, frames: Sequence[Pixels], look: Look, character: Character = AS_I_AM
    ) -> Iterator[Drawn]:
        """The frames of a clip one after the other, people and tones held."""
        known = self.palettes_of(frames, look)
        cast, hold = Cast(known), Steady()
        for pixels in frames:
            hold.begin(pixels)
            people = cast.seen(self.readers.faces(pixels))
            calm = hold.plane("picture", pixels.astype(np.float32), 0.7)
            smooth = np.asarray(np.rint(calm), np.uint8)
            reading = self.read(smooth, [person.face for person in people], hold)
            view = view_of(reading, chosen_look(look, character).finer_jaw)
            palettes = [self._palette(person, view, i) for i, person in enumerate(people)]
            numbers = tuple(person.number for person in people)
            yield _drawn(pixels, view, palettes, numbers, look, character, hold)

    def palettes_of(self, frames: Sequence[Pixels], look: Look) -> list[tuple[Found, Palette]]:
        """Each person of a clip, by frames spread over it: where they are first, their palette."""
        cast = Cast()
        seen: dict[int, list[Seen]] = {}
        first: dict[int, Found] = {}
        numbers = np.unique(np.linspace(0, len(frames) - 1, FIRST_LOOKS).astype(int))
        for number in numbers:
            pixels = frames[number]
            people = cast.seen(self.readers.faces(pixels), smooth=False)
            reading = self.read(pixels, [person.face for person in people], STILL)
            view = view_of(reading, look.finer_jaw)
            for index, person in enumerate(people):
                first.setdefault(person.number, person.face)
                if not person.missed:
                    seen.setdefault(person.number, []).append(seen_in(view, index))
        least = max(1, min(LEAST_LOOKS, len(numbers) // 3))
        sure = [number for number, looks in seen.items() if len(looks) >= least]
        return [(first[number], decided(seen[number])) for number in sorted(sure)]

    def _palette(self, person: Person, view: View, index: int) -> Palette:
        """The person's palette; who was never seen before gets one now, and keeps it."""
        if person.palette is None:
            person.palette = decided([seen_in(view, index)])
        return person.palette


def _drawn(
    pixels: Pixels,
    view: View,
    palettes: Sequence[Palette],
    people: tuple[int, ...],
    look: Look,
    character: Character,
    hold: Hold,
) -> Drawn:
    chosen = tuple(chosen_palette(palette, character) for palette in palettes)
    scene = Scene(view, chosen_look(look, character), hold, people, chosen or (NOBODY,))
    return Drawn(pixels, drawn(scene), view.faces, tuple(palettes))


def _nobody() -> Palette:
    """Tones for skin and hair that belong to no face: a back, a hand before the camera."""
    return decided(
        [
            Seen(
                skin=(68.0, 15.0, 20.0), hair=PLAIN_HAIR, iris=(25.0, 5.0, 8.0),
                cheek=(68.0, 15.0, 20.0), radius=4.0, lips=None, beard=0.0,
                beard_colour=PLAIN_HAIR, glasses=0.0, frame=PLAIN_HAIR, white=95.0, weight=1.0,
            )
        ]
    )  # fmt: skip


NOBODY = _nobody()
