"""Which sizes a run has: the whole picture, at a size that this computer can keep up with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.frames import Size
from engine.session import sizing
from engine.session.job import Job
from engine.session.sizing import Sizes, remember_speed, sizes_for, speed_key
from engine.settings import (
    Blend,
    BuildSettings,
    Composition,
    InputSettings,
    LiveSettings,
    Styled,
)

HD, SMALL = Size(1280, 720), Size(640, 360)
LIVE = Job(InputSettings(), BuildSettings(), LiveSettings(), automatic=True)
FILE = replace(LIVE, realtime=False)
KEY = speed_key(LIVE.build, LIVE.live)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizing, "cache_dir", lambda: tmp_path)


def test_before_anything_is_known_a_modest_size_is_taken() -> None:
    assert sizes_for(LIVE, HD, 30.0) == Sizes(HD, SMALL)


@pytest.mark.parametrize(
    ("milliseconds", "engine"),
    [(3.0, HD), (9.0, Size(1024, 576)), (25.0, SMALL), (45.0, SMALL), (200.0, Size(512, 288))],
    ids=["very fast", "fast", "as expected", "fluent at least", "slow"],
)
def test_the_largest_size_that_holds_the_rate_is_taken(milliseconds: float, engine: Size) -> None:
    remember_speed(KEY, SMALL, milliseconds / 1000.0)
    assert sizes_for(LIVE, HD, 30.0).engine == engine


def test_what_was_measured_in_a_busy_minute_is_corrected() -> None:
    remember_speed(KEY, SMALL, 0.2)
    assert sizes_for(LIVE, HD, 30.0).engine != SMALL
    for _ in range(6):
        remember_speed(KEY, SMALL, 0.02)
    assert sizes_for(LIVE, HD, 30.0).engine == SMALL


@pytest.mark.parametrize(
    "other",
    [
        replace(LIVE.live, style="ink"),
        replace(LIVE.live, steps=2),
        replace(LIVE.live, blend=Blend("ink", 0.5)),
        replace(LIVE.live, composition=Composition(styled=Styled.PERSON)),
    ],
    ids=["look", "steps", "blend", "mask"],
)
def test_what_was_measured_with_other_work_does_not_count(other: LiveSettings) -> None:
    remember_speed(KEY, SMALL, 0.003)
    assert sizes_for(replace(LIVE, live=other), HD, 30.0).engine == SMALL
    assert sizes_for(LIVE, HD, 30.0).engine == HD


def test_from_file_to_file_the_speed_plays_no_part() -> None:
    before = sizes_for(FILE, Size(1920, 1080), 25.0)
    remember_speed(KEY, SMALL, 0.5)
    assert sizes_for(FILE, Size(1920, 1080), 25.0) == before
    assert before.picture == Size(1920, 1080)


def test_a_large_camera_is_brought_down_to_the_webcams_size() -> None:
    assert sizes_for(LIVE, Size(3840, 2160), 30.0).picture == HD
    assert sizes_for(LIVE, Size(640, 480), 30.0).picture == Size(640, 480)


def test_what_is_asked_for_is_taken() -> None:
    job = replace(LIVE, output=Size(1920, 1080), automatic=False)
    assert sizes_for(job, HD, 30.0) == Sizes(Size(1920, 1080), job.build.size)


def test_a_downloaded_model_keeps_the_number_of_pixels_that_it_was_trained_for() -> None:
    job = replace(LIVE, build=BuildSettings(model="live2diff-sd15"))
    assert sizes_for(job, HD, 30.0).engine == SMALL
