"""Plans the frames of a stream for looks that draw faces: who is there, in which colours, and how
much of the look is wanted.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from torch import Tensor

from engine.drawing.landmarks import face_of_mesh
from engine.drawing.live_colours import LiveColours
from engine.drawing.looks import Look, chosen_look, chosen_palette, look_named
from engine.drawing.plan import Plan, PlannedFace, planned
from engine.frames import Pixels
from engine.model.face.networks import FaceNetwork
from engine.model.face.tracking import Face, FaceTracker
from engine.settings import Character, LiveSettings

Strength = TypeVar("Strength", float, Tensor)

logger = logging.getLogger(__name__)

LARGEST_FACE = 3.0
"""Relative to the frame's longer side: a larger one is a mistake, and would take much memory."""

EASE_FRAMES = 12
"""In so many frames what is drawn follows a change of style or strength, about as long as the
cross-fade takes that changes everything else."""


def look_share(strength: Strength) -> Strength:
    """How much of a style there is at a strength of 0.2..1: a touch at 0.2, all of it at 1."""
    return 0.15 + 0.85 * (strength - 0.2) / 0.8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What settings ask for: a look, and how much of it, 0..1."""

    look: Look
    share: float
    character: Character


class FacePlanner:
    """Plans frame after frame. looks: the names of the styles that draw faces.

    A frame whose faces cannot be drawn is planned without any: the network paints it all the same.
    Failures are logged once in a row.
    """

    def __init__(self, networks: tuple[FaceNetwork, FaceNetwork], looks: tuple[str, ...]) -> None:
        self._networks, self._looks = networks, looks
        self._tracker = FaceTracker(*networks)
        self._people: dict[int, LiveColours] = {}
        self._wanted: Wanted | None = None
        self._share = 0.0
        self._failed = False

    def apply(self, settings: LiveSettings) -> None:
        """Follow new settings, in the first frame at once, later within `EASE_FRAMES`."""
        first, self._wanted = self._wanted is None, self._asked(settings)
        if first:
            self._share = self._wanted.share

    def plan(self, frame: Pixels) -> Plan:
        """The plan of the stream's next frame, (H, W, 3)."""
        wanted = self._wanted
        assert wanted is not None, "settings are applied before the first frame"
        step = 1.0 / EASE_FRAMES
        self._share += float(np.clip(wanted.share - self._share, -step, step))
        if self._share <= 0.0:
            self._forget_people()
            return planned(frame, (), wanted.look, 0.0)
        try:
            faces = self._tracker.read(frame)
            known = {face.number: self._people.get(face.number, LiveColours()) for face in faces}
            self._people = known
            people = [(face, known[face.number]) for face in faces]
            plan = _drawn(frame, people, wanted, self._share)
        except Exception:  # whatever fails, the stream goes on, and nothing raw is shown
            if not self._failed:
                logger.exception("the faces of a frame cannot be drawn")
            self._failed = True
            self._forget_people()
            return planned(frame, (), wanted.look, self._share)
        self._failed = False
        return plan

    def plan_still(self, picture: Pixels, settings: LiveSettings) -> Plan:
        """The plan of a picture by itself; the stream does not notice."""
        wanted = self._asked(settings)
        if wanted.share <= 0.0:
            return planned(picture, (), wanted.look, 0.0)
        faces = FaceTracker(*self._networks).read(picture)
        return _drawn(picture, [(face, LiveColours()) for face in faces], wanted, wanted.share)

    def forget(self) -> None:
        """A new scene begins: nobody is known any more, and settings apply at once."""
        self._forget_people()
        if self._wanted is not None:
            self._share = self._wanted.share

    def _forget_people(self) -> None:
        self._tracker.forget()
        self._people = {}

    def _asked(self, settings: LiveSettings) -> Wanted:
        blend = settings.blend
        parts = {settings.style: 1.0 - (blend.weight if blend else 0.0)}
        if blend:
            parts[blend.style] = parts.get(blend.style, 0.0) + blend.weight
        drawn = {style: part for style, part in parts.items() if style in self._looks}
        name = max(drawn, key=lambda style: drawn[style], default=self._looks[0])
        share = sum(drawn.values()) * look_share(settings.strength)
        look = chosen_look(look_named(name), settings.character)
        return Wanted(look, share, settings.character)


def _drawn(
    frame: Pixels, people: Sequence[tuple[Face, LiveColours]], wanted: Wanted, share: float
) -> Plan:
    """The plan of a frame with these faces; one that is far larger than the frame is left out."""
    largest = LARGEST_FACE * max(frame.shape[:2])
    faces = []
    for each, colours in people:
        face = face_of_mesh(np.asarray(each.points, np.float64))
        if face.scale <= largest:
            palette = chosen_palette(colours.of(frame, face), wanted.character)
            faces.append(PlannedFace(face, palette, each.weight))
    return planned(frame, faces, wanted.look, share)
