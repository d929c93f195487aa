"""Who is drawn in a stream, and how much of the look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.drawing.ground import Ground
from engine.frames import Pixels
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks, load_parts_network
from engine.model.person.weights import load_person_network
from engine.model.styles.face_planner import EASE_FRAMES, FacePlanner, look_share
from engine.settings import Blend, Character, LiveSettings
from engine.video.sources.demo import read_portrait

ANIME = LiveSettings(style="anime")
COMIC = LiveSettings(style="comic")


@pytest.fixture(scope="module")
def portrait() -> Pixels:
    return np.ascontiguousarray(read_portrait()[:336, 50:386])


@pytest.fixture
def planner() -> FacePlanner:
    return FacePlanner(load_face_networks(torch.device("cpu")), ("anime",))


def test_the_first_frame_draws_the_face_in_it(planner: FacePlanner, portrait: Pixels) -> None:
    planner.apply(ANIME)
    plan = planner.plan(portrait)
    assert plan.drawing.cover.max() == 255
    assert plan.tones[-1].max() == 1.0


def test_a_filter_draws_nothing(planner: FacePlanner, portrait: Pixels) -> None:
    planner.apply(COMIC)
    plan = planner.plan(portrait)
    assert plan.pixels is portrait
    assert not plan.drawing.cover.any()


def test_a_change_of_style_takes_some_frames(planner: FacePlanner, portrait: Pixels) -> None:
    planner.apply(ANIME)
    full = planner.plan(portrait).drawing.cover.astype(float).sum()
    planner.apply(COMIC)
    drawn = [planner.plan(portrait).drawing.cover.astype(float).sum() for _ in range(EASE_FRAMES)]
    assert all(later <= sooner + 1e4 for sooner, later in pairwise(drawn))
    assert drawn[0] > 0.5 * full
    assert drawn[-1] == 0.0


def test_a_new_scene_begins_with_the_present_settings(
    planner: FacePlanner, portrait: Pixels
) -> None:
    planner.apply(ANIME)
    planner.plan(portrait)
    planner.apply(COMIC)
    planner.forget()
    assert not planner.plan(portrait).drawing.cover.any()


def test_half_of_a_blend_draws_less(planner: FacePlanner, portrait: Pixels) -> None:
    half = LiveSettings(style="anime", blend=Blend("comic", 0.5))
    full, less = (planner.plan_still(portrait, each).drawing.cover.mean() for each in (ANIME, half))
    assert 0 < less < full


def test_from_one_look_to_another_what_is_drawn_changes_calmly(portrait: Pixels) -> None:
    planner = FacePlanner(load_face_networks(torch.device("cpu")), ("anime", "manga"))
    planner.apply(ANIME)
    planner.plan(portrait)
    planner.apply(LiveSettings(style="manga"))
    colours = [np.ptp(planner.plan(portrait).drawing.drawn.astype(int), axis=2).max()
               for _ in range(EASE_FRAMES + 1)]  # fmt: skip
    assert colours[0] > 60
    assert all(later <= sooner + 8 for sooner, later in pairwise(colours))
    assert colours[-1] < 8


def test_a_still_leaves_the_stream_alone(planner: FacePlanner, portrait: Pixels) -> None:
    planner.apply(COMIC)
    planner.plan(portrait)
    assert planner.plan_still(portrait, ANIME).drawing.cover.any()
    assert not planner.plan(portrait).drawing.cover.any()


class Broken:
    """Networks that fail after some calls."""

    device = torch.device("cpu")

    def __init__(self, network: object, calls: int) -> None:
        self._network, self._calls = network, calls

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        self._calls -= 1
        if self._calls < 0:
            raise RuntimeError("the reading failed")
        result: Sequence[Tensor] = self._network(x)  # type: ignore[operator]
        return result


def test_where_reading_fails_the_frame_is_planned_without_faces(portrait: Pixels) -> None:
    detector, mesh = load_face_networks(torch.device("cpu"))
    planner = FacePlanner((detector, Broken(mesh, 1)), ("anime",))
    planner.apply(ANIME)
    assert planner.plan(portrait).drawing.cover.any()
    plan = planner.plan(portrait)
    assert plan.drawing.source is portrait
    assert not plan.drawing.cover.any()


@pytest.mark.parametrize("broken", ["faces", "tones", "both"])
def test_where_something_fails_the_plan_is_never_the_frame_itself(
    portrait: Pixels, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    planner = FacePlanner(load_face_networks(torch.device("cpu")), ("anime",))
    planner.apply(ANIME)
    planner.plan(portrait, None, lambda: planner.look_around(portrait))
    if broken != "tones":
        monkeypatch.setattr(FaceTracker, "read", fail)
    if broken != "faces":
        monkeypatch.setattr(Ground, "painted", fail)
    noisy = np.random.default_rng(0).integers(0, 256, portrait.shape, np.uint8)
    plan = planner.plan(noisy, None, lambda: planner.look_around(noisy))
    assert plan.pixels.std() < 0.5 * noisy.std()


def test_while_a_look_fades_out_the_surroundings_are_still_looked_at(portrait: Pixels) -> None:
    people = Counting(load_person_network())
    planner = FacePlanner(load_face_networks(torch.device("cpu")), ("anime",), None, people)
    planner.apply(ANIME)
    planner.plan(portrait, None, lambda: planner.look_around(portrait))
    planner.apply(COMIC)
    seen = []
    for _ in range(EASE_FRAMES + 1):
        around = planner.look_around(portrait)
        planner.plan(portrait, None, lambda: around)  # noqa: B023 - called at once
        seen.append(around is not None)
    assert seen == [True] * EASE_FRAMES + [False]


@pytest.mark.parametrize(
    "picture", [np.zeros((64, 64, 3), np.uint8), np.full((8, 640, 3), 255, np.uint8)]
)
def test_pictures_of_nobody_are_planned(planner: FacePlanner, picture: Pixels) -> None:
    planner.apply(ANIME)
    assert not planner.plan(picture).drawing.cover.any()


@pytest.mark.parametrize(("strength", "share"), [(0.2, 0.15), (0.6, 0.575), (1.0, 1.0)])
def test_strength_tells_how_much(strength: float, share: float) -> None:
    assert look_share(strength) == pytest.approx(share)


@pytest.mark.parametrize("points", [np.nan, 1e7])
def test_points_that_no_face_has_do_not_end_the_stream(
    planner: FacePlanner, portrait: Pixels, monkeypatch: pytest.MonkeyPatch, points: float
) -> None:
    planner.apply(ANIME)
    (face,) = FaceTracker(*load_face_networks(torch.device("cpu"))).read(portrait)
    wrong = replace(face, points=face.points * np.float32(points))
    monkeypatch.setattr(FaceTracker, "read", lambda *_: (wrong,))
    plan = planner.plan(portrait)
    assert plan.drawing.source is portrait
    assert not plan.drawing.cover.any()


def test_a_face_with_a_point_nowhere_is_not_drawn_at_another_size(
    planner: FacePlanner, portrait: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.apply(ANIME)
    (face,) = FaceTracker(*load_face_networks(torch.device("cpu"))).read(portrait)
    points = face.points - np.array([2000, 0, 0], np.float32)
    points[61] = np.nan
    monkeypatch.setattr(FaceTracker, "read", lambda *_: (replace(face, points=points),))
    plan = planner.plan(portrait, np.repeat(np.repeat(portrait, 2, 0), 2, 1))
    assert plan.upon_source is None
    assert not plan.drawing.cover.any()


@pytest.fixture
def whole_planner() -> FacePlanner:
    cpu = torch.device("cpu")
    return FacePlanner(load_face_networks(cpu), ("anime",), load_parts_network(cpu))


def test_a_chosen_hair_colour_is_seen_in_the_hair(
    whole_planner: FacePlanner, portrait: Pixels
) -> None:
    blue = replace(ANIME, character=Character(hair_colour=(40, 60, 220)))
    plain, dyed = (
        whole_planner.plan_still(portrait, each).pixels.astype(int) for each in (ANIME, blue)
    )
    (face,) = FaceTracker(*load_face_networks(torch.device("cpu"))).read(portrait)
    top = np.asarray(face.points[10, :2])
    x, y = np.rint(top + 0.12 * (top - face.points[152, :2])).astype(int)
    spot = np.s_[y - 6 : y + 7, x - 10 : x + 11]
    assert np.median(dyed[spot][..., 2] - dyed[spot][..., 0]) > 60
    assert np.median(plain[spot][..., 2] - plain[spot][..., 0]) < 0


def test_heads_are_steady_where_the_camera_is_noisy(
    whole_planner: FacePlanner, portrait: Pixels
) -> None:
    """Less change from frame to frame than when each is read by itself."""
    random = np.random.default_rng(0)
    frames = [
        np.clip(portrait + random.normal(0, 6, portrait.shape), 0, 255).astype(np.uint8)
        for _ in range(6)
    ]
    alone = [whole_planner.plan_still(frame, ANIME).pixels for frame in frames]
    whole_planner.apply(ANIME)
    held = [whole_planner.plan(frame).pixels for frame in frames]
    change, calm = (
        np.mean([np.abs(a.astype(int) - b).mean() for a, b in pairwise(each[2:])])
        for each in (alone, held)
    )
    assert calm < change


def test_where_the_parts_cannot_be_told_the_frame_is_planned_without_faces(
    portrait: Pixels,
) -> None:
    cpu = torch.device("cpu")
    planner = FacePlanner(load_face_networks(cpu), ("anime",), Broken(load_parts_network(cpu), 1))
    planner.apply(ANIME)
    assert planner.plan(portrait).drawing.cover.any()
    assert not planner.plan(portrait).drawing.cover.any()


class Counting(Broken):
    """A network that counts the pictures it is given."""

    def __init__(self, network: object) -> None:
        super().__init__(network, 1_000_000)
        self.seen: list[int] = []

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        self.seen.append(len(x))
        return super().__call__(x)


def test_who_is_there_is_told_in_every_third_frame() -> None:
    portrait = read_portrait()
    cpu = torch.device("cpu")
    people = Counting(load_person_network())
    planner = FacePlanner(load_face_networks(cpu), ("anime",), load_parts_network(cpu), people)
    planner.apply(ANIME)
    plans = [planner.plan(portrait, None, lambda: planner.look_around(portrait)) for _ in range(5)]
    assert people.seen == [1, 1]
    plain = FacePlanner(load_face_networks(cpu), ("anime",), load_parts_network(cpu))
    plain.apply(ANIME)
    cover = plain.plan(portrait).drawing.cover
    assert all((plan.drawing.cover > 100).sum() > (cover > 100).sum() + 100 for plan in plans)


def test_where_people_cannot_be_told_faces_are_drawn_without_lines_around_them(
    portrait: Pixels, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(load_person_network(), 0)
    planner = FacePlanner(load_face_networks(torch.device("cpu")), ("anime",), None, broken)
    planner.apply(ANIME)
    plans = [planner.plan(portrait, None, lambda: planner.look_around(portrait)) for _ in range(2)]
    assert all(plan.drawing.cover.max() == 255 for plan in plans)
    assert len(caplog.records) == 1


def test_of_several_heads_one_is_told_anew_in_each_frame(portrait: Pixels) -> None:
    cpu = torch.device("cpu")
    heads = Counting(load_parts_network(cpu))
    planner = FacePlanner(load_face_networks(cpu), ("anime",), heads)
    planner.apply(ANIME)
    two = np.hstack([portrait, portrait])
    plans = [planner.plan(two) for _ in range(3)]
    assert heads.seen == [2, 1, 1]
    assert all(plan.drawing.cover[:, :336].any() for plan in plans)
    assert all(plan.drawing.cover[:, 336:].any() for plan in plans)
