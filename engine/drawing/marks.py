"""What is drawn on a face's skin: a soft blush, and the line of the jaw."""

from __future__ import annotations

import numpy as np

from engine.drawing.canvas import Patch, Surface, blurred, clamped, ellipse, smooth_step, spline
from engine.drawing.colour import moved, rgb
from engine.drawing.landmarks import JAW
from engine.drawing.portrait import Clearance, Portrait

ALONG = np.linspace(0, 1, 140)
WIDTH = np.sqrt(np.sin(np.pi * ALONG).clip(0))
"""Of the line of the jaw, from ear to ear."""


def paint_blush(canvas: Surface, portrait: Portrait, free: Clearance) -> None:
    """A blush on either cheek."""
    face, size = portrait.face, portrait.size
    colour = rgb(moved(portrait.palette.shadow, (3, 8, 0)))
    for cheek, sign in ((50, -1), (280, 1)):
        centre = face.points[cheek] + face.down * 0.03 * size + face.across * sign * 0.015 * size
        seen = clamped(1 - max(0.0, sign * face.yaw - 18) / 25, 0, 1)
        outline = ellipse(centre, 0.080 * size, 0.038 * size, face.roll)
        mask = canvas.polygon(outline, int(0.08 * size * canvas.scale) + 2)
        soft = Patch(blurred(mask.values, 0.022 * size * canvas.scale), mask.top, mask.left)
        canvas.paint(soft.times(free.oval), colour, portrait.look.blush * seen)


def paint_jaw(canvas: Surface, portrait: Portrait, free: Clearance) -> None:
    """The line of the jaw; on the far side of a turned head there is none."""
    face = portrait.face
    gone = face.turn * smooth_step(face.far * (ALONG - 0.5), 0.02, 0.12)
    width = WIDTH * 0.0115 * face.scale * (1 - gone)
    width = np.clip(width, 0.5 * (width > 0.002 * face.scale), 2.6) * portrait.look.line
    jaw = spline(face.at(*JAW), len(ALONG))
    canvas.stroke(jaw, width, portrait.inks.line, 0.95, free.edge)
