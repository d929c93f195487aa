"""Hair in three tones with a band of light, from the light that runs along its strands."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.canvas import Canvas, blurred, resized, smooth_step
from engine.drawing.colour import Picture, Plane
from engine.drawing.portrait import Inks
from training.anime.drawing.scene import Scene
from training.anime.drawing.strands import directions, mean_along


def hair_light(scene: Scene, own: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Plane | None:
    """How light each strand is beside the whole, about -1..1: (N, N); None without hair."""
    light, hair = scene.light, scene.view.masks.hair
    mine = (hair > 0.7) & own
    if mine.sum() < 30:
        return None
    core = cv2.erode((hair > 0.5).astype(np.uint8), np.ones((5, 5))).astype(np.float32)
    near = blurred(core, 2.5)
    filled = blurred(light * core, 2.5) / (near + 1e-4)
    median = float(np.median(light[mine]))
    filled = np.where(near > 0.01, filled, median)
    strands = np.where(core > 0, blurred(light, 1.0), filled).astype(np.float32)
    strands = mean_along(strands, directions(light, 4.0), 14)
    wide = blurred(strands * core, 14) / (blurred(core, 14) + 1e-3)
    low, high = np.percentile(strands[mine], (6, 94))
    span = max(float(high - low), 14.0)
    fine = 0.62 * (strands - np.median(strands[mine])) + 0.25 * (strands - wide)
    return np.asarray((fine + 0.38 * (wide - median)) / span, np.float32)


def hair_picture(light: Plane, inks: Inks, side: int, edge: float) -> Picture:
    """The tones of hair on a canvas of side x side."""
    v = resized(light, side)
    picture = np.broadcast_to(inks.hair, (side, side, 3)).astype(np.float32)
    soft = 0.3 * edge
    for tone, share in (
        (inks.hair_shadow, smooth_step(-v, 0.16 - soft, 0.16 + soft)),
        (inks.hair_light, smooth_step(v, 0.23 - soft, 0.23 + soft)),
        (inks.hair_shine, smooth_step(v, 0.47 - soft, 0.47 + soft)),
    ):
        picture = picture + (tone - picture) * share[..., None]
    return picture


def paint_hair(canvas: Canvas, scene: Scene, index: int | None, mine: Plane) -> None:
    """The hair of a person; `mine` (H, H) is where that person is the nearest."""
    number = -1 if index is None else scene.people[index]
    light = hair_light(scene, scene.view.owned(index))
    if light is None:
        return
    light = scene.hold.plane(f"hair {number}", light)
    inks = scene.inks[0 if index is None else index]
    picture = hair_picture(light, inks, scene.canvas_side, scene.look.shade_edge)
    canvas.paint(scene.layers.hair * mine, picture)
