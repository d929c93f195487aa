"""The styles that the built-in model learns: classical image filters.

Every teacher is a pure function of one picture and smooth in its input (soft steps instead of
hard ones), so that camera noise hardly changes its result. Line widths and radii are in pixels,
whatever the picture's size: a convolutional network cannot know how large the picture is, so
neither may its teacher. They are tuned for faces in pictures about 512 pixels high.

Sources: XDoG lines, Winnemoeller, Kyprianidis and Olsen 2012, equations 7 and 9; the guided
filter, He, Sun and Tang 2010; the generalised Kuwahara filter's idea, Papari et al. 2007;
L0 gradient smoothing, Xu et al. 2011.

Pictures: (H, W, 3) float32 RGB in 0..1; planes: (H, W) float32.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels

Picture = NDArray[np.float32]
Plane = NDArray[np.float32]
Colour = tuple[float, float, float]


def rgb(red: float, green: float, blue: float) -> NDArray[np.float32]:
    """A colour as an array (3,)."""
    return np.asarray((red, green, blue), np.float32)


def luminance(picture: Picture) -> Plane:
    """Perceived brightness in 0..1."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)


def blur(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur; sigma in pixels."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)


def soft_steps(plane: Plane, steps: int, sharpness: float) -> Plane:
    """Reduce 0..1 to about `steps` tones, with slopes between them instead of cliffs."""
    scaled = plane * steps
    floor = np.floor(scaled)
    slope = np.tanh(sharpness * (scaled - floor - 0.5)) / np.tanh(sharpness * 0.5)
    return np.asarray((floor + 0.5 + 0.5 * slope) / steps, np.float32)


def dark_lines(plane: Plane, sigma: float, sharpen: float, threshold: float, slope: float) -> Plane:
    """XDoG: 1 on paper, towards 0 on lines. threshold in 0..1 of brightness."""
    sharpened = (1.0 + sharpen) * blur(plane, sigma) - sharpen * blur(plane, 1.6 * sigma)
    lines = 1.0 + np.tanh(slope * np.minimum(sharpened - threshold, 0.0))
    return np.asarray(lines, np.float32)


def guided(plane: Plane, guide: Plane, radius: int, epsilon: float) -> Plane:
    """Smooth a plane while keeping the edges of the guide."""

    def mean(x: Plane) -> Plane:
        return np.asarray(cv2.blur(x, (2 * radius + 1, 2 * radius + 1)), np.float32)

    mean_guide, mean_plane = mean(guide), mean(plane)
    variance = mean(guide * guide) - mean_guide**2
    slope = (mean(guide * plane) - mean_guide * mean_plane) / (variance + epsilon)
    offset = mean_plane - slope * mean_guide
    return np.asarray(mean(slope) * guide + mean(offset), np.float32)


def flatten(picture: Picture, rounds: int, range_sigma: float, space_sigma: float) -> Picture:
    """Repeated bilateral smoothing in Lab: flat areas, edges kept. range_sigma in 0..100."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    for _ in range(rounds):
        lab = cv2.bilateralFilter(lab, -1, range_sigma, space_sigma)
    return np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0.0, 1.0)


def few_gradients(picture: Picture, weight: float) -> Picture:
    """L0 gradient smoothing: the fewest edges that explain the picture."""
    height, width = picture.shape[:2]
    x = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    power = _gradient_power(x.shape[0], x.shape[1])
    start = np.fft.rfft2(x, axes=(0, 1))
    beta = 2.0 * weight
    while beta < 4e2:
        h = np.roll(x, -1, axis=1) - x
        v = np.roll(x, -1, axis=0) - x
        small = (h * h + v * v).sum(axis=2) < weight / beta
        h[small], v[small] = 0.0, 0.0
        divergence = np.roll(h, 1, axis=1) - h + np.roll(v, 1, axis=0) - v
        fixed = start + beta * np.fft.rfft2(divergence, axes=(0, 1))
        solved = np.fft.irfft2(fixed / (1.0 + beta * power), s=x.shape[:2], axes=(0, 1))
        x = np.asarray(solved, np.float32)
        beta *= 3.0
    return np.clip(x[:height, :width], 0.0, 1.0).astype(np.float32)


def _gradient_power(height: int, width: int) -> NDArray[np.float32]:
    """The squared length of the forward difference, frequency by frequency: (H, W/2+1, 1)."""
    v = 2.0 - 2.0 * np.cos(2.0 * np.pi * np.fft.fftfreq(height))
    h = 2.0 - 2.0 * np.cos(2.0 * np.pi * np.fft.rfftfreq(width))
    return np.asarray((v[:, None] + h[None, :])[..., None], np.float32)


def kuwahara(picture: Picture, radius: int, sharpness: float) -> Picture:
    """Each pixel takes the means of its calmest neighbourhoods: brush strokes along edges."""
    size = radius + 1
    squared = (picture * picture).sum(axis=2)
    mean = cv2.blur(picture, (size, size))
    variance = cv2.blur(squared, (size, size)) - (mean * mean).sum(axis=2)
    total = np.zeros_like(picture)
    weights = np.full(picture.shape[:2], 1e-12, np.float32)
    reach = radius / 2.0
    for angle in np.arange(8) * (np.pi / 4.0):
        shift = np.array([[1, 0, reach * np.cos(angle)], [0, 1, reach * np.sin(angle)]])
        moved = _shift(mean, shift)
        weight = np.power(np.maximum(_shift(variance, shift), 1e-5), -sharpness)
        total += moved * weight[..., None]
        weights += weight
    return np.asarray(total / weights[..., None], np.float32)


def _shift(picture: Picture, matrix: NDArray[np.float64]) -> Picture:
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(
        cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REFLECT_101), np.float32
    )


def recolour(picture: Picture, saturation: float, gamma: float = 1.0) -> Picture:
    """Multiply the saturation and bend the brightness (gamma under 1 is brighter)."""
    grey = luminance(picture)[..., None]
    bright = np.power(np.clip(grey, 1e-4, 1.0), gamma)
    return np.clip(bright + (picture - grey) * saturation, 0.0, 1.0).astype(np.float32)


def with_brightness(picture: Picture, brightness: Plane) -> Picture:
    """The picture's hues with another brightness plane."""
    ratio = brightness / np.maximum(luminance(picture), 1e-3)
    return np.clip(picture * ratio[..., None], 0.0, 1.0).astype(np.float32)


def even_light(plane: Plane, amount: float) -> Plane:
    """Pull local mean and contrast towards the middle, as an artist does."""
    mean = blur(plane, 40.0)
    deviation = np.sqrt(blur((plane - mean) ** 2, 40.0)) + 0.08
    normal = 0.5 + 0.22 * (plane - mean) / deviation
    return np.clip(plane + amount * (normal - plane), 0.0, 1.0).astype(np.float32)


def palette_map(plane: Plane, colours: list[Colour], sharpness: float) -> Picture:
    """Bands of brightness become inks: darkest first, with soft borders."""
    position = soft_steps(np.clip(plane, 0.0, 0.9999), len(colours) - 1, sharpness)
    anchors = np.linspace(0.0, 1.0, len(colours))
    table = np.asarray(colours)
    channels = [np.interp(position, anchors, table[:, i]) for i in range(3)]
    return np.stack(channels, axis=2).astype(np.float32)


def comic(picture: Picture) -> Picture:
    """Flat, lively colours in soft steps of brightness under strong ink lines."""
    flat = flatten(picture, 3, 9.0, 4.0)
    grey = even_light(luminance(flat), 0.25)
    stepped = with_brightness(flat, 0.75 * soft_steps(grey, 7, 5.0) + 0.25 * grey)
    plane = even_light(luminance(flatten(picture, 1, 8.0, 2.0)), 0.25)
    lines = dark_lines(plane, 1.1, 14.0, 0.27, 7.0)
    return recolour(stepped, 1.4, 0.82) * lines[..., None]


def anime(picture: Picture) -> Picture:
    """Large flat areas in clear colours, even bright skin, thin dark lines."""
    smooth = flatten(picture, 2, 8.0, 3.0)
    flat = few_gradients(smooth, 0.005)
    grey = even_light(luminance(flat), 0.3)
    shaded = with_brightness(flat, 0.6 * soft_steps(grey, 5, 8.0) + 0.4 * grey)
    plane = even_light(luminance(smooth), 0.3)
    lines = dark_lines(plane, 0.9, 18.0, 0.27, 6.0)[..., None]
    colour = recolour(shaded, 1.6, 0.62)
    return colour * (lines + (1.0 - lines) * rgb(0.22, 0.13, 0.20))


def oil(picture: Picture) -> Picture:
    """Brush strokes along the edges, warm and deep colours."""
    painted = kuwahara(kuwahara(picture, 6, 4.0), 4, 5.0)
    lit = with_brightness(painted, even_light(luminance(painted), 0.35))
    detail = lit - cv2.GaussianBlur(lit, (0, 0), 2.5)
    warm = recolour(np.clip(lit + 1.1 * detail, 0.0, 1.0), 1.55, 0.95)
    return np.clip(warm * rgb(1.05, 1.0, 0.90), 0.0, 1.0)


def ink(picture: Picture) -> Picture:
    """Washed greys on warm paper under a brush's lines."""
    smooth = flatten(picture, 2, 9.0, 4.0)
    grey = even_light(luminance(smooth), 0.45)
    wash = 0.50 + 0.50 * soft_steps(np.power(grey, 0.8), 4, 4.0)
    plane = even_light(luminance(flatten(picture, 1, 8.0, 2.0)), 0.45)
    lines = dark_lines(plane, 1.3, 15.0, 0.32, 6.0)
    tone = np.minimum(wash, 1.0) * (0.06 + 0.94 * lines)
    paper, black = rgb(0.97, 0.94, 0.87), rgb(0.10, 0.10, 0.13)
    return np.asarray(black + (paper - black) * tone[..., None], np.float32)


def watercolour(picture: Picture) -> Picture:
    """Light washes that gather at their borders over a faint pencil drawing."""
    wash = kuwahara(flatten(picture, 1, 9.0, 3.0), 6, 3.0)
    grey = even_light(luminance(wash), 0.45)
    stepped = 0.4 * grey + 0.6 * soft_steps(grey, 4, 6.0)
    pale = 0.14 + 0.86 * recolour(with_brightness(wash, stepped), 2.0, 0.45)
    tone = luminance(pale)
    rim = np.clip(blur(tone, 3.0) - tone, -0.15, 0.25)
    pigment = 1.0 + 4.5 * rim
    drawing = dark_lines(even_light(luminance(picture), 0.45), 0.8, 10.0, 0.26, 4.0)
    washed = np.power(np.clip(pale, 0.0, 1.0), pigment[..., None])
    return np.asarray(washed * (0.45 + 0.55 * drawing[..., None]), np.float32)


def pencil(picture: Picture) -> Picture:
    """Graphite on paper: soft shading and dark outlines."""
    grey = even_light(luminance(flatten(picture, 1, 7.0, 2.0)), 0.4)
    sketch = np.clip(grey / np.maximum(blur(grey, 5.0), 0.04), 0.0, 1.0) ** 1.8
    shade = 0.55 + 0.45 * np.power(guided(grey, grey, 8, 0.01), 0.7)
    lines = dark_lines(grey, 0.9, 12.0, 0.26, 5.0)
    tone = np.clip(1.12 * sketch * shade * (0.35 + 0.65 * lines), 0.0, 1.0)
    paper, lead = rgb(0.97, 0.965, 0.95), rgb(0.14, 0.14, 0.16)
    return np.asarray(lead + (paper - lead) * tone[..., None], np.float32)


def poster(picture: Picture) -> Picture:
    """Four bold inks in large shapes."""
    grey = even_light(luminance(flatten(picture, 3, 12.0, 4.0)), 0.4)
    inks: list[Colour] = [
        (0.04, 0.17, 0.29), (0.80, 0.17, 0.18), (0.45, 0.64, 0.67), (0.99, 0.91, 0.71),
    ]  # fmt: skip
    colour = palette_map(np.clip(1.25 * grey - 0.06, 0.0, 1.0), inks, 12.0)
    lines = dark_lines(grey, 1.2, 14.0, 0.22, 6.0)[..., None]
    return np.asarray(colour * lines + rgb(*inks[0]) * (1.0 - lines), np.float32)


def neon(picture: Picture) -> Picture:
    """Glowing lines in the picture's own hues over a deep blue night."""
    smooth = flatten(picture, 2, 9.0, 3.0)
    grey = even_light(luminance(smooth), 0.5)
    band = blur(grey, 1.0) - blur(grey, 1.8)
    lines = np.tanh(np.maximum(-band - 0.004, 0.0) * 45.0).astype(np.float32)
    hue = np.clip(recolour(smooth, 3.0, 0.7), 0.02, 1.0)
    hue = hue / hue.max(axis=2, keepdims=True)
    glow = blur(lines, 5.0)[..., None]
    tint = rgb(0.60, 0.42, 1.0)
    night = rgb(0.04, 0.03, 0.11) + 0.75 * grey[..., None] * smooth * tint
    bright = lines[..., None] * (0.30 + 0.70 * hue)
    return np.clip(night + 0.9 * glow * hue + bright, 0.0, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Teacher:
    """The teacher of a style."""

    name: str
    style: Callable[[Picture], Picture]

    def __call__(self, pixels: Pixels) -> Pixels:
        """Style a picture (H, W, 3), 0..255."""
        result = self.style(pixels.astype(np.float32) / 255.0)
        return np.asarray(np.rint(np.clip(result, 0.0, 1.0) * 255.0), np.uint8)


TEACHERS = tuple(
    Teacher(f.__name__, f) for f in (comic, anime, oil, ink, watercolour, pencil, poster, neon)
)
