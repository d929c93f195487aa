"""The networks that read a frame: faces, person, skin/clothes/hair, hands.

They need the teacher's own environment (`setup.sh`), and the models of the test data's folder.
Frames are square RGB pictures; everything is told in their pixels.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("GLOG_minloglevel", "3")

import cv2
import mediapipe
import numpy as np
import onnxruntime
from mediapipe.tasks.python import BaseOptions, vision
from numpy.typing import NDArray

from engine.drawing.canvas import Points, blurred, resized, smooth_step
from engine.drawing.colour import floats
from engine.drawing.landmarks import NOSE, OVAL, Face, Found
from engine.frames import Pixels
from training.anime.masks import Masks
from training.paths import DATA

NET_SIDE = 512
SMALL = 130
"""A face of fewer pixels is read again, larger (at a picture of 512)."""
LEAST = 18
MODELS = DATA / "models"


class Readers:
    """All networks, loaded once. Raises FileNotFoundError where a model is missing."""

    def __init__(self) -> None:
        for name in ("face_landmarker.task", "skin_clothes_hair_pan.onnx"):
            if not (MODELS / name).exists():
                raise FileNotFoundError(
                    f"{MODELS / name} is missing; LIVE2DIFF_TEST_DATA names the test data's folder"
                )
        self._faces = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_path=str(MODELS / "face_landmarker.task")),
                output_face_blendshapes=True,
                output_facial_transformation_matrixes=True,
                num_faces=5,
                min_face_detection_confidence=0.35,
                min_face_presence_confidence=0.35,
            )
        )
        solutions: Any = mediapipe.solutions
        self._person = solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)
        self._hands = solutions.hands.Hands(
            static_image_mode=True, max_num_hands=4, min_detection_confidence=0.4
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._parts = onnxruntime.InferenceSession(
            str(MODELS / "skin_clothes_hair_pan.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def faces(self, pixels: Pixels) -> list[Found]:
        """All faces, the largest first; small ones are looked at again, enlarged."""
        found = [self._again(pixels, face) for face in self._detected(pixels)]
        if not found:
            found = self._in_tiles(pixels)
        return sorted((f for f in found if f.height > LEAST), key=lambda f: -f.height)

    def _detected(self, pixels: Pixels) -> list[Found]:
        height, width = pixels.shape[:2]
        image = mediapipe.Image(
            image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(pixels)
        )
        told = self._faces.detect(image)
        found = []
        for points, shapes, matrix in zip(
            told.face_landmarks,
            told.face_blendshapes,
            told.facial_transformation_matrixes,
            strict=True,
        ):
            turned = np.asarray(matrix)[:3, :3]
            found.append(
                Found(
                    np.array([[p.x * width, p.y * height] for p in points]),
                    {shape.category_name: float(shape.score) for shape in shapes},
                    turned / np.linalg.norm(turned, axis=0),
                )
            )
        return found

    def _in_tiles(self, pixels: Pixels) -> list[Found]:
        """Far away: look in overlapping quarters, at twice the size."""
        side = pixels.shape[0]
        half, found = side // 2, list[Found]()
        for top in (0, side // 4, half):
            for left in (0, side // 4, half):
                tile = pixels[top : top + half, left : left + half]
                large = cv2.resize(tile, (side, side), interpolation=cv2.INTER_CUBIC)
                for face in self._detected(np.asarray(large, np.uint8)):
                    there = Found(face.points * 0.5 + (left, top), face.shapes, face.turned)
                    nose = there.points[NOSE]
                    if all(np.linalg.norm(nose - f.points[NOSE]) > 20 for f in found):
                        found.append(self._again(pixels, there))
        return found

    def _again(self, pixels: Pixels, face: Found) -> Found:
        """A small face, read once more from its surroundings at the network's size."""
        side = pixels.shape[0]
        if face.height > SMALL * side / NET_SIDE:
            return face
        centre = face.points[list(OVAL)].mean(0)
        reach = face.height * 1.1
        zoom = NET_SIDE / (2 * reach)
        near = self._detected(_cut(pixels, centre, zoom, NET_SIDE))
        if not near:
            return face
        middle = NET_SIDE / 2
        best = min(near, key=lambda f: float(np.linalg.norm(f.points[NOSE] - middle)))
        return Found((best.points - middle) / zoom + centre, best.shapes, best.turned)

    def masks(self, pixels: Pixels, faces: Sequence[Face]) -> Masks:
        """Soft masks of skin, clothes, hair and person, (N, N) each."""
        side = pixels.shape[0]
        parts = self._both_ways(pixels)
        for face in faces:
            if face.height < SMALL * side / NET_SIDE:
                parts = self._head_again(pixels, face, parts)
        person = self._person.process(np.ascontiguousarray(pixels)).segmentation_mask
        skin, clothes, hair = (np.ascontiguousarray(part) for part in parts)
        return Masks(skin, clothes, hair, np.asarray(person, np.float32))

    def _both_ways(self, pixels: Pixels) -> NDArray[np.float32]:
        """The parts (3, N, N), the mean of the picture's and its mirror's."""
        mirrored = self._parts_of(np.ascontiguousarray(pixels[:, ::-1]))[..., ::-1]
        return np.asarray((self._parts_of(pixels) + mirrored) / 2, np.float32)

    def _parts_of(self, pixels: Pixels) -> NDArray[np.float32]:
        side = pixels.shape[0]
        if side != NET_SIDE:
            pixels = np.asarray(
                cv2.resize(pixels, (NET_SIDE, NET_SIDE), interpolation=cv2.INTER_CUBIC), np.uint8
            )
        scaled = (pixels / 255.0 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
        given = scaled.transpose(2, 0, 1)[None].astype(np.float32)
        told = np.asarray(self._parts.run(None, {"x.1": given})[0][0], np.float32)
        if side == NET_SIDE:
            return told
        return np.stack([resized(np.ascontiguousarray(plane), side) for plane in told])

    def _head_again(
        self, pixels: Pixels, face: Face, parts: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """A small head's parts are read again, larger, and laid over the rest."""
        side = pixels.shape[0]
        centre = face.seen[list(OVAL)].mean(0) + face.up * 0.1 * face.height
        reach = 1.35 * face.height
        zoom = NET_SIDE / (2 * reach)
        told = self._both_ways(_cut(pixels, centre, zoom, NET_SIDE))
        y, x = np.mgrid[0:side, 0:side]
        away = np.maximum(np.abs(x - centre[0]), np.abs(y - centre[1])) / reach
        here = 1 - smooth_step(away, 0.65, 0.95)
        matrix = _cut_matrix(centre, zoom, NET_SIDE)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        back = [
            cv2.warpAffine(blurred(plane, zoom * 0.35), matrix, (side, side), flags=flags)
            for plane in told
        ]
        return np.asarray(parts * (1 - here) + np.stack(back) * here, np.float32)

    def hands(self, pixels: Pixels) -> list[Points]:
        """The 21 points of each hand."""
        told = self._hands.process(np.ascontiguousarray(pixels)).multi_hand_landmarks or []
        side = pixels.shape[0]
        return [np.array([[p.x * side, p.y * side] for p in hand.landmark]) for hand in told]


def _cut_matrix(centre: Points, zoom: float, side: int) -> NDArray[np.float32]:
    """The matrix from the picture to a cut of side x side around a point."""
    shift = side / 2 - zoom * np.asarray(centre)
    return floats([[zoom, 0, shift[0]], [0, zoom, shift[1]]])


def _cut(pixels: Pixels, centre: Points, zoom: float, side: int) -> Pixels:
    matrix = _cut_matrix(centre, zoom, side)
    cut = cv2.warpAffine(
        pixels, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(cut, np.uint8)
