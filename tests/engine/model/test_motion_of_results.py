"""Results say how they moved since the one before, wherever that means anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.frames import Frame, Size, StyledFrame
from engine.model.sampling.crossfade import StreamCrossfader
from engine.model.sampling.stream_spec import StreamSpec
from engine.settings import Behind, Composition, Interpolation
from tests.engine.doubles import run
from tests.tiny_model import SETTINGS, frame, other_scene, tiny_translator


def since(results: list[StyledFrame]) -> list[int | None]:
    return [result.motion.since if result.motion else None for result in results]


def test_every_result_but_the_first_says_since_which_one(tmp_path: Path) -> None:
    numbers = (0, 1, 3, 4, 9, 10, 11, 12, 13, 15)  # a camera is quicker than the model
    results = run(tiny_translator(tmp_path), map(frame, numbers))
    assert since(results) == [None, *numbers[:-1]]


def test_offsets_are_in_pixels_of_the_result(tmp_path: Path) -> None:
    size = Size(256, 192)
    rng = np.random.default_rng(0)
    wide = np.kron(rng.integers(60, 200, (30, 50, 3)), np.ones((8, 8, 1)))
    pictures = [wide[: size.height, 4 * n : 4 * n + size.width].astype(np.uint8) for n in range(9)]
    frames = [Frame(np.ascontiguousarray(p), n, n / 30.0) for n, p in enumerate(pictures)]
    last = run(tiny_translator(tmp_path), frames)[-1]
    assert last.motion is not None
    trusted = last.motion.confidence > 0.5
    assert float(np.median(last.motion.offsets[..., 0][trusted])) == pytest.approx(4.0, abs=1.5)


def test_nothing_is_said_across_a_cut_or_a_new_stream(tmp_path: Path) -> None:
    translator = tiny_translator(tmp_path)
    scenes = [*map(frame, range(10)), *map(other_scene, range(10, 20))]
    assert [n for n, number in enumerate(since(run(translator, scenes))) if number is None] == [
        0,
        10,
    ]
    translator.reset()
    assert since(run(translator, map(other_scene, range(20, 30))))[0] is None


def test_nothing_is_said_where_the_composition_changes(tmp_path: Path) -> None:
    blue = replace(SETTINGS, composition=Composition(behind=Behind.COLOUR, colour=(0, 0, 250)))
    results = run(tiny_translator(tmp_path), map(frame, range(20)), {12: blue, 16: SETTINGS})
    silent = [n for n, number in enumerate(since(results)) if number is None]
    assert silent == [0, 12, 16]


@pytest.mark.parametrize("interpolation", list(Interpolation))
def test_without_flicker_reduction_the_motion_is_measured_for_interpolation_alone(
    tmp_path: Path, interpolation: Interpolation
) -> None:
    settings = replace(SETTINGS, flicker_reduction=0.0, interpolation=interpolation)
    results = run(tiny_translator(tmp_path, settings), map(frame, range(10)))
    assert (results[-1].motion is not None) == (interpolation is not Interpolation.OFF)
    plain = run(
        tiny_translator(tmp_path, replace(SETTINGS, flicker_reduction=0.0)), map(frame, range(10))
    )
    for one, other in zip(results, plain, strict=True):
        np.testing.assert_array_equal(one.pixels, other.pixels)


def test_framing_and_interpolation_start_no_new_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[StreamSpec] = []
    monkeypatch.setattr(StreamCrossfader, "change", lambda _, spec: started.append(spec))
    wanted = replace(SETTINGS, auto_framing=True, interpolation=Interpolation.TO_60)
    run(tiny_translator(tmp_path), map(frame, range(12)), {9: wanted})
    assert started == []
