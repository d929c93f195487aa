"""Packed pairs: sources and drawings as JPEG, with what was read and decided; a file of some dozen.

A pack travels to wherever the network is trained; numpy and OpenCV read it, nothing else is needed.
Shape letters: P pairs of a file, F faces of all its pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.landmarks import COUNT, Face
from engine.drawing.palette import Palette, palette_of
from engine.frames import Pixels

SOURCE_QUALITY, DRAWING_QUALITY = 78, 82
COLOURS = 27
# fmt: off
SHAPES = (
    "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight", "eyeLookUpLeft",
    "eyeLookUpRight", "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight",
    "eyeSquintLeft", "eyeSquintRight", "eyeWideLeft", "eyeWideRight", "browDownLeft",
    "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "jawOpen",
    "mouthClose", "mouthFunnel", "mouthPucker", "mouthSmileLeft", "mouthSmileRight",
)
# fmt: on
"""The blendshapes that are kept, by MediaPipe's names."""


@dataclass(frozen=True, slots=True)
class PairFace:
    """A face of a pair. seen, drawn: points (478, 2) in pixels; pose: yaw and pitch in degrees;
    shapes: blendshapes in the order of SHAPES.
    """

    seen: NDArray[np.float32]
    drawn: NDArray[np.float32]
    pose: tuple[float, float]
    shapes: NDArray[np.float32]
    palette: Palette


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its drawing, (N, N, 3) each, and the faces in them."""

    name: str
    source: Pixels
    drawing: Pixels
    faces: tuple[PairFace, ...]


def pair_face(face: Face, palette: Palette, scale: float) -> PairFace:
    """A face for a pair whose picture is `scale` times the size it was read at."""
    return PairFace(
        seen=(face.seen * scale).astype(np.float32),
        drawn=(face.points * scale).astype(np.float32),
        pose=(face.yaw, face.pitch),
        shapes=np.array([face.shape(name) for name in SHAPES], np.float32),
        palette=palette,
    )


def write_pack(path: Path, pairs: Sequence[Pair]) -> int:
    """Write a file of pairs, whole or not at all; its size in bytes."""
    sources = [_jpeg(pair.source, SOURCE_QUALITY, fine_colours=False) for pair in pairs]
    drawings = [_jpeg(pair.drawing, DRAWING_QUALITY, fine_colours=True) for pair in pairs]
    faces = [face for pair in pairs for face in pair.faces]
    points = np.zeros((len(faces), 2, COUNT, 2), np.float16)
    numbers = np.zeros((len(faces), 2 + len(SHAPES) + COLOURS), np.float32)
    for row, face in enumerate(faces):
        points[row] = face.seen, face.drawn
        numbers[row] = np.concatenate([face.pose, face.shapes, face.palette.vector()])
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(
            file,
            names=np.array([pair.name for pair in pairs]),
            sources=np.concatenate(sources),
            source_ends=_ends(sources),
            drawings=np.concatenate(drawings),
            drawing_ends=_ends(drawings),
            points=points,
            numbers=numbers,
            face_ends=_ends([pair.faces for pair in pairs]),
        )
    partial.replace(path)
    return path.stat().st_size


def _ends(parts: Sequence[Sized]) -> NDArray[np.int64]:
    return np.cumsum([len(part) for part in parts])


def read_pack(path: Path) -> Iterator[Pair]:
    """The pairs of a file. Raises ValueError where a picture in it is damaged."""
    with np.load(path) as pack:
        told = {name: pack[name] for name in pack.files}
    for row, name in enumerate(told["names"]):
        start, end = _range(told["face_ends"], row)
        yield Pair(
            str(name),
            _picture(told["sources"], told["source_ends"], row),
            _picture(told["drawings"], told["drawing_ends"], row),
            tuple(_face(told["points"][i], told["numbers"][i]) for i in range(start, end)),
        )


def _range(ends: NDArray[np.int64], row: int) -> tuple[int, int]:
    return (int(ends[row - 1]) if row else 0, int(ends[row]))


def _face(points: NDArray[np.float16], numbers: NDArray[np.float32]) -> PairFace:
    seen, drawn = points.astype(np.float32)
    return PairFace(
        seen,
        drawn,
        (float(numbers[0]), float(numbers[1])),
        numbers[2 : 2 + len(SHAPES)],
        palette_of(numbers[2 + len(SHAPES) :]),
    )


def _jpeg(pixels: Pixels, quality: int, *, fine_colours: bool) -> NDArray[np.uint8]:
    """A picture as the bytes of a JPEG; with fine colours they are kept at full resolution."""
    sampling = (
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
        if fine_colours
        else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
    )
    settings = [
        cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling,
    ]  # fmt: skip
    _, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), settings)
    return np.asarray(data, np.uint8).ravel()


def _picture(data: NDArray[np.uint8], ends: NDArray[np.int64], row: int) -> Pixels:
    start, end = _range(ends, row)
    picture = cv2.imdecode(data[start:end], cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"picture {row} of the pack cannot be read")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
