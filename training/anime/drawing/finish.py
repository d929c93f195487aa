"""How a look finishes the drawn picture: cel as it is, screentone, gouache or halftone."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.canvas import SCALE, Canvas, blurred, resized, smooth_step
from engine.drawing.colour import Picture, Plane, floats, lab_picture, rgb_picture
from engine.drawing.looks import HERO, STORYBOOK
from training.anime.drawing.scene import Scene


def finish(canvas: Canvas, scene: Scene, features: Plane) -> Picture:
    """The finished picture (H, H, 3); features (H, H) is where eyes are: never under dots."""
    if scene.look.finish == "screentone":
        return screentone(canvas, scene, features)
    if scene.look.finish == "gouache":
        return gouache(canvas, features)
    if scene.look.finish == "halftone":
        return halftone(canvas, scene, features)
    return canvas.flattened()


def dot_screen(side: int, spacing: float) -> Plane:
    """A screen of dots at 45 degrees, (H, H) in 0..1: a pixel is ink where the tone is above it.

    The share of pixels below t is t, for every t.
    """
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    turn = 2 * np.pi / (spacing * SCALE)
    wave = np.cos((x + y) * turn) + np.cos((x - y) * turn)
    # the distribution of the sum of two cosines, inverted by a table
    t = np.linspace(0, 2 * np.pi, 721)[:-1]
    every = np.sort((np.cos(t)[:, None] + np.cos(t)[None]).ravel())
    rank = np.interp(wave, every[::50], np.linspace(0, 1, len(every[::50])))
    return np.asarray(1 - rank, np.float32)


def dotted(tone: Plane, spacing: float) -> Plane:
    """A tone (0 white, 1 black) as dots with soft edges; without a spacing as it is."""
    if spacing <= 0:
        return tone
    screen = dot_screen(tone.shape[0], spacing)
    dots = smooth_step(tone - screen, -0.06, 0.06)
    sure = smooth_step(tone, 0.0, 0.05) * (1 - smooth_step(tone, 0.93, 0.99))
    return np.asarray(dots * sure + np.rint(tone) * (1 - sure), np.float32)


def screentone(canvas: Canvas, scene: Scene, features: Plane) -> Picture:
    """Black ink on white paper, greys as dots; hair black with a white light."""
    light = np.ascontiguousarray(lab_picture(canvas.fills)[..., 0])
    layers = scene.layers
    tone = 0.15 * np.rint(np.clip((88 - light) / 88, 0, 1) / 0.15)
    skin = np.clip((80 - light) / 90, 0, 0.55)
    skin = np.where(skin < 0.07, 0.0, skin)
    hair = np.where(light < 34, 1.0, np.clip((84 - light) / 90, 0, 0.6))
    hair = hair * (1 - _hair_light(scene))
    tone = np.where(layers.hair > 0.5, hair, np.where(layers.skin > 0.5, skin, tone))
    room = (1 - np.maximum.reduce([layers.person, layers.skin, layers.hair])) > 0.5
    tone = np.where(room, np.minimum(0.55 * tone, 0.36), np.minimum(tone, 1.0))
    paper = 255 * (1 - 0.94 * dotted(tone.astype(np.float32), scene.look.dots))
    eyes = blurred(features, 0.6)
    paper = paper * (1 - eyes) + 255 * (light / 100) ** 1.1 * eyes
    grey = paper * (1 - canvas.cover) + canvas.ink.mean(2)
    return np.repeat(np.asarray(grey, np.float32)[..., None], 3, 2)


def _hair_light(scene: Scene) -> Plane:
    """A white band of light over each head, jagged along its edges as strands are: (H, H)."""
    side = scene.canvas_side
    band = np.zeros((side, side), np.float32)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / SCALE
    for face in scene.view.faces:
        cx, cy = face.centre
        across = ((x - cx) * face.across[0] + (y - cy) * face.across[1]) / face.height
        above = -((x - cx) * face.down[0] + (y - cy) * face.down[1]) / face.height
        arc = above - 0.68 + 0.50 * across**2
        spikes = np.abs((across * 19) % 1 - 0.5) + 0.6 * np.abs((across * 31 + 0.3) % 1 - 0.5)
        half = np.where(arc > 0, 0.012 + 0.040 * spikes, 0.010 + 0.055 * spikes)
        ring = smooth_step(half - np.abs(arc), -0.003, 0.006)
        band = np.maximum(band, ring * smooth_step(0.36 - np.abs(across + 0.08), 0, 0.03))
    core = cv2.erode(scene.layers.hair, np.ones((7, 7)))
    return np.asarray(band * core, np.float32)


def gouache(canvas: Canvas, features: Plane) -> Picture:
    """Soft washes: uneven pigment, edges that wander, paper, lines of the fill's colour."""
    side = canvas.side
    shift = np.stack(
        [_noise(side, 22, seed) + 0.5 * _noise(side, 9, seed + 7) for seed in (1, 2)], 2
    )
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    still = (1 - blurred(features, 4.0))[..., None] * np.float32(1.7)
    maps = np.stack([x, y], 2) + shift * still
    wandering = cv2.remap(canvas.fills, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    soft = blurred(wandering, 1.6)
    kept = blurred(features, 1.0)[..., None]
    lab = lab_picture(soft * (1 - kept) + canvas.fills * kept)
    pigment = 1.7 * _noise(side, 60, 3) + 1.3 * _noise(side, 14, 4)
    rim = np.abs(lab[..., 0] - blurred(np.ascontiguousarray(lab[..., 0]), 7.0)).clip(0, 9)
    lab[..., 0] += (pigment - 0.28 * rim) * (1 - kept[..., 0]) + 1.2 * _noise(side, 1.2, 5)
    fills = rgb_picture(STORYBOOK.grade.of(lab))
    line = blurred(canvas.fills, 3.0) * 0.42 + floats([34, 16, 10])
    ink = canvas.ink * 0.45 + line * canvas.cover[..., None] * 0.55
    return np.asarray(fills * (1 - canvas.cover[..., None]) + ink, np.float32)


def _noise(side: int, scale: float, seed: int) -> Plane:
    """Smooth noise of about unit variance, the same in every frame: paper does not move."""
    small = max(2, round(side / (scale * SCALE)))
    grain = np.random.default_rng(seed).normal(0, 1, (small, small)).astype(np.float32)
    return resized(grain, side)


def halftone(canvas: Canvas, scene: Scene, features: Plane) -> Picture:
    """Printed comic: strong colours, black where it is dark, dots in the shade."""
    lab = lab_picture(canvas.fills)
    light = np.ascontiguousarray(lab[..., 0])
    layers = scene.layers
    people = np.maximum.reduce([layers.person, layers.skin, layers.hair])
    eyes = blurred(features, 0.6)
    fills = rgb_picture(HERO.grade.of(lab))
    cloth = people * (1 - layers.skin) * (1 - layers.hair)
    black = np.maximum(
        smooth_step(30 - light, -3, 3) * cloth, smooth_step(27 - light, -2, 2) * layers.hair
    )
    below = _skin_light(scene) - light  # how much darker than the flat tone
    black = np.maximum(black, 0.8 * smooth_step(below, 17, 19) * layers.skin)
    shade = np.clip((62 - light) / 70, 0, 0.55) * (1 - people)
    shade = np.maximum(shade, np.clip((52 - light) / 60, 0, 0.5) * cloth)
    shade = np.maximum(shade, 0.42 * smooth_step(below, 6, 9) * layers.skin)
    dots = dotted(floats(shade), scene.look.dots) if scene.look.dots else floats(shade * 0.5)
    fills = fills * (1 - 0.42 * (dots * (1 - eyes))[..., None])
    fills = fills * (1 - 0.92 * (black * (1 - eyes))[..., None])
    return np.asarray(fills * (1 - canvas.cover[..., None]) + canvas.ink, np.float32)


def _skin_light(scene: Scene) -> Plane:
    """The lightness of the flat skin of whoever is nearest to each pixel, (H, H)."""
    plane = np.full((scene.side,) * 2, scene.palettes[0].skin[0], np.float32)
    for index in range(1, len(scene.view.faces)):
        plane[scene.view.owned(index)] = scene.palettes[index].skin[0]
    size = (scene.canvas_side,) * 2
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_NEAREST), np.float32)
