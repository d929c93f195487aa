"""Paints a head around its face: hair in tones, ears and neck in light and shadow, and outlines.

What is where is told by `HeadParts`, in the cells of a small upright square around the head. Of
them come planes that are smooth: how far each cell lies inside a part (`edges.py`), and how light
it is beside the rest. These are brought to the frame.

Shape letters: S side of the square in cells, H, W sides of the frame's part that it covers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points, blurred, box_of, polygon, smooth_step, spline
from engine.drawing.colour import Colour, Lab, Plane
from engine.drawing.edges import (
    PERSON_LINE,
    Planes,
    Window,
    as_bytes,
    brought,
    covers,
    distance,
    line,
    line_width,
    step_of,
    sure,
)
from engine.drawing.landmarks import JAW, OVAL, TOP, Face
from engine.drawing.looks import Look
from engine.drawing.palette import Palette
from engine.drawing.parts import LEAST, HeadParts, scaled_cells
from engine.drawing.portrait import Inks, body_line, in_finish, inks_of
from engine.drawing.shade import is_skin
from engine.frames import Pixels
from engine.imaging import towards

SURE_SLOPES = 0.06, 0.15
"""Of a person's edge; see `edges.sure`."""
HAIR_COVERS, SKIN_COVERS = 0.9, 0.8
"""How much of what was there is hidden."""
FADES, OWN_LINE = (0.0, 9.0), (13.0, 20.0)
"""Cells from the square's border in which what is painted fades out; and in which the head's line
around the person goes over into that of `figures.py`, if there is one.
"""
PER_CELL = 10.0
"""Of the distance from the border, in the numbers 0..255 of a plane."""
SKIN_LINE, HAIR_LINE = 0.85, 1.0
"""Widths of lines around skin and hair, relative to that of outlines."""
STRAND = (1.0, 2.0, 3.0, 4.5)
"""How far along a strand its light is looked at, to both sides, in cells."""
SPECK = 40
"""In cells: smaller pieces are none."""
ON_A_HEAD = 0.75
"""Hair that is nowhere as near to the face's middle, in sizes of the face, is none."""


_Seen = tuple[Window, tuple[Planes, Planes]]
"""A window of a picture, and the planes of a head there."""


@dataclass(frozen=True)
class Head:
    """A head, worked out in cells, to be painted in a picture of any size.

    inside (S, S, 4): how far inside skin, hair and the person one is (`edges.STEPS`), and how far
    from the square's border (`PER_CELL`). tones (S, S, 4):
    the skin's shade, the hair's light, how much of the skin is painted, and how sure it is where
    the person ends; all 0..255. to_picture (2, 3): from cells to pixels.
    """

    inside: NDArray[np.uint8]
    tones: NDArray[np.uint8]
    to_picture: NDArray[np.float64]
    _seen: dict[tuple[int, ...], _Seen] = field(default_factory=dict, init=False, repr=False)

    @staticmethod
    def of(parts: HeadParts, face: Face, tone: Lab) -> Head:
        """Work out a face's head; its points lie in the parts' picture. tone: of its skin."""
        return _worked_out(parts, face, tone)

    def scaled(self, factor: Points) -> Head:
        """The same in a picture of another size; factor: of width and height, (2,)."""
        return replace(self, to_picture=scaled_cells(self.to_picture, factor))

    def paint_skin(self, pixels: Pixels, palette: Palette, look: Look, opacity: float) -> None:
        """Paint the skin around the face upon pixels (H, W, 3), in place."""
        window, (inside, tones) = self._in_picture(pixels.shape[:2])
        if not inside.size:
            return
        bare = cv2.LUT(cv2.extractChannel(inside, 0), covers(self._step, SKIN_COVERS))
        share = cv2.multiply(bare, cv2.extractChannel(tones, 2), scale=opacity / 255)
        at = box_of(share)
        if not share[at].size:
            return
        shade = cv2.extractChannel(tones[at], 0)
        colours = cv2.LUT(cv2.merge([shade] * 3), _skin_tones(inks_of(palette, look), look))
        there = pixels[window][at]
        there[:] = towards(there, np.asarray(colours, np.uint8), share[at])

    def lay(
        self,
        drawn: Pixels,
        cover: NDArray[np.uint8],
        palette: Palette,
        look: Look,
        opacity: float = 1.0,
        *,
        outlined: bool = False,
    ) -> None:
        """Lay hair and outlines upon what is drawn, premultiplied, (H, W, 3), and upon its cover
        (H, W), both in place. outlined: whether there is a line around the whole person.
        """
        window, (inside, tones) = self._in_picture(cover.shape)
        if not inside.size:
            return
        inks, step = inks_of(palette, look), self._step
        skin, hair, person, border = cv2.split(inside)
        square = cv2.LUT(border, _within(*FADES))
        light, bare = cv2.extractChannel(tones, 1), cv2.extractChannel(tones, 2)
        width = line_width(look, cover.shape)
        filled = cv2.LUT(hair, covers(step, HAIR_COVERS))
        body, around_skin, around_hair = (
            cv2.LUT(plane, line(step, weight * width))
            for plane, weight in ((person, PERSON_LINE), (skin, SKIN_LINE), (hair, HAIR_LINE))
        )
        body = cv2.multiply(body, cv2.extractChannel(tones, 3), scale=1 / 255)
        if outlined:
            body = cv2.multiply(body, cv2.LUT(border, _within(*OWN_LINE)), scale=1 / 255)
        around_skin = cv2.multiply(around_skin, bare, scale=1 / 255)
        layers: tuple[tuple[NDArray[np.uint8], Colour | None], ...] = (
            (filled, None),
            (body, body_line(look)),
            (around_skin, in_finish(inks.line, look)),
            (around_hair, in_finish(inks.hair_line, look)),
        )
        colours, free = drawn[window], cv2.bitwise_not(cover[window])
        for share, ink in layers:
            at = box_of(share)
            if not share[at].size:
                continue
            shown = np.asarray(cv2.multiply(share[at], square[at], scale=opacity / 255), np.uint8)
            painted = _hair(light[at], inks, look) if ink is None else _filled_with(ink, shown)
            colours[at] = towards(colours[at], painted, shown)
            free[at] = cv2.multiply(free[at], cv2.bitwise_not(shown), scale=1 / 255)
        cover[window] = cv2.bitwise_not(free)

    def place(self, size: tuple[int, ...]) -> tuple[Window, NDArray[np.uint8]]:
        """A window of a picture (H, W), and how far the line around the person is the head's own
        there, 0..255.
        """
        window, (inside, _) = self._in_picture(size)
        if not inside.size:
            return window, inside[..., 0]
        return window, cv2.LUT(cv2.extractChannel(inside, 3), _within(*OWN_LINE))

    @property
    def _step(self) -> float:
        """The pixels of a step of how far inside one is."""
        return step_of(self.to_picture)

    def _in_picture(self, size: tuple[int, ...]) -> _Seen:
        """A window of a picture (H, W), and the planes there."""
        if size not in self._seen:
            self._seen[size] = self._brought_to(size)
        return self._seen[size]

    def _brought_to(self, size: tuple[int, ...]) -> _Seen:
        window, inside = brought(self.inside, self.to_picture, size)
        return window, (inside, brought(self.tones, self.to_picture, size)[1])


def _filled_with(colour: Colour, like: NDArray[np.uint8]) -> Pixels:
    """A picture of one colour, as large as a plane."""
    row = np.tile(np.rint(colour).astype(np.uint8), like.shape[1])
    rows = np.broadcast_to(row, (len(like), len(row)))  # whole rows are copied: quicker than pixels
    return np.ascontiguousarray(rows).reshape(*like.shape, 3)


def _hair(light: NDArray[np.uint8], inks: Inks, look: Look) -> Pixels:
    """Hair by its light (h, w), in its tones: (h, w, 3)."""
    return np.asarray(cv2.LUT(cv2.merge([light] * 3), _hair_tones(inks, look)), np.uint8)


def _worked_out(parts: HeadParts, face: Face, tone: Lab) -> Head:
    linear, side = parts.to_picture[:, :2], len(parts.shares)
    own = np.asarray((face.points - parts.to_picture[:, 2]) @ np.linalg.inv(linear).T)
    size = face.scale / float(np.hypot(*linear[:, 0]))
    skin, _, hair, rest = cv2.split(parts.shares)
    lightness = np.ascontiguousarray(parts.lab[..., 0])
    skin = skin * blurred(is_skin(parts.lab, tone).astype(np.float32), 0.8)
    skin, person = _without_specks(skin), _without_specks(1.0 - _without_specks(rest))
    hair = _on_the_head(_without_specks(hair), own[list(OVAL)].mean(0), size)
    oval = _inside(own[list(OVAL)], side)
    thrown = _thrown(hair, own, size)
    shade = np.maximum.reduce([_skin_shade(lightness, skin, oval), thrown, _neck(own, size, side)])
    near = blurred(cv2.dilate(oval, np.ones((3, 3))), 0.6)
    square = cv2.LUT(_from_the_border(side), _within(*FADES)).astype(np.float32)
    bare = square * (1.0 - near * (1.0 - thrown))
    light = 127.5 + 127.5 * _hair_light(lightness, hair)
    inside = [distance(plane) for plane in (skin, hair, person)]
    tones = as_bytes(cv2.merge([255 * shade, light, bare, 255 * sure(rest, SURE_SLOPES)]))
    return Head(cv2.merge([*inside, _from_the_border(side)]), tones, parts.to_picture)


@cache
def _from_the_border(side: int) -> NDArray[np.uint8]:
    """(S, S): how far each cell is from the square's border; see `PER_CELL`."""
    cells = np.minimum(np.arange(side), np.arange(side)[::-1])
    return as_bytes(PER_CELL * np.minimum.outer(cells, cells).astype(np.float32))


@cache
def _within(low: float, high: float) -> NDArray[np.uint8]:
    """(256,): 0 up to so many cells from the border, 255 from so many on."""
    return as_bytes(255 * np.clip((np.arange(256) / PER_CELL - low) / (high - low), 0, 1))


def _inside(outline: Points, side: int) -> Plane:
    """The inside of a polygon, (S, S) 0..1."""
    return polygon(side, outline, scale=1).spread(side)


def _without_specks(share: Plane) -> Plane:
    """A part's share (S, S), without small pieces that lie by themselves."""
    count, pieces = cv2.connectedComponents((share > 0.5).astype(np.uint8))
    if count <= 2:
        return share
    held = np.bincount(pieces.ravel(), minlength=count) >= SPECK
    held[0] = True
    return np.where(held[pieces], share, np.float32(0.0))


def _on_the_head(hair: Plane, middle: Points, size: float) -> Plane:
    """The hair (S, S) that hangs together with some near the face's middle."""
    count, pieces = cv2.connectedComponents((hair > 0.5).astype(np.uint8), connectivity=4)
    if count <= 2:
        return hair
    y, x = np.ogrid[0 : len(hair), 0 : len(hair)]
    near = (x - middle[0]) ** 2 + (y - middle[1]) ** 2 < (ON_A_HEAD * size) ** 2
    held = np.zeros(count, bool)
    held[pieces[near]] = True
    held[0] = True
    return np.where(held[pieces], hair, np.float32(0.0))


def _hair_light(lightness: Plane, hair: Plane) -> Plane:
    """How light each strand is beside the whole hair, about -1..1: (S, S)."""
    core = (hair > 0.6).astype(np.float32)
    mine = core > 0
    if np.count_nonzero(mine) < LEAST:
        return np.zeros_like(lightness)
    median = np.float32(np.median(lightness[mine]))
    strands = _along(np.where(mine, lightness, median).astype(np.float32))
    wide = blurred(strands * core, 2.6) / (blurred(core, 2.6) + np.float32(1e-3))
    low, middle, high = np.percentile(strands[mine], (6, 50, 94))
    span = max(float(high - low), 14.0)
    fine = 0.62 * (strands - middle) + 0.25 * (strands - wide)
    return np.asarray((fine + 0.38 * (wide - median)) / span, np.float32)


def _along(plane: Plane) -> Plane:
    """A plane, averaged along its strands (line integrals: Cabral and Leedom 1993), which are taken
    to be straight over so short a way.
    """
    soft = blurred(plane, 0.4)
    gx, gy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    xx, xy, yy = (blurred(product, 0.9) for product in (gx * gx, gx * gy, gy * gy))
    angle = 0.5 * cv2.phase(xx - yy, 2 * xy) + np.float32(np.pi / 2)
    dx, dy = cv2.polarToCart(np.ones_like(angle), angle)
    x, y = _places(len(plane))
    total, weight = plane.copy(), 1.0
    for far in STRAND:
        share = float(np.exp(-0.5 * (far / STRAND[-1]) ** 2))
        for step in (far, -far):
            way = x + step * dx, y + step * dy
            there = cv2.remap(plane, *way, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            total += share * there
            weight += share
    return np.asarray(total / np.float32(weight), np.float32)


@cache
def _places(side: int) -> tuple[Plane, Plane]:
    """X and y of each cell, (S, S)."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    return x, y


def _skin_shade(lightness: Plane, skin: Plane, oval: Plane) -> Plane:
    """Where skin is clearly darker than the most of the face's: (S, S) 0..1."""
    mine = (skin > 0.6).astype(np.float32)
    near = blurred(mine, 0.8)
    smooth = blurred(lightness * mine, 0.8) / (near + np.float32(1e-3))
    face = smooth[(oval > 0.5) & (mine > 0)]
    if face.size < LEAST:
        return np.zeros_like(lightness)
    limit = float(np.median(face)) - max(5.0, 0.8 * float(face.std()))
    return np.asarray(smooth_step(limit - smooth, -1.5, 1.5) * (near > 0.05), np.float32)


def _thrown(hair: Plane, own: Points, size: float) -> Plane:
    """The shadow that hair throws on the forehead, (S, S) 0..1. own: the face's points in cells."""
    shift = np.array([[1, 0, 0.012 * size], [0, 1, 0.042 * size]])
    moved = cv2.warpAffine(hair, shift, hair.shape) * (1.0 - hair)
    top = own[[127, TOP, 356]] - (0, 0.5 * size)
    forehead = _inside(np.vstack([top, own[[356, 127]]]), len(hair))
    return np.asarray(smooth_step(blurred(moved, 0.5), 0.4, 0.6) * forehead, np.float32)


def _neck(own: Points, size: float, side: int) -> Plane:
    """The shadow under the jaw, (S, S) 0..1."""
    jaw = spline(own[list(JAW[2:-2])], 60)
    below = jaw * 0.82 + jaw.mean(0) * 0.18 + (0.04 * size, 0.17 * size)
    return _inside(np.vstack([jaw, below[::-1]]), side)


def _hair_tones(inks: Inks, look: Look) -> NDArray[np.uint8]:
    """(256, 1, 3): the colour of hair by its light."""
    light, soft = (np.arange(256) - 127.5) / 127.5, 0.3 * look.shade_edge
    tones = np.broadcast_to(inks.hair, (256, 3)).astype(np.float32)
    for tone, share in (
        (inks.hair_shadow, smooth_step(-light, 0.16 - soft, 0.16 + soft)),
        (inks.hair_light, smooth_step(light, 0.23 - soft, 0.23 + soft)),
        (inks.hair_shine, smooth_step(light, 0.47 - soft, 0.47 + soft)),
    ):
        tones = tones + (tone - tones) * share[:, None]
    return as_bytes(in_finish(tones, look)[:, None])


def _skin_tones(inks: Inks, look: Look) -> NDArray[np.uint8]:
    """(256, 1, 3): the colour of skin by its shade."""
    shade, edge = np.arange(256) / 255, max(look.shade_edge, 0.05)
    share = smooth_step(shade, 0.5 - edge, 0.5 + edge)[:, None]
    return as_bytes((inks.skin + (inks.shadow - inks.skin) * share)[:, None])
