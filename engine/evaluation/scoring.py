"""Scores whole clips frame by frame, analysing each input frame once for all its outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import torch

from engine.errors import ModelError
from engine.evaluation.face_scores import (
    NOT_MEASURED,
    FaceScorer,
    FaceScores,
    ReadFace,
    mean_face_scores,
)
from engine.evaluation.metrics import (
    FlowEstimator,
    FlowField,
    Plane,
    RunningMean,
    depth_difference,
    gradient_disagreement,
    gradient_magnitude,
    sharpness,
    warp_error,
)
from engine.frames import Pixels, Size
from engine.model.acceleration.openvino.faces import with_openvino
from engine.model.face.networks import FaceNetwork
from engine.model.face.tracking import FaceTracker, read_meshes
from engine.model.face.weights import load_face_networks

DEPTH_INPUT = Size(320, 192)
"""The depth model's input; input and output frames are resized to it alike."""


class StructureMetric(Protocol):
    """Extracts the structure of a picture, and compares two structures."""

    def structure(self, pixels: Pixels) -> Plane:
        """(height, width) structure of a picture."""
        ...

    def difference(self, one: Plane, other: Plane) -> float:
        """The distance of two structures; 0 if they are equal."""
        ...


class GradientStructure:
    """Structure without a depth model: the edges of the picture."""

    def structure(self, pixels: Pixels) -> Plane:
        """(H, W) gradient magnitude."""
        return gradient_magnitude(pixels)

    def difference(self, one: Plane, other: Plane) -> float:
        """1 minus Pearson's correlation."""
        return gradient_disagreement(one, other)


class DepthStructure:
    """Structure as relative depth, by an ONNX model from RGB 0..255 to inverse depth."""

    def __init__(self, model: Path, *, size: Size = DEPTH_INPUT) -> None:
        """Read the model. Raises ModelError if it cannot be read or run at this size."""
        self._size = size
        try:
            self._network = cv2.dnn.readNetFromONNX(str(model))
            self.structure(np.zeros((size.height, size.width, 3), np.uint8))
        except (cv2.error, OSError) as error:
            raise ModelError(
                "The depth model {model} cannot be used.",
                "Use an ONNX file that takes RGB pictures of {size}.",
                model=model,
                size=size,
            ) from error

    def structure(self, pixels: Pixels) -> Plane:
        """Inverse depth (model's height, model's width)."""
        size = (self._size.width, self._size.height)
        resized = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        self._network.setInput(cv2.dnn.blobFromImage(resized))
        return np.asarray(self._network.forward(), dtype=np.float32).reshape(size[::-1])

    def difference(self, one: Plane, other: Plane) -> float:
        """Mean squared difference after standardising."""
        return depth_difference(one, other)


@dataclass(frozen=True, slots=True)
class ObservedFrame:
    """One input frame, analysed once for all outputs made from it.

    pixels: fitted to the output size. flow: from the frame before; None for
    the first. faces: those in it. drawing: the teacher's picture of it, if there is a teacher.
    """

    pixels: Pixels
    flow: FlowField | None
    structure: Plane
    faces: tuple[ReadFace, ...] = ()
    drawing: Pixels | None = None


class FrameObserver:
    """Analyses the input frames of one clip, in order."""

    def __init__(self, judge: StructureMetric) -> None:
        self._judge, self._finder = judge, FlowEstimator()
        self._tracker = FaceTracker(*face_networks())
        self._previous: Pixels | None = None

    def observe(self, pixels: Pixels, drawing: Pixels | None = None) -> ObservedFrame:
        """The next input frame (H, W, 3), and the teacher's picture of it."""
        previous, self._previous = self._previous, pixels
        flow = None if previous is None else self._finder.between(previous, pixels)
        structure, faces = self._judge.structure(pixels), self._faces(pixels)
        return ObservedFrame(pixels, flow, structure, faces, drawing)

    def _faces(self, pixels: Pixels) -> tuple[ReadFace, ...]:
        seen = [face for face in self._tracker.read(pixels) if face.seen]
        if not seen:
            return ()
        read = read_meshes(face_networks()[1], pixels, [face.region for face in seen])
        return tuple(
            ReadFace(face, points) for face, (points, _, _) in zip(seen, read, strict=True)
        )


@cache
def face_networks() -> tuple[FaceNetwork, FaceNetwork]:
    """The networks that find and read faces, for the thread that scores."""
    return with_openvino(*load_face_networks(torch.device("cpu")))


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the frames of a clip, or over clips."""

    warp_error: float
    structure_error: float
    sharpness: float
    faces: FaceScores = NOT_MEASURED


class FlickerScorer:
    """Gathers the warp error of one clip, frame by frame; keeps one picture."""

    def __init__(self) -> None:
        self._previous: Pixels | None = None
        self._warp = RunningMean()

    def add(self, observed: ObservedFrame, output: Pixels) -> None:
        """Add the output (H, W, 3) of the input frame `observed`, in order."""
        if output.shape != observed.pixels.shape:
            raise ValueError(f"output {output.shape} is not of the input's {observed.pixels.shape}")
        if observed.flow is not None and self._previous is not None:
            self._warp.add(warp_error(observed.flow, self._previous, output))
        self._previous = output

    @property
    def warp_error(self) -> float:
        """The mean so far. Raises ValueError before two comparable frames."""
        return self._warp.value


class Scorer:
    """Gathers all scores of one styled clip, frame by frame."""

    def __init__(self, judge: StructureMetric) -> None:
        self._judge = judge
        self._flicker = FlickerScorer()
        self._structure, self._sharpness = RunningMean(), RunningMean()
        self._faces = FaceScorer(face_networks()[1])

    def add(self, observed: ObservedFrame, output: Pixels) -> None:
        """Add the output (H, W, 3) of the input frame `observed`, in order."""
        self._flicker.add(observed, output)
        self._structure.add(
            self._judge.difference(observed.structure, self._judge.structure(output))
        )
        self._sharpness.add(sharpness(output))
        self._faces.add(observed.pixels, observed.faces, output, observed.drawing)

    def scores(self) -> Scores:
        """The means so far. Raises ValueError before two comparable frames."""
        return Scores(
            self._flicker.warp_error,
            self._structure.value,
            self._sharpness.value,
            self._faces.scores(),
        )


def mean_scores(clips: Sequence[Scores]) -> Scores:
    """The mean over clips, with equal weights. Raises ValueError if there are none."""
    if not clips:
        raise ValueError("no clip has been scored")
    return Scores(
        warp_error=float(np.mean([clip.warp_error for clip in clips])),
        structure_error=float(np.mean([clip.structure_error for clip in clips])),
        sharpness=float(np.mean([clip.sharpness for clip in clips])),
        faces=mean_face_scores([clip.faces for clip in clips]),
    )
