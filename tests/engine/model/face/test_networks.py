"""The torch networks compute what MediaPipe's own files do."""

import os
import zipfile
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.frames import Pixels
from engine.model.acceleration.openvino.runtime import load_openvino
from engine.model.face.networks import FaceDetector, FaceMesh

DATA = Path(os.environ.get("LIVE2DIFF_TEST_DATA", "../shared")) / "models" / "face_landmarker.task"
needs_originals = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is missing")
needs_openvino = pytest.mark.skipif(find_spec("openvino") is None, reason="needs OpenVINO")
EXACT = {"INFERENCE_PRECISION_HINT": "f32"}


def original(name: str, picture: np.ndarray, folder: Path) -> list[np.ndarray]:
    openvino = load_openvino()
    with zipfile.ZipFile(DATA) as archive:
        archive.extract(name, folder)
    graph = openvino.Core().read_model(folder / name)
    graph.reshape(picture.shape)
    return list(openvino.compile_model(graph, "CPU", EXACT)(picture).values())


@needs_originals
@needs_openvino
@pytest.mark.openvino
def test_points_agree_within_a_tenth_of_a_pixel(
    networks: tuple[FaceDetector, FaceMesh], portrait: Pixels, tmp_path: Path
) -> None:
    picture = cv2.resize(portrait, (256, 256))[None]
    numbers = picture.astype(np.float32) / 255.0
    theirs = original("face_landmarks_detector.tflite", numbers, tmp_path)[0].reshape(478, 3)
    with torch.inference_mode():
        points, presence = networks[1](torch.from_numpy(picture))
    assert np.abs(points[0].numpy() - theirs).max() < 0.1
    assert presence.shape == (1,)


@needs_originals
@needs_openvino
@pytest.mark.openvino
def test_boxes_agree_within_a_tenth_of_a_pixel(
    networks: tuple[FaceDetector, FaceMesh], portrait: Pixels, tmp_path: Path
) -> None:
    picture = cv2.resize(portrait, (128, 128))[None]
    numbers = picture.astype(np.float32) / 127.5 - 1.0
    boxes, scores = original("face_detector.tflite", numbers, tmp_path)
    with torch.inference_mode():
        own_scores, own_boxes = networks[0](torch.from_numpy(picture))
    assert np.abs(own_boxes.numpy() - boxes).max() < 0.1
    assert np.abs(own_scores.numpy() - scores[..., 0]).max() < 0.01
