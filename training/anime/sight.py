"""What one frame tells of a person, read with the masks that the teacher has."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing import traits
from engine.drawing.colour import Lab, as_lab
from engine.drawing.landmarks import OVAL, SIDES, Face, iris_radius
from engine.drawing.palette import PLAIN_SKIN, Seen
from training.anime.beard import beard_cover, beard_plane, beard_zone
from training.anime.view import View


def seen_in(view: View, index: int) -> Seen:
    """What this frame tells of its face of a number."""
    face, lab = view.faces[index], view.lab
    own = view.owned(index)
    skin = lit_skin(view, face)
    hair_pixels = lab[(view.masks.hair > 0.7) & own]
    iris, cheek = traits.iris_colours(lab, face)
    zone = beard_zone(face, view.side)
    beard = beard_plane(view, face, skin)
    hairy = beard > 0.6
    glasses, frame = traits.glasses_evidence(lab, face)
    return Seen(
        skin=skin,
        hair=as_lab(np.median(hair_pixels, 0)) if len(hair_pixels) >= 30 else None,
        iris=iris,
        cheek=cheek,
        radius=float(np.mean([iris_radius(face, side) for side in SIDES])),
        lips=traits.lip_colour(lab, face),
        beard=beard_cover(beard, zone, face),
        beard_colour=as_lab(np.median(lab[hairy], 0)) if hairy.sum() > 10 else skin,
        glasses=glasses,
        frame=frame,
        white=traits.white_of(view.lab[::2, ::2, 0]),
        weight=traits.weight_of(face),
    )


def lit_skin(view: View, face: Face) -> Lab:
    """The median of the face's skin that is neither in shadow nor shining."""
    oval = traits.filled(face.at(*OVAL), view.side)
    skin = ((view.masks.skin > 0.8) & oval).astype(np.uint8)
    core = cv2.erode(skin, np.ones((5, 5))) > 0
    pixels = view.lab[core] if core.sum() > 50 else view.lab[skin > 0]
    if len(pixels) <= 20:
        return PLAIN_SKIN
    return traits.lit_tone(pixels)
