"""A person's colours in a live picture: read from the first frames, decided together, then held.

The teacher reads them with masks of skin and hair; here the landmarks tell where the skin is, and
the parts of the head where the hair is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing import traits
from engine.drawing.colour import Lab, Picture, Plane, as_lab, lab_picture
from engine.drawing.face_box import FaceBox
from engine.drawing.landmarks import OVAL, SIDES, TOP, Face, iris_radius
from engine.drawing.palette import PLAIN_SKIN, Palette, Seen, decided, palette_of
from engine.drawing.parts import HeadParts
from engine.frames import Pixels

Numbers = NDArray[np.float32]

LOOKS = frozenset((0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 90, 120))
"""The ages, in frames, at which a person is looked at; what they tell together is held."""
EASE = 0.2
"""The share of a new decision that each frame takes over, so that no colour jumps."""
HAIR_ABOVE = np.linspace(0.0, 0.42, 22)
"""How far above the forehead hair is looked for, in heights of the face."""
LEAST_COLUMNS = 4
"""Of 13 columns above the forehead, so many have to show hair."""
CLEARED, MOST_HAZE = 0.8, 22.0
"""How much of a veil is taken from hair, and the L* of black from which on it is no veil."""
EVERY = 8
"""The picture's exposure is told by every so many pixels."""


class LiveColours:
    """The palette of one person, who is followed over a stream."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._age = 0
        self._decided: Numbers | None = None
        self._shown: Numbers | None = None

    def of(self, frame: Pixels, face: Face, parts: HeadParts | None = None) -> Palette:
        """The palette at the next frame, (H, W, 3). parts: of the head, where they are known."""
        if self._decided is None or self._age in LOOKS:
            self._seen.append(seen_live(frame, face, parts))
            self._decided = decided(self._seen).vector()
        self._age += 1
        wanted = self._decided
        self._shown = wanted if self._shown is None else self._shown + EASE * (wanted - self._shown)
        return palette_of(self._shown)


def seen_live(frame: Pixels, face: Face, parts: HeadParts | None = None) -> Seen:
    """What a frame (H, W, 3) tells of a face, whose points are in its pixels.

    parts: of its head; without them hair is looked for above the forehead.
    """
    box = FaceBox.around(face)
    lab, own = box.lab(frame), box.inside(face)
    whole = lab_picture(frame[::EVERY, ::EVERY])[..., 0]
    skin = _skin(lab, own)
    hair = _hair(lab, own, skin) if parts is None else parts.hair_colour()
    iris, cheek = traits.iris_colours(lab, own)
    glasses, rim = traits.glasses_evidence(lab, own)
    return Seen(
        skin=skin,
        hair=None if hair is None else _without_haze(hair, whole),
        iris=iris,
        cheek=cheek,
        radius=float(np.mean([iris_radius(own, side) for side in SIDES])),
        lips=traits.lip_colour(lab, own),
        beard=0.0,
        beard_colour=skin,
        glasses=glasses,
        frame=rim,
        white=traits.white_of(whole),
        weight=traits.weight_of(face),
    )


def _without_haze(hair: Lab, whole: Plane) -> Lab:
    """Hair as dark as it is beside the darkest of the picture (its L*): what a veil of light has
    made of black is not brown.
    """
    black = CLEARED * min(float(np.percentile(whole, 1)), MOST_HAZE)
    return (max(hair[0] - black, 0.0) * 100.0 / (100.0 - black), hair[1], hair[2])


def _skin(lab: Picture, face: Face) -> Lab:
    """The median of the face's skin that is neither in shadow nor shining."""
    oval = traits.filled(face.at(*OVAL), lab.shape[0])
    skin = (oval & ~traits.features(face, lab.shape[0])).astype(np.uint8)
    core = cv2.erode(skin, np.ones((5, 5))) > 0
    pixels = lab[core & (lab[..., 0] > 0)]
    return traits.lit_tone(pixels) if len(pixels) > 20 else PLAIN_SKIN


def _hair(lab: Picture, face: Face, skin: Lab) -> Lab | None:
    """The median colour of where the forehead ends; None where no end of it is seen."""
    across = np.linspace(-0.30, 0.30, 13) * face.width
    start = face.points[TOP] + np.outer(across, face.across)
    found = []
    for place in start:
        steps = place + np.outer(HAIR_ABOVE * face.height, face.up)
        at = np.round(steps).astype(int)
        at = at[((at >= 0) & (at < lab.shape[0])).all(1)]
        colours = lab[at[:, 1], at[:, 0]]
        colours = colours[colours[:, 0] > 0]  # black is beyond the frame
        ends = np.flatnonzero(_unlike_skin(colours, skin))
        if len(ends):
            found.append(np.median(colours[ends[0] :][:4], 0))
    return as_lab(np.median(found, 0)) if len(found) >= LEAST_COLUMNS else None


def _unlike_skin(colours: Picture, skin: Lab) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which colours (K, 3) are no light or shade on this skin, whose hue and chroma stay alike."""
    light, chroma = colours[:, 0], np.hypot(colours[:, 1], colours[:, 2])
    own = float(np.hypot(skin[1], skin[2]))
    aside = np.hypot(colours[:, 1] - skin[1], colours[:, 2] - skin[2])
    darker = skin[0] - light > np.maximum(16.0, 0.28 * skin[0])
    return np.asarray(darker | (aside > np.maximum(11.0, 0.45 * own)) | (chroma < 0.5 * own))
