"""A face as its landmarks tell it: MediaPipe's 478 points, where they lie and how it is turned.

"Left" and "right" are the picture's own. Lengths and points are in pixels of the picture, angles
in degrees. `across` points from the picture's left eye to the right one, `down` to the chin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine.drawing.canvas import Points, smooth_step

COUNT = 478
UPPER_LID = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133),
    (362, 398, 384, 385, 386, 387, 388, 466, 263),
)
LOWER_LID = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
    (362, 382, 381, 380, 374, 373, 390, 249, 263),
)
IRIS = (468, 473)
IRIS_RING = ((469, 470, 471, 472), (474, 475, 476, 477))
BROW_TOP = ((70, 63, 105, 66, 107), (300, 293, 334, 296, 336))
BROW_BOTTOM = ((46, 53, 52, 65, 55), (276, 283, 282, 295, 285))
LIPS_TOP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LIPS_BOTTOM = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
MOUTH_TOP = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
MOUTH_BOTTOM = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
# fmt: off
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)
JAW = (
    127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288,
    361, 323, 454, 356,
)
# fmt: on
FEATURES = (
    UPPER_LID[0] + LOWER_LID[0],
    UPPER_LID[1] + LOWER_LID[1],
    BROW_TOP[0] + BROW_BOTTOM[0],
    BROW_TOP[1] + BROW_BOTTOM[1],
    LIPS_TOP + LIPS_BOTTOM,
)
"""Eyes, brows and lips: points around what is not skin."""
SKIN_SPOTS = (50, 280, 205, 425, 151, 9, 108, 337, 117, 346, 4, 5)
"""Cheeks, forehead and nose: bare skin nearly always."""
CHEEKS = (50, 280, 205, 425)
TOP, CHIN, NOSE = 10, 152, 1
SIDES = (0, 1)
"""The eye at the picture's left, and the one at its right."""
BLINK = ("eyeBlinkRight", "eyeBlinkLeft")
LOOK_DOWN = ("eyeLookDownRight", "eyeLookDownLeft")
LOOK_UP = ("eyeLookUpRight", "eyeLookUpLeft")


@dataclass(frozen=True, slots=True)
class Found:
    """A face as the landmark network tells it: points (478, 2), blendshapes, rotation (3, 3)."""

    points: Points
    shapes: Mapping[str, float]
    turned: Points

    @property
    def height(self) -> float:
        """From the forehead's top to the chin."""
        return float(np.linalg.norm(self.points[TOP] - self.points[CHIN]))

    @property
    def centre(self) -> Points:
        """The middle of the oval, (2,)."""
        return np.asarray(self.points[list(OVAL)].mean(0))


@dataclass(frozen=True)
class Face:
    """One face of one frame.

    seen: (478, 2) as in the camera's picture; points: the same after the drawing's own geometry
    (`view.py`). shapes: blendshapes by MediaPipe's names, 0..1. yaw is positive when the face
    looks to the picture's right.
    """

    seen: Points
    points: Points
    shapes: Mapping[str, float]
    yaw: float
    pitch: float
    height: float
    width: float
    up: Points
    across: Points
    down: Points
    far: int
    turn: float

    @property
    def scale(self) -> float:
        """The length that everything drawn goes by: about the face's height."""
        return max(self.height, self.width * 1.15)

    @cached_property
    def openings(self) -> tuple[float, float]:
        """How open each eye is; see `eye_openings`."""
        return eye_openings(self)

    @cached_property
    def gaze(self) -> tuple[float, float]:
        """Where the eyes look; see `gaze`."""
        return gaze(self)

    @cached_property
    def centre(self) -> Points:
        """The middle of the oval, (2,)."""
        return np.asarray(self.points[list(OVAL)].mean(0))

    @property
    def roll(self) -> float:
        """How far the line of the eyes is turned clockwise."""
        return float(np.degrees(np.arctan2(self.across[1], self.across[0])))

    def at(self, *indices: int) -> Points:
        """Some points (K, 2), by their numbers."""
        return self.points[list(indices)]

    def shape(self, name: str) -> float:
        """A blendshape, 0 where it was not read."""
        return self.shapes.get(name, 0.0)


def face_of(found: Found) -> Face:
    """A face from what was found of it.

    far: -1 where the cheek at the picture's left is turned away, else 1; turn: how far, 0..1.
    Raises ValueError where the points are not 478.
    """
    p, turned = np.asarray(found.points, np.float64), found.turned
    if p.shape != (COUNT, 2):
        raise ValueError(f"a face has {COUNT} points with x and y, these are {p.shape}")
    upward = p[TOP] - p[CHIN]
    eyes = p[[263, 362]].mean(0) - p[[33, 133]].mean(0)
    across = eyes / (np.linalg.norm(eyes) + 1e-9)
    left, right = (abs(float(np.dot(p[i] - p[NOSE], across))) for i in (234, 454))
    narrow = min(left, right) / (max(left, right) + 1e-6)
    return Face(
        seen=p,
        points=p,
        shapes=found.shapes,
        yaw=float(np.degrees(np.arctan2(turned[0, 2], turned[2, 2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(-turned[1, 2], -1, 1)))),
        height=float(np.linalg.norm(upward)),
        width=float(np.linalg.norm(p[234] - p[454])),
        up=upward / (np.linalg.norm(upward) + 1e-9),
        across=across,
        down=np.array([-across[1], across[0]]),
        far=-1 if left < right else 1,
        turn=float(1 - smooth_step(narrow, 0.28, 0.62)),
    )


def scaled(face: Face, factor: Points) -> Face:
    """The face in a picture of another size; factor: of width and height, (2,)."""
    mean = float(factor.mean())
    return replace(
        face,
        seen=face.seen * factor + (factor - 1) / 2,
        points=face.points * factor + (factor - 1) / 2,
        height=face.height * mean,
        width=face.width * mean,
    )


def face_of_mesh(mesh: Points) -> Face:
    """A face from the mesh's points (478, 3) alone, in pixels, z away from the camera.

    Blendshapes that the drawing asks for are estimated by lines fitted to 1,294 faces read by
    MediaPipe (a blink explains 0.74 of the variance, a look down 0.70).
    """
    p = np.asarray(mesh, np.float64)
    upright = p[CHIN] - p[TOP]
    pitch = float(np.degrees(np.arctan2(upright[2], np.linalg.norm(upright[:2]) + 1e-9)))
    plain = face_of(Found(p[:, :2], {}, np.eye(3)))
    shapes = {}
    for side in SIDES:
        blink, down = _estimated(plain, side, pitch)
        shapes[BLINK[side]] = float(np.clip(blink, 0, 1))
        shapes[LOOK_DOWN[side]] = float(np.clip(down, -1, 1))
    left, right = (abs(float((p[i, :2] - p[NOSE, :2]) @ plain.across)) for i in (234, 454))
    yaw = float(np.degrees(np.arcsin((left - right) / (left + right + 1e-9))))
    return replace(plain, shapes=shapes, yaw=yaw, pitch=pitch)


def _estimated(face: Face, side: int, pitch: float) -> tuple[float, float]:
    """How shut an eye is, and how far it looks down less how far up, by its lids and iris."""
    corners = face.at(UPPER_LID[side][0], UPPER_LID[side][-1])
    middle = corners.mean(0)
    upper, lower, iris = (
        float((point - middle) @ face.down) / face.scale
        for point in (
            face.at(*UPPER_LID[side][3:6]).mean(0),
            face.at(*LOWER_LID[side][3:6]).mean(0),
            face.points[IRIS[side]],
        )
    )
    gap = lower - upper
    shape = gap * face.scale / (float(np.linalg.norm(corners[1] - corners[0])) + 1e-6)
    blink = 0.58 - 3.34 * gap - 0.54 * shape - 0.87 * iris + 5.32 * upper + 1.98 * lower
    down = 0.65 + 4.17 * gap - 1.33 * shape + 4.48 * iris + 18.05 * upper + 22.22 * lower
    return blink - 0.001 * pitch, down - 0.017 * pitch


def gaze(face: Face) -> tuple[float, float]:
    """How far to the right each iris stands in its opening, in widths of the eye."""
    found = []
    for side in SIDES:
        left, right = face.points[UPPER_LID[side][0]], face.points[UPPER_LID[side][-1]]
        width = float(np.linalg.norm(right - left)) + 1e-6
        shift = np.dot(face.points[IRIS[side]] - (left + right) / 2, (right - left) / width)
        found.append(float(np.clip(shift / width, -0.28, 0.28)))
    return (found[0], found[1])


def eye_openings(face: Face) -> tuple[float, float]:
    """How open each eye is: 0 shut, 1 open, at most 1.3.

    Both are about their mean unless they differ clearly, as in a wink.
    """
    found = []
    for side in SIDES:
        lids = face.at(*LOWER_LID[side]) - face.at(*UPPER_LID[side])
        gap = float(np.mean(lids[3:6] @ face.down))
        by_points = float(np.clip((gap / face.scale - 0.014) / 0.032, 0, 1.35)) ** 0.7
        blink = float(smooth_step(face.shape(BLINK[side]), 0.5, 0.82))
        found.append(min(by_points, 1.3 * (1 - blink)))
    mean, apart = sum(found) / 2, abs(found[0] - found[1])
    kept = float(smooth_step(apart, 0.15, 0.6))
    return (mean + (found[0] - mean) * kept, mean + (found[1] - mean) * kept)


def iris_radius(face: Face, side: int) -> float:
    """The iris' radius in pixels."""
    ring = face.at(*IRIS_RING[side]) - face.points[IRIS[side]]
    return float(np.mean(np.linalg.norm(ring, axis=1)))
