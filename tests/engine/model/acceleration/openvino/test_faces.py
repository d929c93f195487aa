"""Faces are read by OpenVINO as by PyTorch, and by PyTorch where OpenVINO cannot."""

import logging
import threading
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from engine.frames import Pixels, Size
from engine.model.acceleration.openvino import faces
from engine.model.acceleration.openvino.inference import OpenVinoCallable
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import FIRST_CALLS, GraphWhenNeeded
from engine.model.face.detection import detect_faces
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.model.face.tracking import SEARCH_FRAMES, FaceTracker, read_meshes
from engine.model.face.weights import load_face_networks
from engine.video.sources.demo import demo_source

needs_openvino = pytest.mark.skipif("CPU" not in units_present(), reason="needs OpenVINO")
pytestmark = pytest.mark.openvino
Networks = tuple[FaceDetector, FaceMesh]


@pytest.fixture(scope="module")
def networks() -> Networks:
    return load_face_networks(torch.device("cpu"))


@pytest.fixture(scope="module")
def portrait() -> Pixels:
    source = demo_source(Size(512, 512), live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return np.asarray(frame.pixels)


@needs_openvino
@pytest.mark.parametrize("degrees", [-25.0, 0.0, 25.0])
def test_the_points_of_faces_agree_within_a_tenth_of_a_pixel(
    networks: Networks, portrait: Pixels, degrees: float
) -> None:
    turn = cv2.getRotationMatrix2D((255.5, 255.5), degrees, 1.0)
    turned = np.asarray(cv2.warpAffine(portrait, turn, (512, 512)))
    detector, mesh = faces.with_openvino(*networks)
    assert (detector, mesh) != networks
    theirs, ours = (detect_faces(network, turned) for network in (networks[0], detector))
    assert len(theirs) == len(ours) >= 1
    assert np.abs(theirs[0].points - ours[0].points).max() < 0.1
    regions = [theirs[0].region, theirs[0].region]  # several faces are read one by one
    plain, quick = (read_meshes(network, turned, regions) for network in (networks[1], mesh))
    for (points, presence, _), (own, own_presence, _) in zip(plain, quick, strict=True):
        assert np.abs(points - own).max() < 0.1
        assert presence == pytest.approx(own_presence, abs=0.01)


@needs_openvino
def test_a_tracker_takes_either(networks: Networks, portrait: Pixels) -> None:
    (plain,), (quick,) = (
        FaceTracker(*pair).read(portrait) for pair in (networks, faces.with_openvino(*networks))
    )
    assert np.abs(plain.points - quick.points).max() < 0.1


@needs_openvino
def test_live_nothing_waits_for_a_graph(
    networks: Networks, portrait: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()
    untouched = OpenVinoCallable.__init__

    def slow(*given: Any) -> None:
        begun.set()
        assert go.wait(60)
        untouched(*given)

    monkeypatch.setattr(OpenVinoCallable, "__init__", slow)
    pair = faces.with_openvino(*networks, beside=True)
    tracker = FaceTracker(*pair)
    assert not begun.is_set(), "nothing is compiled before a face is looked for"
    for _ in range(FIRST_CALLS):
        (first,) = tracker.read(portrait)
    assert not begun.is_set(), "the first picture comes first"
    for _ in range(SEARCH_FRAMES):
        (first,) = tracker.read(portrait)
    assert begun.wait(60)
    go.set()
    for network in pair:
        assert isinstance(network, GraphWhenNeeded)
        assert network._compiling is not None
        assert network._compiling.join(60)
    (later,) = tracker.read(portrait)
    assert np.abs(first.points - later.points).max() < 0.1


def test_without_openvino_pytorch_reads(
    networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "units_present", tuple)
    assert faces.with_openvino(*networks) == networks


def test_networks_on_a_card_stay_there() -> None:
    elsewhere = FaceDetector().to("meta"), FaceMesh().to("meta")
    assert faces.with_openvino(*elsewhere) == elsewhere


@needs_openvino
@pytest.mark.parametrize("at", ["__init__", "__call__"])
def test_where_openvino_fails_pytorch_continues(
    networks: Networks,
    portrait: Pixels,
    at: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no such kernel")

    monkeypatch.setattr(OpenVinoCallable, at, fail)
    with caplog.at_level(logging.ERROR):
        tracker = FaceTracker(*faces.with_openvino(*networks))
        read = [tracker.read(portrait) for _ in range(2)]
    assert [len(found) for found in read] == [1, 1]
    assert len(caplog.records) == 2  # once for each network, not for each frame
