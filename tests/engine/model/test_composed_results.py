"""Results of which only the person, or only the room, is styled."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.frames import Frame, Size
from engine.model.person.network import MaskNetwork
from engine.model.sampling.crossfade import StreamCrossfader
from engine.model.sampling.stream_spec import StreamSpec
from engine.model.translator import DiffusionTranslator, Hardware
from engine.settings import (
    Behind,
    Composition,
    Styled,
)
from tests.engine.doubles import run
from tests.tiny_model import (
    SETTINGS,
    SIZE,
    frame,
    tiny_model,
    tiny_translator,
)


def left_half(x: Tensor) -> tuple[Tensor]:
    """A network for which everything at the left is a person."""
    mask = torch.zeros(len(x), 1, *x.shape[2:])
    mask[..., : x.shape[3] // 2] = 1.0
    return (mask,)


def composing(
    folder: Path,
    composition: Composition,
    network: MaskNetwork = left_half,
    *,
    overlapped: bool = False,
) -> DiffusionTranslator:
    settings = replace(SETTINGS, composition=composition)
    hardware = Hardware(torch.device("cpu"), overlapped=overlapped)
    return DiffusionTranslator(tiny_model(folder), SIZE, settings, hardware, lambda: network)


@pytest.mark.parametrize("size", [SIZE, Size(160, 96)])
@pytest.mark.parametrize("overlapped", [False, True])
@pytest.mark.parametrize("styled", [Styled.PERSON, Styled.ROOM])
def test_only_the_person_or_only_the_room_is_styled(
    tmp_path: Path, styled: Styled, overlapped: bool, size: Size
) -> None:
    frames = [frame(number, size) for number in range(12)]
    whole = run(tiny_translator(tmp_path), frames)
    translator = composing(tmp_path, Composition(styled), overlapped=overlapped)
    results = run(translator, frames)
    translator.close()
    assert [result.number for result in results] == list(range(12))
    third = size.width // 3
    left, right = np.s_[:, :third], np.s_[:, -third:]
    shown, raw = (left, right) if styled is Styled.PERSON else (right, left)
    for given, result, full in zip(frames, results, whole, strict=True):
        np.testing.assert_array_equal(result.pixels[shown], full.pixels[shown])
        np.testing.assert_array_equal(result.pixels[raw], given.pixels[raw])


@pytest.mark.parametrize("composition", [Composition(Styled.PERSON), Composition(Styled.ROOM)])
@pytest.mark.parametrize("overlapped", [False, True])
def test_where_the_mask_fails_the_whole_picture_is_styled(
    tmp_path: Path, composition: Composition, overlapped: bool
) -> None:
    calls = iter(range(1000))

    def failing(x: Tensor) -> tuple[Tensor]:
        if 4 <= next(calls) < 8:
            raise RuntimeError("broken")
        return left_half(x)

    frames = [frame(number) for number in range(12)]
    whole = run(tiny_translator(tmp_path), frames)
    translator = composing(tmp_path, composition, failing, overlapped=overlapped)
    results = run(translator, frames)
    translator.close()
    assert [result.number for result in results] == list(range(12))
    same = [np.array_equal(a.pixels, b.pixels) for a, b in zip(results, whole, strict=True)]
    assert same == [4 <= number < 8 for number in range(12)]


def test_after_a_cut_nobody_is_masked_by_who_was_there(tmp_path: Path) -> None:
    """The middle of both scenes is the same; in the second one somebody fills the picture."""
    scenes = np.full((2, SIZE.height, SIZE.width, 3), 128, np.uint8)
    third = SIZE.width // 3
    scenes[0, :, :third], scenes[1, :, -third:] = 0, 255
    frames = [Frame(scenes[number // 15], number, 0.0) for number in range(30)]
    calls = iter(range(1000))

    def somebody(x: Tensor) -> tuple[Tensor]:
        return (torch.full((1, 1, *x.shape[2:]), float(next(calls) >= 15)),)

    whole = run(tiny_translator(tmp_path), frames)
    results = run(composing(tmp_path, Composition(Styled.PERSON), somebody), frames)
    np.testing.assert_array_equal(results[14].pixels, frames[14].pixels)
    np.testing.assert_array_equal(results[15].pixels, whole[15].pixels)


@pytest.mark.parametrize("at_once", [False, True])
def test_only_a_live_stream_goes_on_while_the_network_for_people_is_loaded(
    tmp_path: Path, at_once: bool
) -> None:
    go = threading.Event()

    def load() -> MaskNetwork:
        assert go.wait(5.0)
        return left_half

    frames = [frame(number) for number in range(12)]
    whole_of, translator = (
        DiffusionTranslator(
            tiny_model(tmp_path), SIZE, SETTINGS, Hardware(torch.device("cpu")), load,
            at_once=at_once,
        )
        for _ in range(2)
    )  # fmt: skip
    whole = run(whole_of, frames)
    wanted = replace(SETTINGS, composition=Composition(Styled.PERSON))
    if not at_once:
        go.set()
    results = run(translator, frames, {9: wanted})
    go.set()
    same = {
        a.number: np.array_equal(a.pixels, b.pixels) for a, b in zip(results, whole, strict=True)
    }
    assert same == {number: at_once or number < 9 for number in same}
    assert set(same) == set(range(7 if at_once else 0, 12))  # live, the newest of a warm-up alone


def test_a_change_of_composition_takes_effect_at_once_and_starts_no_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[StreamSpec] = []
    monkeypatch.setattr(StreamCrossfader, "change", lambda _, spec: started.append(spec))
    blue = Composition(Styled.EVERYTHING, Behind.COLOUR, colour=(0, 0, 250))
    changes = {
        12: replace(SETTINGS, composition=blue),
        16: SETTINGS,
    }
    frames = [frame(number) for number in range(20)]
    whole = run(tiny_translator(tmp_path), frames)
    results = run(composing(tmp_path, Composition()), frames, changes)
    same = [np.array_equal(a.pixels, b.pixels) for a, b in zip(results, whole, strict=True)]
    assert same == [not 12 <= number < 16 for number in range(20)]
    assert tuple(results[13].pixels[32, 60]) == (0, 0, 250)
    assert started == []
