"""The parts of a head, as the network that ships tells them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.drawing.landmarks import Face, face_of_mesh
from engine.drawing.parts import CLOTHES, HAIR, PARTS, REST, SKIN
from engine.errors import ModelError
from engine.frames import Pixels
from engine.model.acceleration.openvino.faces import parts_with_openvino
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.face.head_parts import (
    PARTS_SIDE,
    SEEN,
    HeadPartsNetwork,
    PartsNetwork,
    head_region,
    read_parts,
    seen_of,
)
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_parts_network
from tests.engine.model.face.conftest import Place


@pytest.fixture(scope="module")
def network() -> HeadPartsNetwork:
    return load_parts_network(torch.device("cpu"))


def face_in(picture: Pixels, tracker: FaceTracker) -> Face:
    (face,) = tracker.read(picture)
    return face_of_mesh(np.asarray(face.points, np.float64))


def part_at(network: PartsNetwork, picture: Pixels, face: Face, place: tuple[float, float]) -> int:
    """The part at a place (x, y) of the picture."""
    (parts,) = read_parts(network, picture, [face])
    back = np.linalg.inv(parts.to_picture[:, :2])
    x, y = np.rint(back @ (np.asarray(place) - parts.to_picture[:, 2])).astype(int)
    return int(parts.shares[y, x].argmax())


def test_shares_sum_to_one(network: HeadPartsNetwork) -> None:
    seen = torch.randint(0, 256, (2, PARTS_SIDE, PARTS_SIDE, SEEN), dtype=torch.uint8)
    (told,) = network(seen)
    assert told.shape == (2, PARTS_SIDE, PARTS_SIDE, PARTS)
    torch.testing.assert_close(told.sum(3), torch.ones(2, PARTS_SIDE, PARTS_SIDE))


@pytest.mark.parametrize("degrees", [0.0, 20.0])
def test_hair_lies_beside_the_face_and_skin_in_it(
    network: HeadPartsNetwork, tracker: FaceTracker, place: Place, degrees: float
) -> None:
    picture = place((0, 0, 512), degrees=degrees)
    face = face_in(picture, tracker)
    crown = face.centre + 0.68 * face.height * face.up
    beside = face.centre + 0.62 * face.width * face.across + 0.15 * face.height * face.up
    wall = face.centre - 1.1 * face.height * face.across + 0.3 * face.height * face.up
    wanted = [(SKIN, face.points[4]), (HAIR, crown), (HAIR, beside), (REST, wall)]
    told = [part_at(network, picture, face, (float(x), float(y))) for _, (x, y) in wanted]
    assert told == [part for part, _ in wanted]


def test_what_the_network_sees_is_the_picture_and_the_face(
    portrait: Pixels, tracker: FaceTracker
) -> None:
    face = face_in(portrait, tracker)
    seen = seen_of(portrait, face, head_region(face))
    assert seen.shape == (PARTS_SIDE, PARTS_SIDE, SEEN)
    inside = seen[..., 3] == 255
    assert 0.05 < inside.mean() < 0.3
    assert not seen[:8, :8, 3].any()


def test_nobody_has_no_head(network: HeadPartsNetwork, portrait: Pixels) -> None:
    assert read_parts(network, portrait, []) == []


@pytest.mark.openvino
@pytest.mark.skipif("CPU" not in units_present(), reason="needs OpenVINO")
def test_openvino_tells_the_same(
    network: HeadPartsNetwork, portrait: Pixels, tracker: FaceTracker
) -> None:
    quick = parts_with_openvino(network)
    assert quick is not network
    face = face_in(portrait, tracker)
    ones, others = (read_parts(each, portrait, [face, face]) for each in (network, quick))
    for one, other in zip(ones, others, strict=True):
        assert np.abs(one.shares - other.shares).max() < 0.02


def test_without_its_file_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as told:
        load_parts_network(torch.device("cpu"), tmp_path)
    assert "Install the program again" in str(told.value.remedy)


def test_clothes_lie_below_the_chin(
    network: HeadPartsNetwork, portrait: Pixels, tracker: FaceTracker
) -> None:
    face = face_in(portrait, tracker)
    (parts,) = read_parts(network, portrait, [face])
    assert parts.shares[-12:, :, CLOTHES].mean() > parts.shares[:12, :, CLOTHES].mean()
