"""The people of a clip: told apart by where they are, followed from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.drawing.landmarks import Found
from engine.drawing.palette import Palette
from training.anime.steady import OneEuro

REACH = 1.1
"""A face this near to a person's last one (in heights of the face) is the same person's."""
PATIENCE = 12
"""So many frames a person whom nobody finds any more is kept where they were."""
PROVED = 5
"""In so many frames somebody new has to be found: a hand may pass for a face now and then."""


@dataclass(slots=True)
class Person:
    """One person: a number that stays, where they are, the palette once it is decided.

    missed: how many frames ago they were last found; times: in how many they were; unit: what
    their points are divided by before they are smoothed (the height of the first face in pixels).
    """

    number: int
    face: Found
    palette: Palette | None = None
    missed: int = 0
    times: int = 0
    unit: float = 1.0
    points: OneEuro = field(default_factory=OneEuro)
    shapes: OneEuro = field(default_factory=lambda: OneEuro(min_cutoff=4.0, beta=2.0))

    def follow(self, found: Found, *, smooth: bool) -> None:
        """Take a newly found face of this person, its landmarks smoothed over time."""
        self.missed = 0
        self.times += 1
        self.face = found
        if not smooth:
            return
        if self.points.value is None:
            self.unit = found.height
        points = self.points(found.points / self.unit) * self.unit
        names = sorted(found.shapes)
        shapes = self.shapes(np.array([found.shapes[name] for name in names]))
        self.face = replace(
            found, points=points, shapes=dict(zip(names, shapes.tolist(), strict=True))
        )


class Cast:
    """Everyone seen so far.

    known: people of an earlier look at the clip, and their palettes; with None everybody who is
    found counts from the first frame on.
    """

    def __init__(self, known: Sequence[tuple[Found, Palette]] | None = None) -> None:
        self.expected = 1 << 30 if known is None else len(known)
        self.everyone = [
            Person(number, face, palette, missed=PATIENCE + 1)
            for number, (face, palette) in enumerate(known or ())
        ]

    def seen(self, found: Sequence[Found], *, smooth: bool = True) -> list[Person]:
        """Who is in a frame, by the faces found in it: the largest first.

        Who is not found for a moment stays where they were; who comes back is known again.
        """
        pairs = self._pairs(found)
        for person in self.everyone:
            person.missed += 1
        for index, face in enumerate(found):
            person = pairs.get(index) or self._returned(len(found)) or self._new(face)
            person.follow(face, smooth=smooth)
        here = [
            person for person in self.everyone if person.missed <= PATIENCE and self._sure(person)
        ]
        return sorted(here, key=lambda person: -person.face.height)

    def _sure(self, person: Person) -> bool:
        """Whether this is a person and not something that looked like a face for a moment."""
        return person.number < self.expected or person.times >= PROVED

    def _pairs(self, found: Sequence[Found]) -> dict[int, Person]:
        """Faces to people, the nearest first: the index of a face and whose it is."""
        near = []
        for person in self.everyone:
            for index, face in enumerate(found):
                apart = float(np.linalg.norm(face.centre - person.face.centre))
                near.append((apart / max(face.height, person.face.height), index, person))
        pairs: dict[int, Person] = {}
        for apart, index, person in sorted(near, key=lambda entry: entry[0]):
            if apart < REACH and index not in pairs and person not in pairs.values():
                pairs[index] = person
        return pairs

    def _returned(self, count: int) -> Person | None:
        """The only person there is, come back elsewhere to be the only one again."""
        lost = [person for person in self.everyone if person.missed > PATIENCE]
        return lost[0] if count == 1 and len(lost) == len(self.everyone) == 1 else None

    def _new(self, face: Found) -> Person:
        person = Person(len(self.everyone), face)
        self.everyone.append(person)
        return person
