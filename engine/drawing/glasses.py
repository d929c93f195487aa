"""Frames around the drawn eyes, of a person who wears glasses."""

from __future__ import annotations

import numpy as np

from engine.drawing.canvas import Points, Surface, clamped, spline
from engine.drawing.colour import floats
from engine.drawing.eyes import Eye
from engine.drawing.portrait import Clearance, Portrait

LENS = floats([248, 252, 255])
GLINT = floats([255, 255, 255])


def paint_glasses(
    canvas: Surface, portrait: Portrait, eyes: tuple[Eye, Eye], free: Clearance
) -> None:
    """Both lenses, the bridge and the temples; nothing for who wears none."""
    worn = portrait.palette.glasses
    if worn <= 0.0:
        return
    face, size, ink = portrait.face, portrait.size, portrait.inks.frame
    line = clamped(0.014 * size, 1.0, 4.0) * (0.55 + 0.45 * worn)
    line *= min(portrait.look.line, 1.4)
    ends = [_lens(canvas, portrait, eye, line, free) for eye in eyes]
    left, right = ends[0][1], ends[1][0]
    bridge = spline(np.vstack([left, (left + right) / 2 - face.down * 0.018 * size, right]), 16)
    canvas.stroke(bridge, line, ink, 1, free.edge)
    for corner, ear in ((ends[0][0], face.points[127]), (ends[1][1], face.points[356])):
        canvas.stroke(np.vstack([corner, (corner + ear) / 2, ear]), line * 0.9, ink, 1, free.edge)


def _lens(
    canvas: Surface, portrait: Portrait, eye: Eye, line: float, free: Clearance
) -> tuple[Points, Points]:
    """One lens around an eye; its left and right end."""
    size = portrait.size
    half = eye.width * 0.60
    above = min(eye.upper, 0.10 * size) * 0.62 + 0.035 * size
    below = max(eye.lower, 0.03 * size) + 0.050 * size
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    x, y = (np.sign(part) * np.abs(part) ** 0.62 for part in (np.cos(t), np.sin(t)))
    outline = eye.at(x * half, np.where(y < 0, y * above, y * below))
    canvas.paint(canvas.polygon(outline).times(free.edge), LENS, 0.10)
    width = line * np.r_[1 + 0.35 * (y < 0), 1, 1]
    closed = np.vstack([outline, outline[:2]])
    canvas.stroke(closed, width, portrait.inks.frame, 1, free.edge)
    start = eye.middle - eye.v * above * 0.2 - eye.u * half * 0.5
    glint = np.vstack([-eye.u * 0.02 + eye.v * 0.05, eye.u * 0.03 - eye.v * 0.02]) * size + start
    canvas.stroke(glint, line * 1.2, GLINT, 0.6, free.edge)
    return eye.middle - eye.u * half, eye.middle + eye.u * half
