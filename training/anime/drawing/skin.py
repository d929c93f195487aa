"""Skin: flat tones, shadows, the area of each face, beard, blush, the line of the jaw."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.drawing import traits
from engine.drawing.canvas import (
    SCALE,
    Canvas,
    blurred,
    resized,
    smooth_step,
    spline,
)
from engine.drawing.colour import Plane, floats
from engine.drawing.landmarks import (
    JAW,
    NOSE,
    OVAL,
    Face,
)
from engine.drawing.marks import paint_blush, paint_jaw
from engine.drawing.portrait import Clearance
from training.anime.beard import beard_plane
from training.anime.drawing.scene import Scene


@dataclass(frozen=True, slots=True)
class Area:
    """Where a face is on the canvas, (H, H) each.

    mask: its oval, on the far side of a turned head as far as the picture's skin; near: a little
    more, where no outline of the skin is drawn; bare: what neither hair nor a hand covers; edge:
    the same with soft edges, for lines that may leave the oval.
    """

    mask: Plane
    near: Plane
    bare: Plane
    edge: Plane

    def clearance(self, covered: Plane) -> Clearance:
        """Where the features may be drawn; covered (H, H): hands in front of the face."""
        seen = smooth_step(blurred(self.bare, 1.5), 0.25, 0.5)
        brows = np.maximum(self.bare, 0.35 * self.mask * (1 - covered))
        return Clearance(self.bare, self.edge, self.bare * self.mask, seen, brows)


def area_of(canvas: Canvas, scene: Scene, face: Face) -> Area:
    """The area of a face."""
    oval = np.vstack([face.at(*OVAL), face.at(OVAL[0])])
    mask = canvas.polygon(spline(oval, 160), 8).spread(scene.canvas_side)
    near = _grown(mask, 0.045 * face.scale)
    skin, hair = scene.layers.skin, scene.layers.hair
    if face.turn > 0.05:  # the far cheek ends where the picture says
        half = _far_half(scene, face)
        seen = _grown(mask, 0.10 * face.scale) * skin * (hair < 0.5)
        mask = np.maximum(mask, seen * half)
        near = near * (1 - half)
    bare = (1 - hair) * np.maximum(skin, mask) * (1 - scene.covered)
    bare = np.clip(bare, 0, 1)
    return Area(mask, near, bare, smooth_step(blurred(bare, 2), 0.3, 0.6))


def _grown(mask: Plane, pixels: float) -> Plane:
    size = 2 * int(pixels * SCALE) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(mask, kernel), np.float32)


def _far_half(scene: Scene, face: Face) -> Plane:
    """1 on the side of the face that is turned away, as far as it is turned."""
    side = scene.canvas_side
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / SCALE
    nose = face.points[NOSE]
    beyond = (x - nose[0]) * face.across[0] + (y - nose[1]) * face.across[1]
    return np.asarray(smooth_step(face.far * beyond, 0, 0.05 * face.scale) * face.turn)


def paint_skin(canvas: Canvas, scene: Scene, index: int | None, mine: Plane) -> None:
    """All skin of a person, in light and shadow; `mine` (H, H): where that person is nearest."""
    inks = scene.inks[0 if index is None else index]
    number = -1 if index is None else scene.people[index]
    shadow = scene.hold.plane(f"skin {number}", _skin_shadow(scene))
    edge = scene.look.shade_edge
    shade = smooth_step(resized(shadow, scene.canvas_side), 0.5 - edge, 0.5 + edge)[..., None]
    canvas.paint(scene.layers.skin * mine, inks.skin * (1 - shade) + inks.shadow * shade)


def _skin_shadow(scene: Scene) -> Plane:
    """Where each piece of skin is clearly darker than the most of it: (N, N) in 0..1."""
    light, skin = scene.light, scene.view.masks.skin
    sure = (skin > 0.6).astype(np.float32)
    smooth = blurred(light * sure, 3.0) / (blurred(sure, 3.0) + 1e-3)
    count, parts = cv2.connectedComponents((skin > 0.5).astype(np.uint8))
    shadow = np.zeros_like(light)
    for part in range(1, count):
        piece = parts == part
        if piece.sum() < 40:
            continue
        inside = smooth[piece]
        limit = float(np.median(inside)) - max(5.0, 0.8 * float(inside.std()))
        shadow[piece] = smooth_step(limit - inside, -1.2, 1.2)
    return blurred(shadow, 1.0)


def paint_face(canvas: Canvas, scene: Scene, index: int, area: Area) -> None:
    """A face's flat tone, its shadows, beard and blush, the neck below, the jaw's line."""
    face, inks = scene.view.faces[index], scene.inks[index]
    inner = area.mask * area.bare
    canvas.paint(inner, inks.skin)
    edge = scene.look.shade_edge
    shadow = scene.hold.plane(f"face {scene.people[index]}", face_shadow(scene, face))
    shade = smooth_step(resized(shadow, scene.canvas_side), -5 * edge, 5 * edge)
    shade = np.maximum(shade, _under_hair(canvas, scene, face))
    canvas.paint(inner * shade, inks.shadow)
    _neck(canvas, scene, face, area, inks.deep * 0.35 + inks.shadow * 0.65)
    paint_beard(canvas, scene, index, area)
    portrait, free = scene.portrait(index), area.clearance(scene.covered)
    paint_blush(canvas, portrait, free)
    paint_jaw(canvas, portrait, free)


def _under_hair(canvas: Canvas, scene: Scene, face: Face) -> Plane:
    """The shadow that hair throws on the forehead, (H, H)."""
    side, hair = scene.canvas_side, scene.layers.hair
    shift = floats([[1, 0, 0.012], [0, 1, 0.042]])
    shift[:, 2] *= face.scale * SCALE
    thrown = cv2.warpAffine(hair, shift, (side, side)) * (1 - hair)
    above = np.vstack([face.at(127, 10, 356) + face.up * 0.5 * face.height, face.at(356, 127)])
    top = canvas.polygon(above).spread(side)
    return np.asarray(smooth_step(blurred(thrown, 1.2), 0.4, 0.6) * (top > 0.2), np.float32)


def _neck(canvas: Canvas, scene: Scene, face: Face, area: Area, colour: Plane) -> None:
    """The shadow under the jaw."""
    jaw = spline(face.at(*JAW[2:-2]), 80)
    drop = -face.up * 0.17 * face.height + np.array([0.04 * face.scale, 0])
    below = jaw * 0.82 + jaw.mean(0) * 0.18 + drop
    neck = canvas.polygon(np.vstack([jaw, below[::-1]]))
    free = (1 - area.mask) * scene.layers.skin * (1 - scene.layers.hair)
    canvas.paint(neck.times(free), colour)


def face_shadow(scene: Scene, face: Face) -> Plane:
    """How far (L*) the light on the face lies under the limit of its shadow: (N, N), above 0 dark.

    A low pass of the light, features left out; pieces that do not reach the face's side are none.
    """
    oval = traits.filled(cv2.convexHull(face.at(*OVAL).astype(np.float32))[:, 0], scene.side)
    plain = _without_features(scene, face, oval)
    light = scene.light
    sums = [blurred(plain, share * face.scale) for share in (0.05, 0.10)]
    means = [
        blurred(light * plain, share * face.scale) / (total + 1e-3)
        for share, total in zip((0.05, 0.10), sums, strict=True)
    ]
    near = np.clip(sums[0] * 3, 0, 1)
    smooth = means[0] * near + means[1] * (1 - near)
    seen = plain > 0.5
    if seen.sum() < 30:
        return np.full_like(light, -5.0)
    y, x = np.mgrid[0 : scene.side, 0 : scene.side].astype(np.float32)
    cx, cy = face.centre
    lateral = ((x - cx) * face.across[0] + (y - cy) * face.across[1]) / (0.5 * face.width)
    limit = float(np.median(smooth[seen])) - max(4.5, float(smooth[seen].std()))
    limit_there = limit - 5.5 * (1 - np.clip(np.abs(lateral) / 0.8, 0, 1) ** 2)
    depth = np.where(oval, limit_there - smooth, -5.0).astype(np.float32)
    count, parts, stats, _ = cv2.connectedComponentsWithStats((depth > 0).astype(np.uint8))
    for part in range(1, count):
        small = stats[part, cv2.CC_STAT_AREA] < 0.018 * oval.sum()
        if small or np.abs(lateral[parts == part]).max() < 0.8:
            depth[cv2.dilate((parts == part).astype(np.uint8), np.ones((5, 5))) > 0] = -2.0
    return depth


def _without_features(
    scene: Scene, face: Face, oval: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Plane:
    """The face's skin without eyes, brows and lips, (N, N)."""
    masks = scene.view.masks
    plain = cv2.erode(oval.astype(np.float32), np.ones((3, 3)))
    plain = plain * (masks.hair < 0.4) * (masks.skin > 0.5)
    reach = 2 * int(max(1, 0.028 * face.scale)) + 1
    plain[traits.features(face, scene.side, reach)] = 0
    return np.asarray(plain, np.float32)


def paint_beard(canvas: Canvas, scene: Scene, index: int, area: Area) -> None:
    """A beard in its colour, where the palette says that there is one."""
    face, palette, inks = scene.view.faces[index], scene.palettes[index], scene.inks[index]
    if palette.beard_cover < 0.08:
        return
    plane = beard_plane(scene.view, face, palette.skin)
    plane = scene.hold.plane(f"beard {scene.people[index]}", plane)
    soft = blurred(plane, 0.012 * face.scale)
    full = smooth_step(resized(soft, scene.canvas_side), 0.35, 0.65)
    canvas.paint(full * area.bare, inks.beard * 0.8 + inks.deep * 0.2, 0.88)
