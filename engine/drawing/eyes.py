"""Eyes as a character has them: iris, highlights, lashes, crease; and the brows above them.

Each eye has its own frame: u along its corners to the right, v downward across them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import (
    Patch,
    Points,
    Surface,
    clamped,
    smooth_step,
    spline,
    swell,
    unit_circle,
)
from engine.drawing.colour import Colour, Lab, Plane, floats, lch, lch_of, rgb
from engine.drawing.landmarks import (
    BROW_BOTTOM,
    BROW_TOP,
    LOOK_DOWN,
    LOOK_UP,
    OVAL,
    UPPER_LID,
    Face,
)
from engine.drawing.portrait import Clearance, Portrait

OWN_WIDTH = 1.42
"""The eye size at which eyes have the height that the constants here were found with."""
SHUT = 0.17
ACROSS = np.linspace(-1, 1, 41)
LASHES = np.linspace(-1, 1, 60)
BROW_RISE = np.array([0.0, 0.2, 0.5, 0.8, 1.0])
"""How much further a brow's points are lifted, from the outer end to the inner."""
ALONG_BROW = np.linspace(0, 1, 40)
BROW_PRESSURE = np.clip(ALONG_BROW * 3.2, 0.08, 1) * (1 - 0.25 * smooth_step(ALONG_BROW, 0.8, 1.0))
WHITE = floats([255, 255, 255])
EYE_WHITE = floats([249, 250, 253])


@dataclass(frozen=True)
class Eye:
    """The opening of a drawn eye.

    middle (2,), u, v (2,): its frame; width, upper, lower: its extent in pixels, along u and from
    the middle upward and downward; own_width: the person's; out: where the outer corner is, -1 or
    1; open: 0..1.3.
    """

    middle: Points
    u: Points
    v: Points
    width: float
    upper: float
    lower: float
    own_width: float
    out: int
    open: float

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
        """Points (K, 2) of the picture from coordinates in the eye's frame."""
        return np.asarray(self.middle + x[:, None] * self.u + y[:, None] * self.v)

    @property
    def height(self) -> float:
        """From lid to lid."""
        return self.upper + self.lower

    @cached_property
    def x(self) -> Points:
        """Where the lids' points stand along u."""
        return ACROSS * self.width / 2

    @cached_property
    def upper_lid(self) -> Points:
        """The upper lid along v, at `x`."""
        return self.height * _tilt(self.out) - self.upper * _arc(-0.05 * self.out, 2.7)

    @cached_property
    def lower_lid(self) -> Points:
        """The lower lid along v, at `x`."""
        return self.height * _tilt(self.out) + self.lower * _arc(0.15 * self.out, 2.3)


@cache
def _tilt(out: int) -> Points:
    """How far the lids of an eye one high stand lower than its middle, by where its outer corner
    is.
    """
    inward, outward = np.clip(-ACROSS * out, 0, 1), np.clip(ACROSS * out, 0, 1)
    return np.asarray(0.10 * inward**2 + 0.02 * outward)


@cache
def _arc(peak: float, power: float) -> Points:
    """A bow that is one high at its peak."""
    reach = np.where(peak < ACROSS, 1 - peak, 1 + peak)
    return np.asarray(1 - np.abs((ACROSS - peak) / reach) ** power)


@cache
def _crease(out: int) -> NDArray[np.bool_]:
    """Where the crease of a lid is seen."""
    return np.asarray(np.abs(ACROSS + 0.05 * out) < 0.62)


def eye_of(face: Face, side: int, size: float) -> Eye:
    """The drawn eye of a side; `size` is its width over the person's own.

    The far eye of a turned head is drawn narrower and further in, so that it stays on the face.
    """
    left, right = face.points[UPPER_LID[side][0]], face.points[UPPER_LID[side][-1]]
    own_width = float(np.linalg.norm(right - left))
    u = 0.6 * (right - left) / (own_width + 1e-6) + 0.4 * face.across
    u /= np.linalg.norm(u)
    v = np.array([-u[1], u[0]])
    out = -1 if side == 0 else 1
    opening, scale = face.openings[side], face.scale
    tall = size / OWN_WIDTH
    middle = (left + right) / 2 + v * 0.030 * scale * tall + face.across * out * 0.012 * scale
    width = own_width * size
    if out == face.far and face.turn > 0:
        middle, width = _on_the_face(face, middle, width, out)
    height = scale * (0.010 + 0.160 * opening) * tall
    return Eye(middle, u, v, width, height * 0.65, height * 0.35, own_width, out, opening)


def _on_the_face(face: Face, middle: Points, width: float, out: int) -> tuple[Points, float]:
    """The far eye's middle and width, kept between the nose's bridge and the face's edge."""
    oval = face.at(*OVAL)
    level = np.abs((oval - middle) @ face.down) < 0.16 * face.scale
    if not level.any():
        return middle, width
    edge = float(((oval[level] - middle) @ face.across * out).max())
    bridge = float((face.at(6, 197).mean(0) - middle) @ face.across * out)
    room = max(edge - bridge - 0.05 * face.scale, 0.10 * face.scale)
    fitted = min(width, room)
    reach = edge - 0.015 * face.scale - fitted / 2
    return middle + face.across * out * min(0.0, reach), fitted


def paint_eye(canvas: Surface, portrait: Portrait, eye: Eye, side: int, free: Clearance) -> None:
    """One eye, open or shut."""
    size, seen = portrait.size, free.eyes
    line = clamped(0.026 * size, 1.0, 8) * min(portrait.look.line, 1.5)
    line *= clamped(eye.width / (0.30 * size), 0.55, 1.0)
    if eye.open < SHUT:
        _shut_eye(canvas, portrait, eye, line, seen)
        return
    upper = eye.upper_lid
    opening = np.concatenate([eye.at(eye.x, upper), eye.at(eye.x, eye.lower_lid)[::-1]])
    mask = canvas.polygon(opening).times(seen)
    canvas.paint(mask, EYE_WHITE)
    _iris(canvas, portrait, eye, side, mask)
    _lashes(canvas, portrait, eye, line, seen)
    on = _crease(eye.out)
    crease = eye.at(eye.x[on], upper[on] - 0.026 * size - line * 0.3)
    width = clamped(line * 0.22, 0.5, 2.0) * swell(len(crease), 0.15)
    canvas.stroke(crease, width, portrait.inks.line, 0.75, seen)


def _shut_eye(
    canvas: Surface, portrait: Portrait, eye: Eye, line: float, seen: Plane | float
) -> None:
    """One curve of lashes, and the lid's crease."""
    size, inks = portrait.size, portrait.inks
    bow = 1 - np.abs(ACROSS) ** 2
    press = (0.4 + 0.6 * smooth_step(ACROSS * eye.out, -1, 0.6)) * np.clip(
        (1 - np.abs(ACROSS)) * 6, 0.15, 1
    )
    curve = eye.at(eye.x, 0.026 * size * bow + 0.028 * size)
    canvas.stroke(curve, line * 0.85 * press, inks.lash, 1, seen)
    on = np.abs(ACROSS) < 0.6
    crease = eye.at(eye.x[on], 0.012 * size * bow[on] - 0.012 * size)
    width = clamped(line * 0.22, 0.5, 2.0) * swell(len(crease), 0.15)
    canvas.stroke(crease, width, inks.line, 0.7, seen)


def _iris_place(face: Face, eye: Eye, side: int, size: float) -> tuple[Points, float, float]:
    """The iris' middle and its radii along u and v."""
    scale, tall = face.scale, size / OWN_WIDTH
    look = face.gaze
    sideways = 0.35 * look[side] + 0.65 * sum(look) / 2
    downward = face.shape(LOOK_DOWN[side]) - face.shape(LOOK_UP[side])
    height = scale * 0.160 * tall * clamped(eye.open**0.5, 0.84, 1.05)
    ry = height * 0.5 * 1.09
    rx = min(ry * 0.77, eye.width * 0.34)
    along = sideways * eye.own_width * 1.1
    across = -0.15 * height + 0.010 * scale + clamped(downward - 0.2, -0.5, 0.6) * 0.34 * ry
    return np.asarray(eye.middle + eye.u * along + eye.v * across), rx, ry


def _iris_tones(iris: Lab) -> tuple[Colour, Colour, Colour, Colour]:
    """Dark, middle and light tone of an iris, and its glow."""
    light, chroma, hue = lch_of(iris)
    return (
        rgb(lch(light - 24, chroma * 0.7, hue - 12)),
        rgb(lch(light, chroma, hue)),
        rgb(lch(min(light + 30, 82), chroma * 1.05, hue + 8)),
        rgb(lch(min(light + 40, 90), chroma * 0.9, hue + 12)),
    )


def _iris(canvas: Surface, portrait: Portrait, eye: Eye, side: int, mask: Patch) -> None:
    """The iris in its gradient, pupil, the lid's shadow, highlights."""
    centre, rx, ry = _iris_place(portrait.face, eye, side, portrait.look.eye_size)
    dark, middle, light, glow = _iris_tones(portrait.palette.iris)
    frame = np.stack([eye.u * rx, eye.v * ry])

    def spot(dx: float, dy: float, width: float, height: float) -> Patch:
        outline = (unit_circle() * (width, height) + (dx, dy)) @ frame + centre
        return canvas.polygon(outline).times(mask)

    canvas.paint(spot(0, 0, 1, 1), dark * 0.5)
    disc = spot(0, 0, 0.89, 0.92)
    t = disc.depths(canvas.scale, centre, eye.v / ry)[..., None]
    upper, lower = np.minimum(t + 1, 1), np.maximum(t, 0)
    canvas.paint(disc, dark + (middle - dark) * upper + (light - middle) * lower)
    canvas.paint(spot(0, 0.50, 0.60, 0.34), glow, 0.6)
    canvas.paint(spot(0, -0.02, 0.40, 0.46), dark * 0.38)
    lid = eye.upper_lid
    shade = np.concatenate([eye.at(eye.x, lid - 2), eye.at(eye.x, lid + 0.19 * eye.height)[::-1]])
    canvas.paint(canvas.polygon(shade).times(mask), floats([104, 92, 116]), 0.38)
    canvas.paint(spot(-0.36, -0.40, 0.36, 0.30), WHITE)
    canvas.paint(spot(0.38, 0.46, 0.18, 0.15), WHITE, 0.95)
    canvas.paint(spot(-0.30, 0.10, 0.10, 0.09), WHITE, 0.7)


def _lashes(
    canvas: Surface, portrait: Portrait, eye: Eye, line: float, seen: Plane | float
) -> None:
    """The heavy upper lash line with its tip, and the outer part of the lower one."""
    ink, out = portrait.inks.lash, eye.out
    lid = eye.upper_lid
    points = eye.at(LASHES * eye.width / 2, np.interp(LASHES, ACROSS, lid))
    last = -1 if out > 0 else 0
    tip = eye.at(
        np.array([eye.x[last] + out * eye.width * 0.05]), np.array([lid[last] - 0.09 * eye.height])
    )
    points = np.concatenate([points, tip][::out])
    canvas.stroke(points - eye.v * line * 0.15, line * _lash_pressure(out), ink, 1, seen)
    lower = eye.at(eye.x, eye.lower_lid)
    outer = lower[ACROSS * out > -0.45]
    canvas.stroke(outer, clamped(line * 0.28, 0.6, 3) * swell(len(outer)), ink, 0.85, seen)
    corner = lower[ACROSS * out > 0.72]
    growing = np.linspace(0.2, 1, len(corner))[::out]
    canvas.stroke(corner, clamped(line * 0.5, 0.6, 4) * growing, ink, 1, seen)


@cache
def _lash_pressure(out: int) -> Points:
    """Of the upper lash line, at `LASHES`, and of its tip."""
    t = LASHES * out
    press = (0.34 + 0.66 * smooth_step(t, -1.0, 0.5)) * np.clip((1 + t) * 5, 0.25, 1)
    return np.append(press, 0.05) if out > 0 else np.append(0.05, press)


def paint_brow(canvas: Surface, portrait: Portrait, eye: Eye, side: int, free: Clearance) -> None:
    """A brow as a tapered stroke, lifted clear of the drawn eye."""
    face, size = portrait.face, portrait.size
    top, bottom = face.at(*BROW_TOP[side]), face.at(*BROW_BOTTOM[side])
    middle = (top + bottom) / 2
    thick = float(np.linalg.norm(top - bottom, axis=1).mean())
    thick = clamped(thick, 0.012 * size, 0.05 * size)
    corners = face.at(UPPER_LID[side][0], UPPER_LID[side][-1]).mean(0)
    wanted = min(eye.upper, 0.115 * size) + 0.050 * size
    there = float((corners + face.down * 0.030 * size - middle.mean(0)) @ face.down)
    lift = max(0.0, wanted - there) * 0.9 + 0.004 * size
    middle = middle - face.down * lift
    middle = middle - BROW_RISE[:, None] * (0.020 * size * face.down)
    width = thick * (0.40 + 0.35 * _brow_strength(portrait, np.vstack([top, bottom])))
    width = np.clip(width * BROW_PRESSURE * portrait.look.line**0.5, 0.8, 12)
    canvas.stroke(spline(middle, 40), width, portrait.inks.brow, 0.95, free.brows)


def _brow_strength(portrait: Portrait, points: Points) -> float:
    """0.35 for brows as light as the skin, 1 for dark ones."""
    at = np.clip(points.astype(int), 0, portrait.lab.shape[0] - 1)
    darker = portrait.palette.skin[0] - float(np.median(portrait.lab[at[:, 1], at[:, 0], 0]))
    return clamped(darker / 28, 0.35, 1.0)
