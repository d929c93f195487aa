"""Outlines around people, skin and hair, and thin lines inside them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import (
    SCALE,
    Canvas,
    Points,
    blurred,
    resized,
    smooth_contour,
    smooth_step,
    spline,
    swell,
)
from engine.drawing.colour import Colour, Plane, floats
from engine.drawing.portrait import CLOTHES_LINE, INK
from training.anime.drawing.scene import Scene
from training.anime.drawing.skin import Area
from training.anime.drawing.strands import directions, mean_along

LIGHT = np.array([-0.5, -0.85])
"""Where the light comes from: lines are heavier towards and away from it."""
PIECE = 40


def draw_outlines(canvas: Canvas, scene: Scene, areas: Sequence[Area]) -> None:
    """The thicker lines around what was told apart."""
    near = np.zeros((scene.canvas_side,) * 2, np.float32)
    for area in areas:
        near = np.maximum(near, area.near)
    beside_hair = cv2.dilate((scene.layers.hair > 0.3).astype(np.float32), np.ones((9, 9)))
    free = np.asarray(1 - near * (1 - beside_hair), np.float32)
    masks, inks = scene.view.masks, scene.inks[0]
    around = INK if scene.look.black_lines else CLOTHES_LINE
    for plane, colour, width, within in (
        (masks.person, around, 1.7, 1.0),
        (masks.skin, inks.line, 1.35, free),
        (masks.hair, inks.hair_line, 1.6, 1.0),
    ):
        weight = width * scene.look.line * scene.side / 512
        _outline(canvas, plane, colour, max(weight, 0.9), within)


def _outline(
    canvas: Canvas, plane: Plane, colour: Colour, width: float, within: Plane | float
) -> None:
    smooth = blurred(resized(plane, canvas.side), 2.2)
    contours, _ = cv2.findContours(
        (smooth > 0.5).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
    )
    for contour in contours:
        if len(contour) < 90:
            continue
        points = smooth_contour(contour[:, 0].astype(np.float64), 5) / SCALE
        weight = width * _weights(points, canvas.side // SCALE)
        # in pieces, so that a polygon does not fold over itself
        for start in range(0, len(points), PIECE):
            part = np.s_[start : start + PIECE + 2]
            if len(points[part]) > 2 and weight[part].max() > 0:
                canvas.stroke(points[part], weight[part], colour, 0.92, within)


def _weights(points: Points, side: int) -> NDArray[np.float64]:
    """How heavy an outline is at each of its points; 0 along the picture's border."""
    border = ((points < 2) | (points > side - 3)).any(1)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    normal = np.stack([along[:, 1], -along[:, 0]], 1)
    weight = (0.62 + 0.5 * np.abs(normal @ LIGHT) ** 2) * ~border
    ring = np.r_[weight[-6:], weight, weight[:6]]
    return np.asarray(np.convolve(ring, np.ones(13) / 13, "valid") * ~border)


def draw_inner_lines(canvas: Canvas, scene: Scene, areas: Sequence[Area]) -> None:
    """Folds, prints and strands, where the picture itself has dark lines."""
    where = _where_lines_belong(scene, areas)
    hair = _core(scene.view.masks.hair)
    fine = _dark_lines(scene, 1.2, -0.25, 0.9) * where
    strands = _dark_lines(scene, 1.8, -0.5, 0.8) * hair * 0.42
    lines = scene.hold.plane("lines", np.clip(fine + strands, 0, 1).astype(np.float32), 0.65)
    ink = smooth_step(resized(blurred(lines, 0.4), scene.canvas_side), 0.12, 0.5)
    layers, inks = scene.layers, scene.inks[0]
    bare = (1 - layers.hair - layers.skin).clip(0, 1)[..., None]
    around = INK if scene.look.black_lines else floats([40, 36, 48])
    colour = around * bare + inks.hair_line * layers.hair[..., None]
    colour = colour + inks.line * (layers.skin * (1 - layers.hair))[..., None]
    canvas.draw(ink * 0.8, colour)


def draw_fingers(canvas: Canvas, scene: Scene) -> None:
    """A line between fingers that lie side by side: blurred hands have no lines of their own."""
    for hand in scene.view.hands:
        palm = float(np.linalg.norm(hand[0] - hand[9]))
        if palm < 0.04 * scene.side:
            continue
        for one, other in ((5, 9), (9, 13), (13, 17)):
            between = (hand[one : one + 3] + hand[other : other + 3]) / 2
            apart = np.linalg.norm(hand[one + 1 : one + 3] - hand[other + 1 : other + 3], axis=1)
            if apart.max() > 0.36 * palm:
                continue
            start = between[0] * 0.35 + between[1] * 0.65
            line = spline(np.vstack([start, between[1:]]), 24)
            width = np.clip(0.020 * palm, 0.7, 2.2) * scene.look.line * swell(24, 0.3)
            canvas.stroke(line, width, scene.inks[0].line, 0.8, scene.layers.skin)


def _core(plane: Plane) -> Plane:
    return np.asarray(cv2.erode((plane > 0.5).astype(np.uint8), np.ones((5, 5))), np.float32)


def _dark_lines(scene: Scene, sigma: float, floor: float, slope: float) -> Plane:
    """Dark lines by an extended difference of Gaussians (Winnemoeller 2012) along the edges."""
    light = scene.light
    band = blurred(light, sigma) - 0.985 * blurred(light, 1.6 * sigma)
    band = mean_along(band, directions(light, 3.0), 6, 1.2)
    return np.asarray(np.where(band > floor, 0.0, -np.tanh(slope * (band - floor))), np.float32)


def _where_lines_belong(scene: Scene, areas: Sequence[Area]) -> Plane:
    """How much of a found line is drawn at each pixel, (N, N): none in a face."""
    masks, inner = scene.view.masks, np.zeros((scene.side,) * 2, np.float32)
    for area, face in zip(areas, scene.view.faces, strict=True):
        plane = resized(area.mask, scene.side)
        if face.turn > 0.05:
            reach = 2 * int(max(1, 0.03 * face.scale)) + 1
            plane = cv2.dilate(plane, np.ones((reach, reach)))
        inner = np.maximum(inner, plane)
    inner = blurred(inner, 2.0) * (1 - resized(scene.covered, scene.side))
    room = (masks.person < 0.3) * 0.28
    return np.asarray(
        _core(masks.clothes) * 0.8 + _core(masks.skin) * 0.75 * (1 - inner) + room, np.float32
    )
