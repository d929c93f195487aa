import cv2
import numpy as np
import pytest
import torch

from engine.frames import Pixels
from engine.model.face.detection import detect_faces
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.model.face.tracking import FADE_FRAMES, MOST_FACES, SEARCH_FRAMES, Face, FaceTracker
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


def test_a_small_face_is_read_where_it_is_larger(tracker: FaceTracker, place: Place) -> None:
    source = place((120, 150, 200))
    small = cv2.resize(source, (128, 128), interpolation=cv2.INTER_AREA)
    (as_it_is,) = tracker.read(source)
    places = []
    for seen in (None, source):
        tracker.forget()
        (face,) = tracker.read(small, seen)
        places.append((face.points[:, :2] + 0.5) * (source.shape[0] / 128) - 0.5)
    alone, by_source = (np.abs(p - as_it_is.points[:, :2]).mean() for p in places)
    assert by_source < 1.0
    assert by_source < 0.6 * alone


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


def test_a_face_that_goes_fades_out_where_it_was(tracker: FaceTracker, place: Place) -> None:
    (there,) = tracker.read(place((56, 56, 400)))
    gone = [tracker.read(place()) for _ in range(FADE_FRAMES)]
    weights = [face.weight for faces in gone for face in faces]
    assert weights == pytest.approx([0.75, 0.5, 0.25])
    assert gone[-1] == ()
    for face in gone[0]:
        assert not face.seen
        assert face.number == there.number
        assert np.array_equal(face.points, there.points)


def test_a_face_that_comes_fades_in_within_eight_frames(tracker: FaceTracker, place: Place) -> None:
    for start in (1, 4, SEARCH_FRAMES):  # it may come at any time of the search
        tracker.forget()
        for _ in range(start):
            tracker.read(place())
        weights = [weight_of(tracker.read(place((56, 56, 400)))) for _ in range(9)]
        steps = np.diff(weights)
        assert weights[0] <= 1 / FADE_FRAMES
        assert weights[8] == 1.0
        assert steps.min() >= 0.0
        assert steps.max() <= 1 / FADE_FRAMES


def weight_of(faces: tuple[Face, ...]) -> float:
    return faces[0].weight if faces else 0.0


def test_the_faces_of_a_new_scene_have_their_full_weight_at_once(
    tracker: FaceTracker, place: Place
) -> None:
    (before,) = tracker.read(place((0, 60, 250)))
    tracker.forget()
    (face,) = tracker.read(place((256, 100, 256)))
    assert (face.weight, face.age, face.seen) == (1.0, 0, True)
    assert face.number != before.number


def test_a_face_hidden_for_a_moment_stays_the_same(tracker: FaceTracker, place: Place) -> None:
    shown = place((56, 56, 400))
    (before,) = tracker.read(shown)
    for _ in range(2):
        tracker.read(place())
    (again,) = tracker.read(place((66, 62, 400)))
    assert again.number == before.number
    assert again.age == 3
    assert again.weight == pytest.approx(0.75)


def test_a_cut_to_another_place_leaves_nothing_behind(tracker: FaceTracker, place: Place) -> None:
    (before,) = tracker.read(place((0, 0, 250)))
    for _ in range(SEARCH_FRAMES + FADE_FRAMES):
        faces = tracker.read(place((256, 256, 256)))
    (face,) = faces
    assert face.number != before.number
    assert face.points[NOSE_TIP, 0] > 256


def test_no_more_than_the_largest_faces_are_followed_and_they_are_not_swapped(
    tracker: FaceTracker, place: Place
) -> None:
    corners = [(0, 0), (172, 0), (342, 0), (0, 172), (172, 172), (342, 172)]
    crowd = [(x, y, 150 + 4 * n) for n, (x, y) in enumerate(corners)]
    tracker.read(place(*crowd))
    steady = [{face.number for face in tracker.read(place(*crowd))} for _ in range(14)]
    assert len(steady[0]) == MOST_FACES
    assert all(numbers == steady[0] for numbers in steady)


def test_a_much_larger_face_takes_the_place_of_a_small_one(
    tracker: FaceTracker, place: Place
) -> None:
    crowd = [(0, 0, 165), (172, 0, 165), (342, 0, 165), (0, 172, 165)]
    assert len(tracker.read(place(*crowd))) == MOST_FACES
    for _ in range(SEARCH_FRAMES + FADE_FRAMES):
        faces = tracker.read(place(*crowd, (170, 172, 340)))
    assert len(faces) == MOST_FACES
    assert faces[0].width > 1.5 * faces[1].width


@pytest.mark.parametrize(
    "shape", [(1, 1), (3, 900), (900, 3), (64, 64)], ids=lambda shape: f"{shape[1]}x{shape[0]}"
)
def test_any_picture_is_read(tracker: FaceTracker, shape: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    for _ in range(3):
        tracker.read(random.integers(0, 255, (*shape, 3), np.uint8))


class Mesh:
    """Reports given points for every region."""

    device = torch.device("cpu")

    def __init__(self, points: float) -> None:
        self._points = points

    def __call__(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.full((len(x), 478, 3), self._points), torch.full((len(x),), 9.0)


@pytest.mark.parametrize("number", [float("nan"), 1e30, 7.0])
def test_points_that_no_face_has_are_not_believed(
    networks: tuple[FaceDetector, FaceMesh], portrait: Pixels, number: float
) -> None:
    tracker = FaceTracker(networks[0], Mesh(number))
    for _ in range(2 * SEARCH_FRAMES):
        assert tracker.read(portrait) == ()


def test_the_same_frames_give_the_same_points(
    networks: tuple[FaceDetector, FaceMesh], place: Place
) -> None:
    frames = [place((3 * step, 50, 350)) for step in range(8)]
    runs = []
    for _ in range(2):
        tracker = FaceTracker(*networks)
        runs.append([face.points for frame in frames for face in tracker.read(frame)])
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))
