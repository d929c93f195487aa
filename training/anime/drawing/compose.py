"""A whole picture: room, clothes, skin and hair, faces, lines, features, and the look's finish."""

from __future__ import annotations

import numpy as np

from engine.drawing.canvas import SCALE, Canvas, Points, finished
from engine.drawing.colour import Plane
from engine.drawing.eyes import eye_of, paint_brow, paint_eye
from engine.drawing.glasses import paint_glasses
from engine.drawing.landmarks import LIPS_BOTTOM, LIPS_TOP, SIDES
from engine.drawing.mouth import paint_mouth, paint_nose
from engine.frames import Pixels
from training.anime.drawing.finish import finish
from training.anime.drawing.ground import begun
from training.anime.drawing.hair import paint_hair
from training.anime.drawing.lines import draw_fingers, draw_inner_lines, draw_outlines
from training.anime.drawing.scene import Scene
from training.anime.drawing.skin import Area, area_of, paint_face, paint_skin

MOST_COVERED = 0.3
"""A nose or a mouth of which a hand covers more is not drawn."""


def drawn(scene: Scene) -> Pixels:
    """The picture of a scene, (N, N, 3)."""
    canvas = begun(scene)
    numbers: list[int | None] = list(range(len(scene.view.faces))) or [None]
    for index in numbers:
        mine = _where_nearest(scene, index)
        paint_skin(canvas, scene, index, mine)
        paint_hair(canvas, scene, index, mine)
    areas = [area_of(canvas, scene, face) for face in scene.view.faces]
    for index, area in enumerate(areas):
        paint_face(canvas, scene, index, area)
    draw_outlines(canvas, scene, areas)
    draw_inner_lines(canvas, scene, areas)
    draw_fingers(canvas, scene)
    features = np.zeros((scene.canvas_side,) * 2, np.float32)
    for index, area in enumerate(areas):
        _paint_features(canvas, scene, index, area, features)
    return finished(finish(canvas, scene, features))


def _where_nearest(scene: Scene, index: int | None) -> Plane:
    own = scene.view.owned(index).astype(np.float32)
    return np.asarray(np.kron(own, np.ones((SCALE, SCALE), np.float32)), np.float32)


def _paint_features(canvas: Canvas, scene: Scene, index: int, area: Area, features: Plane) -> None:
    """Nose, mouth, eyes, brows, glasses; where eyes are is left in `features` (H, H)."""
    face, size = scene.view.faces[index], scene.look.eye_size
    portrait, free = scene.portrait(index), area.clearance(scene.covered)
    if not is_covered(scene, face.at(4, 2, 98, 327)):
        paint_nose(canvas, portrait, free)
    if not is_covered(scene, face.at(*LIPS_TOP, *LIPS_BOTTOM)):
        paint_mouth(canvas, portrait, free)
    eyes = (eye_of(face, 0, size), eye_of(face, 1, size))
    for side in SIDES:
        eye = eyes[side]
        paint_eye(canvas, portrait, eye, side, free)
        outline = [eye.at(eye.x, eye.upper_lid), eye.at(eye.x, eye.lower_lid)[::-1]]
        opening = canvas.polygon(np.vstack(outline))
        part = opening.cut(features)
        np.maximum(part, opening.values, out=part)
    for side in SIDES:
        paint_brow(canvas, portrait, eyes[side], side, free)
    paint_glasses(canvas, portrait, eyes, free)


def is_covered(scene: Scene, points: Points) -> bool:
    """Whether much of some points lies under a hand."""
    at = np.clip(np.round(points * SCALE).astype(int), 0, scene.canvas_side - 1)
    return float(np.mean(scene.covered[at[:, 1], at[:, 0]] > 0.4)) > MOST_COVERED
