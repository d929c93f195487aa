import numpy as np
import pytest

from engine.frames import Pixels
from engine.model.face.detection import detect_faces
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.model.face.tracking import Face, FaceTracker
from tests.engine.model.face.conftest import Place

LEFT_IRIS, RIGHT_IRIS, NOSE_TIP = 468, 473, 1


def test_a_portrait_has_one_face_whose_irises_lie_in_its_eyes(
    tracker: FaceTracker, networks: tuple[FaceDetector, FaceMesh], portrait: Pixels
) -> None:
    (face,) = tracker.read(portrait)
    (detection,) = detect_faces(networks[0], portrait)
    for own, theirs in ((LEFT_IRIS, 0), (RIGHT_IRIS, 1)):
        distance = np.hypot(*(face.points[own, :2] - detection.points[theirs]))
        assert distance < 0.1 * face.width


def test_an_empty_room_has_no_face(tracker: FaceTracker, place: Place) -> None:
    assert tracker.read(place()) == ()


@pytest.mark.parametrize("side", [170, 250, 500])
def test_small_and_large_faces_are_found(tracker: FaceTracker, place: Place, side: int) -> None:
    (face,) = tracker.read(place((6, 6, side)))
    assert face.points[NOSE_TIP, 0] == pytest.approx(6 + side / 2, abs=0.2 * side)


@pytest.mark.parametrize("degrees", [-35.0, 35.0])
def test_a_turned_head_is_read_turned(tracker: FaceTracker, place: Place, degrees: float) -> None:
    (upright,) = tracker.read(place((56, 56, 400)))
    tracker.forget()
    (face,) = tracker.read(place((56, 56, 400), degrees=degrees))
    assert tilt(face) - tilt(upright) == pytest.approx(degrees, abs=4.0)


def tilt(face: Face) -> float:
    x, y = face.points[RIGHT_IRIS, :2] - face.points[LEFT_IRIS, :2]
    return float(np.degrees(np.arctan2(y, x)))


def test_two_people_are_two_faces_with_numbers_of_their_own(
    tracker: FaceTracker, place: Place
) -> None:
    both = place((0, 60, 250), (256, 100, 256))
    first = {face.number for face in tracker.read(both)}
    for _ in range(8):
        again = {face.number for face in tracker.read(both)}
    assert len(first) == 2
    assert again == first


def test_noise_hardly_moves_the_points_of_a_still_face(
    tracker: FaceTracker, portrait: Pixels
) -> None:
    random = np.random.default_rng(0)
    places = []
    for _ in range(25):
        noisy = portrait + random.normal(0.0, 6.0, portrait.shape)
        (face,) = tracker.read(noisy.clip(0, 255).astype(np.uint8))
        places.append(face.points[:, :2])
    assert np.std(places[10:], axis=0).mean() < 0.3


def test_a_moving_face_is_followed_without_delay(tracker: FaceTracker, place: Place) -> None:
    for step in range(20):
        (face,) = tracker.read(place((4 * step, 60, 350)))
    (anew,) = FaceTracker(tracker._detector, tracker._mesh).read(place((76, 60, 350)))
    assert face.age == 19
    assert np.abs(face.points - anew.points)[:, :2].mean() < 3.0


def test_a_face_that_comes_is_found_within_six_frames(tracker: FaceTracker, place: Place) -> None:
    tracker.read(place())
    seen = [len(tracker.read(place((56, 56, 400)))) for _ in range(6)]
    assert seen[-1] == 1


def test_a_face_that_has_gone_is_no_longer_told(tracker: FaceTracker, place: Place) -> None:
    assert tracker.read(place((56, 56, 400)))
    assert tracker.read(place()) == ()


def test_the_same_frames_give_the_same_points(
    networks: tuple[FaceDetector, FaceMesh], place: Place
) -> None:
    frames = [place((3 * step, 50, 350)) for step in range(8)]
    runs = []
    for _ in range(2):
        tracker = FaceTracker(*networks)
        runs.append([face.points for frame in frames for face in tracker.read(frame)])
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))
