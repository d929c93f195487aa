"""Plans the frames of a stream for looks that draw faces: who is there, in which colours, and how
much of the look is wanted.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from engine.drawing.bare_face import calmed
from engine.drawing.figures import Figures
from engine.drawing.ground import Ground, LookAround, Surroundings, nothing_seen
from engine.drawing.head import Head
from engine.drawing.landmarks import Face as DrawnFace
from engine.drawing.landmarks import face_of_mesh
from engine.drawing.live_colours import LiveColours
from engine.drawing.looks import Look, blended, chosen_look, chosen_palette, look_named
from engine.drawing.parts import HeldParts
from engine.drawing.plan import Plan, planned
from engine.drawing.planned_face import PlannedFace
from engine.drawing.shade import HeldShade
from engine.frames import Pixels
from engine.model.face.head_parts import PartsNetwork, head_at, read_parts
from engine.model.face.networks import FaceNetwork
from engine.model.face.tracking import Face, FaceTracker
from engine.model.images.optical_flow import BackwardFlow
from engine.model.person.mask import PersonMask
from engine.model.person.network import MaskNetwork
from engine.settings import Character, LiveSettings

Strength = TypeVar("Strength", float, Tensor)

logger = logging.getLogger(__name__)

LARGEST_FACE = 3.0
"""Relative to the frame's longer side: a larger one is a mistake, and would take much memory."""

EVERY, LOOKS_EVERY = 2, 3
"""The parts of an only head are told in every second frame, who is in the picture in every third:
they change less than faces do.
"""

EASE_FRAMES = 12
"""In so many frames what is drawn follows a change of style or strength, about as long as the
cross-fade takes that changes everything else."""


def look_share(strength: Strength) -> Strength:
    """How much of a style there is at a strength of 0.2..1: a touch at 0.2, all of it at 1."""
    return 0.15 + 0.85 * (strength - 0.2) / 0.8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What settings ask for: how much of each look, 0..1, their sum too."""

    shares: NDArray[np.float64]
    character: Character


class Person:
    """What is held of somebody over a stream."""

    def __init__(self) -> None:
        self.colours, self.shade, self.parts = LiveColours(), HeldShade(), HeldParts()
        self.head: Head | None = None


Drawable = tuple[Face, Person, DrawnFace]
"""Who is followed, what is held of them, and their face as it is drawn."""


class FacePlanner:
    """Plans frame after frame. networks: detector and mesh. looks: the names of the styles that
    draw faces. parts: tells the parts of heads; without it hair is left to the network that paints.
    person: tells people from the room; without it there is no line around them.

    A frame whose faces cannot be drawn is planned without any: the network paints it all the same.
    Failures are logged once in a row.
    """

    def __init__(
        self,
        networks: tuple[FaceNetwork, FaceNetwork],
        looks: tuple[str, ...],
        parts: PartsNetwork | None = None,
        person: MaskNetwork | None = None,
    ) -> None:
        self._networks, self._parts, self._styles = networks, parts, looks
        self._looks = tuple(look_named(style) for style in looks)
        self._tracker = FaceTracker(*networks)
        self._person = person
        self._mask, self._ground, self._looks_around = self._new_mask(), Ground(), 0
        self._people: dict[int, Person] = {}
        self._wanted: Wanted | None = None
        self._shares = np.zeros(len(looks))
        self._failed, self._turn = False, 0

    @property
    def draws(self) -> bool:
        """Whether a look that draws faces is wanted."""
        return self._wanted is not None and bool(self._wanted.shares.any())

    def apply(self, settings: LiveSettings) -> None:
        """Follow new settings, in the first frame at once, later within `EASE_FRAMES`."""
        first, self._wanted = self._wanted is None, self._asked(settings)
        if first:
            self._shares = self._wanted.shares

    def look_around(self, frame: Pixels, flow: BackwardFlow | None = None) -> Surroundings | None:
        """What is seen in the stream's next frame, (H, W, 3), besides faces; None if nobody is to
        be drawn, or it fails. flow: from the frame before, if that is known. May run on a thread of
        its own, as may `forget_surroundings`.
        """
        if not (self.draws or self._shares.any()):  # nor does a look fade out
            self.forget_surroundings()
            return None
        self._looks_around += 1
        try:
            moved = self._looks_around % LOOKS_EVERY != 1
            figures = _figures(self._mask, frame, flow, moved=moved)
            return Surroundings(figures, self._ground.painted(frame, figures))
        except Exception:  # noqa: BLE001 - `plan` tries by itself then, and tells
            self.forget_surroundings()
            return None

    def forget_surroundings(self) -> None:
        """A new scene begins."""
        self._ground = Ground()
        if self._mask is not None:
            self._mask.forget()

    def plan(
        self, frame: Pixels, source: Pixels | None = None, around: LookAround = nothing_seen
    ) -> Plan:
        """The plan of the stream's next frame, (H, W, 3). source: it at its own size. around: waits
        for what `look_around` gives.
        """
        wanted = self._wanted
        assert wanted is not None, "settings are applied before the first frame"
        step = 1.0 / EASE_FRAMES
        self._shares = self._shares + np.clip(wanted.shares - self._shares, -step, step)
        if not self._shares.any():
            self._forget_people()
            return planned(frame, (), self._looks[0], 0.0)
        look, share = self._look(self._shares, wanted.character)
        try:
            faces = self._tracker.read(frame, source)
            known = {face.number: self._people.get(face.number, Person()) for face in faces}
            self._people = known
            people = [(face, known[face.number]) for face in faces]
            self._turn += 1
            drawable = _drawable(frame, people)
            drawn = self._drawn(frame, drawable, wanted.character, self._turn)
            plan = planned(frame, drawn, look, share, source, around())
            for (_, person, _), each in zip(drawable, plan.faces, strict=True):
                person.head = each.head
        except Exception:  # whatever fails, the stream goes on, and nothing raw is shown
            if not self._failed:
                logger.exception("the faces of a frame cannot be drawn")
            self._failed = True
            self._forget_people()
            return planned(frame, (), look, share, around=_without_people(frame, around()))
        self._failed = False
        return plan

    def plan_still(
        self, picture: Pixels, settings: LiveSettings, source: Pixels | None = None
    ) -> Plan:
        """The plan of a picture by itself; the stream does not notice."""
        wanted = self._asked(settings)
        if not wanted.shares.any():
            return planned(picture, (), self._looks[0], 0.0)
        look, share = self._look(wanted.shares, wanted.character)
        people = [(face, Person()) for face in FaceTracker(*self._networks).read(picture, source)]
        drawn = self._drawn(picture, _drawable(picture, people), wanted.character)
        around = Surroundings.of(picture, _figures(self._new_mask(), picture))
        return planned(picture, drawn, look, share, source, around)

    def forget(self) -> None:
        """A new scene begins: nobody is known any more, and settings apply at once."""
        self._forget_people()
        if self._wanted is not None:
            self._shares = self._wanted.shares

    def _forget_people(self) -> None:
        self._tracker.forget()
        self._people = {}

    def _asked(self, settings: LiveSettings) -> Wanted:
        blend = settings.blend
        parts = {settings.style: 1.0 - (blend.weight if blend else 0.0)}
        if blend:
            parts[blend.style] = parts.get(blend.style, 0.0) + blend.weight
        shares = np.array([parts.get(style, 0.0) for style in self._styles])
        return Wanted(shares * look_share(settings.strength), settings.character)

    def _look(self, shares: NDArray[np.float64], character: Character) -> tuple[Look, float]:
        """The look that shares of several make, and how much of it there is."""
        look = blended(list(zip(self._looks, shares.tolist(), strict=True)))
        return chosen_look(look, character), float(shares.sum())

    def _drawn(
        self, frame: Pixels, drawable: Sequence[Drawable], character: Character, turn: int = 0
    ) -> list[PlannedFace]:
        """The faces as they are to be drawn. turn: the frame's number."""
        told = self._told(frame, drawable, turn)
        faces = []
        for place, (each, person, face) in enumerate(drawable):
            own = person.colours.of(frame, face, person.parts.shown)
            depth = person.shade.of(frame, face, own.skin)
            head = None if person.head is None else head_at(person.head, face)
            parts = person.parts.shown if place in told else None
            palette = chosen_palette(own, character)
            faces.append(
                PlannedFace(face, palette, each.weight, depth, parts, None if parts else head)
            )
        return faces

    def _new_mask(self) -> PersonMask | None:
        person = self._person
        return None if person is None else PersonMask(lambda: person)

    def _told(self, frame: Pixels, drawable: Sequence[Drawable], turn: int) -> frozenset[int]:
        """Tell the parts of some heads; which. One in each frame, the only one in every second,
        besides those of which nothing is known; the others stay as they are upon their faces.
        """
        if self._parts is None:
            return frozenset()
        rounds = max(len(drawable), EVERY)
        due = [
            place
            for place, (_, person, _) in enumerate(drawable)
            if person.head is None or place == turn % rounds
        ]
        told = read_parts(self._parts, frame, [drawable[place][2] for place in due])
        for place, parts in zip(due, told, strict=True):
            drawable[place][1].parts.of(parts)
        return frozenset(due)


def _figures(
    mask: PersonMask | None,
    frame: Pixels,
    flow: BackwardFlow | None = None,
    *,
    moved: bool = False,
) -> Figures | None:
    """Who is in a frame; see `PersonMask.read`."""
    read = None if mask is None else mask.read(frame, moved=moved, flow=flow)
    if read is None:
        return None
    return Figures.of(read, frame.shape[:2], None if flow is None else flow.confidence)


def _without_people(frame: Pixels, seen: Surroundings | None) -> Surroundings:
    """What is painted by where something fails: never the frame itself."""
    return Surroundings(None, calmed(frame) if seen is None else seen.ground)


def _drawable(frame: Pixels, people: Sequence[tuple[Face, Person]]) -> list[Drawable]:
    """Those who can be drawn, with their faces. One that is far larger than the frame is left out,
    and so is one with a point that is nowhere.
    """
    largest = LARGEST_FACE * max(frame.shape[:2])
    faces = [(*of, face_of_mesh(np.asarray(of[0].points, np.float64))) for of in people]
    return [
        (each, person, face)
        for each, person, face in faces
        if face.scale <= largest and np.isfinite(face.points).all()
    ]
