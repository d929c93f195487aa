"""A whole picture: room, clothes, skin and hair, faces, lines, features, and the look's finish."""

from __future__ import annotations

import numpy as np

from engine.frames import Pixels
from training.anime.drawing.canvas import SCALE, Canvas, finished
from training.anime.drawing.colour import Plane
from training.anime.drawing.eyes import eye_of, paint_brow, paint_eye
from training.anime.drawing.finish import finish
from training.anime.drawing.glasses import paint_glasses
from training.anime.drawing.ground import begun
from training.anime.drawing.hair import paint_hair
from training.anime.drawing.lines import draw_fingers, draw_inner_lines, draw_outlines
from training.anime.drawing.mouth import paint_mouth, paint_nose
from training.anime.drawing.scene import Scene
from training.anime.drawing.skin import Area, area_of, paint_face, paint_skin
from training.anime.landmarks import SIDES


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
    paint_nose(canvas, scene, index, area)
    paint_mouth(canvas, scene, index, area)
    size = scene.look.eye_size
    face = scene.view.faces[index]
    eyes = (eye_of(face, 0, size), eye_of(face, 1, size))
    for side in SIDES:
        eye = eyes[side]
        paint_eye(canvas, scene, index, eye, side, area)
        outline = [eye.at(eye.x, eye.upper_lid()), eye.at(eye.x, eye.lower_lid())[::-1]]
        opening = canvas.polygon(np.vstack(outline))
        part = opening.cut(features)
        np.maximum(part, opening.values, out=part)
    for side in SIDES:
        paint_brow(canvas, scene, index, eyes[side], side, area)
    paint_glasses(canvas, scene, index, eyes, area)
