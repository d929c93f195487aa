"""What lies under the people's skin and hair: the painted room and their clothes."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.canvas import Canvas, blurred, resized
from engine.drawing.colour import Picture, lab_picture, rgb_picture
from engine.drawing.ground import PEOPLE, ROOM
from engine.frames import Pixels
from training.anime.drawing.scene import Scene


def flattened(pixels: Pixels) -> Pixels:
    """Areas of one colour: mean shift at half the size, then twice a bilateral filter."""
    side = pixels.shape[0]
    small = cv2.resize(pixels, (side // 2, side // 2), interpolation=cv2.INTER_AREA)
    small = cv2.pyrMeanShiftFiltering(small, 7, 22, maxLevel=1)
    flat = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    flat = cv2.bilateralFilter(flat, 9, 24, 3)
    return np.asarray(cv2.bilateralFilter(flat, 9, 20, 4), np.uint8)


def painted_room(flat: Pixels) -> Picture:
    """The background: painterly, a little lighter, with more colour."""
    lab = lab_picture(blurred(flat.astype(np.float32), 1.2))
    lab[..., 0] = ROOM.of(lab[..., 0])
    lab[..., 1:] *= ROOM.chroma
    return rgb_picture(lab)


def painted_clothes(flat: Pixels) -> Picture:
    """Clothes in two or three tones of each colour."""
    lab = lab_picture(flat)
    lab[..., 0] = PEOPLE.of(blurred(np.ascontiguousarray(lab[..., 0]), 1.5))
    lab[..., 1:] = blurred(np.ascontiguousarray(lab[..., 1:]), 1.5) * PEOPLE.chroma
    lab[..., 2] -= 2 * (lab[..., 0] < 30)
    return rgb_picture(lab)


def begun(scene: Scene) -> Canvas:
    """A canvas with the room and the clothes on it."""
    flat = flattened(scene.view.pixels)
    side = scene.canvas_side
    canvas = Canvas(_enlarged(painted_room(flat), side))
    dressed = np.maximum(scene.layers.clothes, scene.layers.person)
    canvas.paint(dressed, _enlarged(painted_clothes(flat), side))
    return canvas


def _enlarged(picture: Picture, side: int) -> Picture:
    return np.stack([resized(picture[..., i], side) for i in range(3)], 2).clip(0, 255)
