"""Nose and mouth: a small mark, and a clean line or a flat opening with teeth and tongue."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.drawing.canvas import Patch, Points, Surface, clamped, ellipse, resized, spline, swell
from engine.drawing.colour import floats, moved, rgb
from engine.drawing.landmarks import LIPS_BOTTOM, LIPS_TOP, MOUTH_BOTTOM, MOUTH_TOP
from engine.drawing.portrait import Clearance, Portrait

PROFILE = (168, 6, 197, 195, 5, 4, 1)
"""The bridge of the nose down to its tip."""
INSIDE = floats([118, 36, 58])
TONGUE = floats([214, 112, 120])
TEETH = floats([250, 249, 250])
COUNT = 50
ACROSS = np.linspace(-1, 1, COUNT)


def paint_nose(canvas: Surface, portrait: Portrait, free: Clearance) -> None:
    """The shadow under the tip, a small mark, light on it; in a turned head the bridge as well."""
    face, inks, size = portrait.face, portrait.inks, portrait.size
    p, down = face.points, face.down
    wings = p[327] - p[98]
    centre = (p[98] + p[327]) / 2 * 0.35 + p[2] * 0.65
    left, right = centre - wings * 0.20, centre + wings * 0.20
    if face.turn > 0:  # as wide as in a face that looks this way
        least = face.across * 0.030 * size * face.turn
        left, right = left - least * (face.far > 0), right + least * (face.far < 0)
    upper = spline(np.vstack([right, centre - down * 0.008 * size, left]), 20)
    dip = centre + down * 0.022 * size
    lower = spline(np.vstack([left - down * 0.004 * size, dip, right - down * 0.004 * size]), 20)
    canvas.paint(canvas.polygon(np.vstack([lower, upper])).times(free.bare), inks.deep, 0.9)
    line = portrait.look.line
    mark = spline(np.vstack([left, centre + down * 0.007 * size, right]), 24)
    width = clamped(0.0085 * size * line, 0.7, 3.2) * swell(24, 0.1)
    canvas.stroke(mark, width, inks.line, 0.9, free.bare)
    if face.turn > 0.25:
        _bridge(canvas, portrait, free)
    tip = p[4] - down * 0.02 * size - face.across * 0.008 * size
    light = canvas.polygon(ellipse(tip, 0.009 * size, 0.013 * size, face.roll)).times(free.bare)
    canvas.paint(light, rgb(moved(portrait.palette.skin, (6, -3, -4))), 0.7)


def _bridge(canvas: Surface, portrait: Portrait, free: Clearance) -> None:
    """The nose's own outline on the far side, from the bridge round the tip to its base."""
    face, size = portrait.face, portrait.size
    beyond = face.far * face.across * 0.035 * size
    pushed = np.outer([0.75, 0.75, 0.8, 0.95, 1.15, 1.1, 0.75], beyond)
    line = face.at(*PROFILE) + pushed
    base = face.points[2] + beyond * 0.35
    points = spline(np.vstack([line, base]), 44)
    strength = clamped((face.turn - 0.2) / 0.4, 0, 1)
    press = np.linspace(0.2, 1.0, 44) * swell(44, 0.3)
    width = clamped((0.0075 + 0.004 * face.turn) * size * portrait.look.line, 0.6, 3.0) * press
    canvas.stroke(points, width, portrait.inks.line, 0.85 * strength, free.bare)


def paint_mouth(canvas: Surface, portrait: Portrait, free: Clearance) -> None:
    """Lips, the mouth's line or opening, the shadow below."""
    face, inks, size = portrait.face, portrait.inks, portrait.size
    centre = face.at(61, 291).mean(0)
    top, bottom, lip_top, lip_bottom = (
        spline(centre + (face.at(*group) - centre) * 0.90, COUNT)
        for group in (MOUTH_TOP, MOUTH_BOTTOM, LIPS_TOP, LIPS_BOTTOM)
    )
    palette = portrait.palette
    lips = canvas.polygon(np.vstack([lip_top, lip_bottom[::-1]])).times(free.bare)
    canvas.paint(lips, rgb(palette.lips), 0.16 + 0.62 * palette.lip_colour)
    inner = face.at(*MOUTH_BOTTOM)[4:7] - face.at(*MOUTH_TOP)[4:7]
    gap = float(np.mean(inner @ face.down)) * 0.90
    if gap > 0.012 * size:
        _open_mouth(canvas, portrait, (top, bottom), gap, free)
    else:
        _closed_mouth(canvas, portrait, (top + bottom) / 2, free)
    width = float(np.linalg.norm(top[-1] - top[0]))
    below, half = face.points[17] + face.down * 0.012 * size, face.across * width * 0.16
    under = spline(np.vstack([below - half, below + face.down * 0.004 * size, below + half]), 20)
    thin = clamped(0.006 * size, 0.6, 1.6) * swell(20, 0.1)
    canvas.stroke(under, thin, inks.deep, 0.9, free.bare)


def _closed_mouth(canvas: Surface, portrait: Portrait, line: Points, free: Clearance) -> None:
    width = clamped(0.0115 * portrait.size * portrait.look.line, 0.8, 4) * _closed_pressure()
    canvas.stroke(line, width, portrait.inks.line * 0.85, 0.95, free.bare)


@cache
def _closed_pressure() -> Points:
    """Of the line of a closed mouth: in its middle and at its corners."""
    press = 0.55 + 0.45 * np.exp(-((ACROSS / 0.3) ** 2))
    press += 0.35 * np.exp(-(((np.abs(ACROSS) - 0.93) / 0.08) ** 2))
    return np.asarray(press * np.clip((1 - np.abs(ACROSS)) * 12, 0.15, 1))


def _open_mouth(
    canvas: Surface,
    portrait: Portrait,
    lips: tuple[Points, Points],
    gap: float,
    free: Clearance,
) -> None:
    """The dark inside, the tongue, the teeth as far as they are seen, and both lips' lines."""
    face, size = portrait.face, portrait.size
    top, bottom = lips
    inside = canvas.polygon(np.vstack([top, bottom[::-1]])).times(free.bare)
    canvas.paint(inside, INSIDE)
    width = float(np.linalg.norm(top[-1] - top[0]))
    if gap > 0.05 * size:
        place = bottom[COUNT // 2] - face.down * 0.02 * size
        tongue = canvas.polygon(ellipse(place, width * 0.28, gap * 0.42, face.roll))
        canvas.paint(tongue.times(inside), TONGUE)
    teeth = _teeth_seen(canvas, portrait, inside)
    if teeth > 0.12:
        height = gap * clamped(0.25 + teeth * 1.1, 0.3, 1.05)
        edge = top + np.outer(height * (1 - 0.35 * ACROSS**2), face.down)
        canvas.paint(canvas.polygon(np.vstack([top, edge[::-1]])).times(inside), TEETH)
    press = 0.55 + 0.45 * swell(COUNT, 0.0)
    line, ink = portrait.look.line, portrait.inks.line * 0.85
    canvas.stroke(top, clamped(0.0115 * size * line, 0.8, 4) * press, ink, 0.95, free.bare)
    lower = clamped(0.0085 * size * line, 0.7, 3) * press * 0.9
    canvas.stroke(bottom, lower, ink, 0.85, free.bare)


def _teeth_seen(canvas: Surface, portrait: Portrait, inside: Patch) -> float:
    """How much of the opening is as bright and pale as teeth, 0..1."""
    if canvas.side == portrait.lab.shape[0]:
        opening, seen = inside.values > 0.5, inside.cut(portrait.lab)
    else:
        opening = resized(inside.spread(canvas.side), portrait.lab.shape[0]) > 0.5
        seen = portrait.lab
    if opening.sum() <= 8:
        return 0.0
    lab = seen[opening]
    bright = lab[:, 0] > max(48.0, portrait.palette.skin[0] * 0.72)
    return float(np.mean(bright & (np.hypot(lab[:, 1], lab[:, 2]) < 24)))
