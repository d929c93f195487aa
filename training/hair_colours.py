"""Gives the people of a pair hair of another colour, so that a network learns to be told of it.

A drawing has its hair in few known tones: where these are, and hang together with the top of the
head, they are exchanged. The source stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.drawing.colour import Colour, floats, lab_of, lab_picture, lch
from engine.drawing.landmarks import Face
from engine.drawing.looks import ANIME
from engine.drawing.palette import with_colours
from engine.drawing.plan import Plan
from engine.drawing.planned_face import PlannedFace
from engine.drawing.portrait import Inks, inks_of
from engine.frames import Pixels

NEAR_A_TONE = 9.0
"""The distance in L*a*b* up to which a pixel is of a tone."""
HEAD = 1.25
"""How far from a face's middle its hair is looked for, in sizes of the face."""
FAR = 0.95
"""Little hair is further than this from the face's middle."""
SAME = 40
"""The sum of differences of three channels up to which the drawing shows what was planned."""


def in_other_colours(faces: Sequence[PlannedFace], random: Generator) -> list[PlannedFace]:
    """The faces with hair, and sometimes eyes, of any colour."""
    changed = []
    for each in faces:
        hair = lch(random.uniform(22, 85), random.uniform(0, 55), random.uniform(0, 360))
        iris = lch(random.uniform(28, 60), random.uniform(10, 60), random.uniform(0, 360))
        palette = with_colours(each.palette, iris if random.random() < 0.5 else None, hair)
        changed.append(replace(each, palette=palette))
    return changed


def recoloured(
    drawing: Pixels,
    before: Sequence[PlannedFace],
    after: Sequence[PlannedFace],
    plans: tuple[Plan, Plan],
) -> Pixels | None:
    """The drawing of faces as they are `after`; plans: of before and of after, in full.

    None where somebody's hair cannot be told from skin or room.
    """
    result = drawing.copy()
    old, new = plans
    shows = np.abs(drawing.astype(np.int16) - old.drawing.drawn).sum(2) < SAME
    drawn = (old.drawing.cover > 200) & shows
    for one, other in zip(before, after, strict=True):
        if not _recolour_hair(result, drawn, one, inks_of(other.palette, ANIME)):
            return None
    cover = (new.drawing.cover / np.float32(255))[..., None]
    planned = result * (1 - cover) + new.drawing.drawn
    at = cv2.dilate(drawn.astype(np.uint8), np.ones((3, 3))) > 0
    result[at] = np.rint(planned[at])
    return result


def _recolour_hair(
    picture: Pixels, drawn: NDArray[np.bool_], each: PlannedFace, inks: Inks
) -> bool:
    lab, own = lab_picture(picture), inks_of(each.palette, ANIME)
    tones = [floats(lab_of(tone)) for tone in _tones(own)]
    skin = [floats(lab_of(tone)) for tone in (own.skin, own.shadow, own.deep)]
    if min(float(np.linalg.norm(a - b)) for a in tones[:4] for b in skin) < 1.7 * NEAR_A_TONE:
        return False
    apart = np.stack([np.linalg.norm(lab - tone, axis=2) for tone in tones])
    nearest = apart.argmin(0)
    like = (apart.min(0) < NEAR_A_TONE) & ~drawn
    hair = _on_the_head(like, each.face)
    if not _is_hair(hair, each.face):
        return False
    share = cv2.GaussianBlur(hair.astype(np.float32), (0, 0), 0.7)[..., None]
    wanted = np.stack(_tones(inks))[nearest]
    picture[...] = np.rint(picture + share * (wanted - picture))
    return True


def _is_hair(found: NDArray[np.bool_], face: Face) -> bool:
    """Whether it lies around the head, not in the room behind it."""
    rows, columns = np.nonzero(found)
    if len(rows) < 0.01 * face.scale**2:
        return False
    apart = np.hypot(columns - face.centre[0], rows - face.centre[1]) / face.scale
    return float(np.mean(apart > FAR)) < 0.2 and len(rows) < face.scale**2


def _tones(inks: Inks) -> list[Colour]:
    return [inks.hair, inks.hair_shadow, inks.hair_light, inks.hair_shine, inks.hair_line]


def _on_the_head(like: NDArray[np.bool_], face: Face) -> NDArray[np.bool_]:
    """Of pixels like hair those that hang together with some above the brows."""
    height, width = like.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    cx, cy = face.centre
    near = np.hypot(x - cx, y - cy) < HEAD * face.scale
    above = ((x - cx) * face.up[0] + (y - cy) * face.up[1]) > 0.2 * face.height
    count, parts = cv2.connectedComponents((like & near).astype(np.uint8))
    sizes = np.bincount(parts[above & near], minlength=count)
    kept = sizes > 0.004 * face.scale**2
    kept[0] = False
    return np.asarray(kept[parts])
