"""Frames around the drawn eyes, of a person who wears glasses."""

from __future__ import annotations

import numpy as np

from training.anime.drawing.canvas import Canvas, Points, spline
from training.anime.drawing.colour import floats
from training.anime.drawing.eyes import Eye
from training.anime.drawing.scene import Scene
from training.anime.drawing.skin import Area

LENS = floats([248, 252, 255])
GLINT = floats([255, 255, 255])


def paint_glasses(
    canvas: Canvas, scene: Scene, index: int, eyes: tuple[Eye, Eye], area: Area
) -> None:
    """Both lenses, the bridge and the temples; nothing for who wears none."""
    worn = scene.palettes[index].glasses
    if worn <= 0.0:
        return
    face, size, ink = (
        scene.view.faces[index],
        scene.view.faces[index].scale,
        scene.inks[index].frame,
    )
    line = float(np.clip(0.014 * size, 1.0, 4.0)) * (0.55 + 0.45 * worn)
    line *= min(scene.look.line, 1.4)
    ends = [_lens(canvas, scene, index, eye, line, area) for eye in eyes]
    left, right = ends[0][1], ends[1][0]
    bridge = spline(np.vstack([left, (left + right) / 2 - face.down * 0.018 * size, right]), 16)
    canvas.stroke(bridge, line, ink, 1, area.edge)
    for corner, ear in ((ends[0][0], face.points[127]), (ends[1][1], face.points[356])):
        canvas.stroke(np.vstack([corner, (corner + ear) / 2, ear]), line * 0.9, ink, 1, area.edge)


def _lens(
    canvas: Canvas, scene: Scene, index: int, eye: Eye, line: float, area: Area
) -> tuple[Points, Points]:
    """One lens around an eye; its left and right end."""
    size = scene.view.faces[index].scale
    half = eye.width * 0.60
    above = min(eye.upper, 0.10 * size) * 0.62 + 0.035 * size
    below = max(eye.lower, 0.03 * size) + 0.050 * size
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    x, y = (np.sign(part) * np.abs(part) ** 0.62 for part in (np.cos(t), np.sin(t)))
    outline = eye.at(x * half, np.where(y < 0, y * above, y * below))
    canvas.paint(canvas.polygon(outline).times(area.edge), LENS, 0.10)
    width = line * np.r_[1 + 0.35 * (y < 0), 1, 1]
    closed = np.vstack([outline, outline[:2]])
    canvas.stroke(closed, width, scene.inks[index].frame, 1, area.edge)
    start = eye.middle - eye.v * above * 0.2 - eye.u * half * 0.5
    glint = np.vstack([-eye.u * 0.02 + eye.v * 0.05, eye.u * 0.03 - eye.v * 0.02]) * size + start
    canvas.stroke(glint, line * 1.2, GLINT, 0.6, area.edge)
    return eye.middle - eye.u * half, eye.middle + eye.u * half
