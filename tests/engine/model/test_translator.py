"""What a translator promises, on a tiny model."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.drawing.looks import ANIME
from engine.drawing.plan import Drawing, planned
from engine.errors import MemoryShortError, SettingError
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.interfaces import Wait
from engine.model.images.warping import shrunk
from engine.model.sampling.crossfade import FADE_FRAMES, REFRESH_FRAMES, StreamCrossfader
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from engine.model.styles.face_planner import FacePlanner
from engine.model.styles.style_model import FinishedPicture, FrameInputs, StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.settings import (
    Blend,
    CachePrecision,
    Character,
    LiveSettings,
)
from tests.engine.doubles import run, step
from tests.tiny_model import (
    SETTINGS,
    SIZE,
    drawing_model,
    frame,
    other_scene,
    tiny_model,
    tiny_translator,
)

ANIME_SETTINGS = replace(SETTINGS, style="anime")

ORDERS = pytest.mark.parametrize("batched", [False, True], ids=["one by one", "stream batch"])


def numbers(results: list[StyledFrame]) -> list[int]:
    return [result.number for result in results]


@ORDERS
@pytest.mark.parametrize("count", [1, 7, 8, 9, 30])
def test_n_frames_in_are_n_frames_out_in_order(tmp_path: Path, batched: bool, count: int) -> None:
    translator = tiny_translator(tmp_path, replace(SETTINGS, steps=3), batched=batched)
    assert numbers(run(translator, map(frame, range(count)))) == list(range(count))


def test_live_of_a_warm_up_the_newest_alone_is_worth_the_time(tmp_path: Path) -> None:
    live = DiffusionTranslator(
        tiny_model(tmp_path), SIZE, SETTINGS, Hardware(torch.device("cpu")), at_once=True
    )
    results = run(live, map(frame, range(12)))
    assert [result.number for result in results] == list(range(7, 12))
    unmixed = replace(SETTINGS, flicker_reduction=0.0)
    model, cpu = tiny_model(tmp_path), Hardware(torch.device("cpu"))
    whole = run(DiffusionTranslator(model, SIZE, unmixed, cpu), map(frame, range(12)))
    assert np.array_equal(results[0].pixels, whole[7].pixels)


def test_the_same_input_settings_and_seed_give_the_same_picture(tmp_path: Path) -> None:
    runs = [run(tiny_translator(tmp_path), map(frame, range(20))) for _ in range(2)]
    for one, other in zip(*runs, strict=True):
        np.testing.assert_array_equal(one.pixels, other.pixels)


def test_another_seed_gives_another_picture(tmp_path: Path) -> None:
    first = run(tiny_translator(tmp_path), map(frame, range(8)))
    second = run(tiny_translator(tmp_path, replace(SETTINGS, seed=1)), map(frame, range(8)))
    assert not np.array_equal(first[-1].pixels, second[-1].pixels)


@pytest.mark.parametrize("recurrent", [False, True])
def test_enlarged_results_are_kept_at_their_own_size(tmp_path: Path, recurrent: bool) -> None:
    """Of a still picture, whose results differ because the noise does."""
    model = drawing_model(tmp_path) if recurrent else tiny_model(tmp_path)
    source = frame(0, Size(2 * SIZE.width, 2 * SIZE.height)).pixels

    def change(reduction: float) -> float:
        settings = replace(
            SETTINGS, style="ink", noise_consistency=0.0, flicker_reduction=reduction
        )
        translator = DiffusionTranslator(model, SIZE, settings, Hardware(torch.device("cpu")))
        results = run(translator, [Frame(source, n, n / 30.0) for n in range(24)])
        assert all(result.pixels.shape == source.shape for result in results)
        one, other = (result.pixels.astype(int) for result in results[-2:])
        return float(np.abs(one - other).mean())

    assert change(0.6) < 0.4 * change(0.0)


def test_a_recurrent_decoder_sees_what_was_shown_enlarged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Pixels | None] = []
    finish = StyleModel.finish

    def noted(
        model: StyleModel,
        latent: Tensor,
        inputs: FrameInputs,
        source: Pixels,
        before: Pixels | None = None,
        *rest: float,
    ) -> FinishedPicture:
        seen.append(before)
        return finish(model, latent, inputs, source, before, *rest)

    monkeypatch.setattr(StyleModel, "finish", noted)
    settings = replace(SETTINGS, style="ink")
    translator = DiffusionTranslator(
        drawing_model(tmp_path), SIZE, settings, Hardware(torch.device("cpu"))
    )
    source = frame(0, Size(2 * SIZE.width, 2 * SIZE.height)).pixels
    results = run(translator, [Frame(source, n, n / 30.0) for n in range(12)])
    last = seen[-1]
    assert last is not None
    assert (last[..., 3] == 255).all()
    shown = shrunk(results[-2].pixels, SIZE)
    np.testing.assert_allclose(last[..., :3].astype(int), shown, atol=1)


@ORDERS
@pytest.mark.parametrize("second_cache", [True, False], ids=["two caches", "one cache"])
@pytest.mark.parametrize(
    "changed",
    [
        replace(SETTINGS, style="ink"),
        replace(SETTINGS, strength=0.5),
        replace(SETTINGS, steps=2),
        replace(SETTINGS, seed=7),
        replace(SETTINGS, blend=Blend("oil", 0.5)),
        replace(SETTINGS, structure=0.4),
        replace(SETTINGS, noise_consistency=0.2),
    ],
    ids=["style", "strength", "steps", "seed", "blend", "structure", "noise_consistency"],
)
def test_a_live_change_loses_no_frame_and_ends_where_a_fresh_start_would(
    tmp_path: Path, batched: bool, second_cache: bool, changed: LiveSettings
) -> None:
    translator = tiny_translator(tmp_path, batched=batched, second_cache=second_cache)
    results = run(translator, map(frame, range(60)), {20: changed})
    assert numbers(results) == list(range(60))
    steady = run(tiny_translator(tmp_path, batched=batched), map(frame, range(60)))
    same = [np.array_equal(a.pixels, b.pixels) for a, b in zip(results, steady, strict=True)]
    assert all(same[:20])
    assert not same[-1]


def test_a_change_of_character_alone_reaches_the_plan_and_starts_no_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[StreamSpec] = []
    monkeypatch.setattr(StreamCrossfader, "change", lambda _, spec: started.append(spec))
    large, red = Character(eye_size=1.8), Character(eye_colour=(255, 0, 0))
    model = drawing_model(tmp_path)
    told: list[Character] = []
    monkeypatch.setattr(FacePlanner, "apply", lambda _, live: told.append(live.character))
    monkeypatch.setattr(
        FacePlanner,
        "plan",
        lambda _, pixels, source, __: planned(pixels, (), ANIME, source=source),
    )
    hardware = Hardware(torch.device("cpu"))
    settings = replace(ANIME_SETTINGS, character=large)
    translator = DiffusionTranslator(model, SIZE, settings, hardware)
    changes = {
        5: replace(ANIME_SETTINGS, character=red),
        6: replace(ANIME_SETTINGS, character=red, flicker_reduction=0.3),
    }
    run(translator, map(frame, range(8)), changes)
    assert told == [large, red, red]
    assert started == []
    run(translator, map(frame, range(8, 10)), {8: replace(SETTINGS, style="ink", character=large)})
    assert told[3:] == [large]
    assert len(started) == 1


def white_square(source: Pixels) -> Drawing:
    """One that is drawn upon a source."""
    drawing = Drawing(source, np.zeros_like(source), np.zeros(source.shape[:2], np.uint8))
    drawing.cover[20:40, 20:40] = drawing.drawn[20:40, 20:40] = 255
    return drawing


def test_what_is_drawn_is_not_kept_for_the_next_frame(tmp_path: Path) -> None:
    model = drawing_model(tmp_path)
    pixels = frame(0).pixels
    drawing = white_square(pixels)
    plan = replace(planned(pixels, (), ANIME), drawing=drawing, upon_source=drawing)
    with torch.inference_mode():
        inputs = model._inputs_by(plan)
        done = model.finish(inputs.latent, inputs, pixels)
        plain = model.finish(inputs.latent, replace(inputs, drawing=None), pixels)
    assert (done.pixels != plain.pixels).any()
    np.testing.assert_array_equal(done.painted, plain.painted)
    np.testing.assert_array_equal(plain.painted, plain.pixels)


def test_heads_are_laid_before_a_result_is_enlarged_and_are_not_kept(tmp_path: Path) -> None:
    model = drawing_model(tmp_path)
    pixels = frame(0).pixels
    source = np.repeat(np.repeat(pixels, 2, 0), 2, 1)
    nothing = Drawing(source, np.zeros_like(source), np.zeros(source.shape[:2], np.uint8))
    heads = white_square(pixels)
    plan = replace(planned(pixels, (), ANIME), upon_source=nothing, people=heads)
    with torch.inference_mode():
        inputs = model._inputs_by(plan)
        done = model.finish(inputs.latent, inputs, source)
        plain = model.finish(inputs.latent, replace(inputs, people=None), source)
    changed = (done.pixels != plain.pixels).any(2)
    assert changed[44:76, 44:76].mean() > 0.9
    assert not changed[100:].any()
    np.testing.assert_array_equal(done.painted, plain.painted)


def test_a_cut_forgets_who_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(FacePlanner, "forget", lambda _: forgotten.append(True))
    model = drawing_model(tmp_path)
    translator = DiffusionTranslator(model, SIZE, ANIME_SETTINGS, Hardware(torch.device("cpu")))
    run(translator, [frame(0), frame(1)])
    before = len(forgotten)
    run(translator, [other_scene(2)])
    assert len(forgotten) > before


@pytest.mark.parametrize("style", ["anime", "ink"])
def test_a_model_that_draws_styles_frames_of_nobody(tmp_path: Path, style: str) -> None:
    model, settings = drawing_model(tmp_path), replace(SETTINGS, style=style)
    translator = DiffusionTranslator(model, SIZE, settings, Hardware(torch.device("cpu")))
    results = run(translator, map(frame, range(20)))
    assert numbers(results) == list(range(20))
    assert all(result.pixels.shape == frame(0).pixels.shape for result in results)


def test_the_old_style_goes_on_until_the_new_one_fades_over(tmp_path: Path) -> None:
    own = replace(SETTINGS, flicker_reduction=0.0)  # which the fade would have less of
    changes = {20: replace(own, style="ink")}
    changed = run(tiny_translator(tmp_path, own), map(frame, range(50)), changes)
    steady = run(tiny_translator(tmp_path, own), map(frame, range(50)))
    same = [np.array_equal(a.pixels, b.pixels) for a, b in zip(changed, steady, strict=True)]
    begins = same.index(False)
    assert 20 < begins <= 20 + 8
    assert not any(same[begins:])
    distance = [
        np.abs(a.pixels.astype(int) - b.pixels).mean() for a, b in zip(changed, steady, strict=True)
    ]
    fade = distance[begins : begins + FADE_FRAMES]
    assert fade == sorted(fade)
    assert fade[0] < 0.5 * fade[-1]


def test_moves_of_a_slider_are_gathered_into_few_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams: list[Stream] = []

    class Noted(Stream):
        def __init__(self, spec: StreamSpec, *, batched: bool, cache: CachePrecision) -> None:
            super().__init__(spec, batched=batched, cache=cache)
            streams.append(self)

    monkeypatch.setattr("engine.model.sampling.crossfade.Stream", Noted)
    changes = {20 + i: replace(SETTINGS, strength=0.99 - i / 100) for i in range(30)}
    results = run(tiny_translator(tmp_path), map(frame, range(90)), changes)
    assert numbers(results) == list(range(90))
    assert streams[-1].spec.levels == noise_levels(step_indices(0.7, SETTINGS.steps))
    assert len(streams) < 8


def test_a_scene_cut_leaves_no_ghost_of_the_old_scene(tmp_path: Path) -> None:
    after_cut = run(
        tiny_translator(tmp_path), [*map(frame, range(20)), *map(other_scene, range(20, 24))]
    )
    assert numbers(after_cut) == list(range(24))
    fresh = tiny_translator(tmp_path)
    alone = step(fresh, other_scene(20), Wait.END)
    np.testing.assert_array_equal(after_cut[20].pixels, alone[0].pixels)


@ORDERS
def test_a_cut_within_the_first_warm_up_loses_no_frame(tmp_path: Path, batched: bool) -> None:
    frames = [*map(frame, range(3)), *map(other_scene, range(3, 30))]
    translator = tiny_translator(tmp_path, replace(SETTINGS, steps=2), batched=batched)
    assert numbers(run(translator, frames)) == list(range(30))


def test_an_ageing_warm_up_is_taken_anew(tmp_path: Path) -> None:
    """What was pinned at the start no longer matters after a refresh."""
    count = REFRESH_FRAMES + 8 + 8 + FADE_FRAMES + 10
    usual = run(tiny_translator(tmp_path), map(frame, range(count)))
    brighter = [replace(f, pixels=f.pixels + np.uint8(25)) for f in map(frame, range(8))]
    other = run(tiny_translator(tmp_path), [*brighter, *map(frame, range(8, count))])
    middle = REFRESH_FRAMES - 5
    assert not np.array_equal(usual[middle].pixels, other[middle].pixels)
    np.testing.assert_array_equal(usual[-1].pixels, other[-1].pixels)


def test_a_reset_begins_a_new_stream(tmp_path: Path) -> None:
    translator = tiny_translator(tmp_path)
    first = run(translator, map(frame, range(12)))
    translator.reset()
    assert (translator.status.gathered, translator.status.needed) == (0, 8)
    again = run(translator, map(frame, range(12)))
    np.testing.assert_array_equal(first[-1].pixels, again[-1].pixels)


def test_an_unknown_style_is_refused_and_the_stream_goes_on(tmp_path: Path) -> None:
    translator = tiny_translator(tmp_path)
    for f in map(frame, range(10)):
        step(translator, f)
    with pytest.raises(SettingError, match="comic, ink, oil"):
        translator.apply(replace(SETTINGS, style="baroque"))
    assert len(step(translator, frame(10))) == 1


@pytest.mark.parametrize("size", [Size(128, 96), Size(32, 32), Size(190, 130)])
def test_a_result_has_the_size_of_its_frame(tmp_path: Path, size: Size) -> None:
    translator = tiny_translator(tmp_path)
    results = [r for n in range(12) for r in step(translator, frame(n, size), Wait.SUBMITTED)]
    assert {size_of(result.pixels) for result in results} == {size}
    still = finished(translator.render_still(frame(0, size).pixels, SETTINGS))
    assert size_of(still) == size


def finished(work: Generator[None, None, Pixels]) -> Pixels:
    while True:
        try:
            next(work)
        except StopIteration as end:
            picture: Pixels = end.value
            return picture


def aside(translator: DiffusionTranslator, settings: LiveSettings) -> Generator[None, None, Pixels]:
    return translator.render_still(frame(0).pixels, settings)


def test_a_picture_beside_the_stream_leaves_the_stream_as_it_is(tmp_path: Path) -> None:
    alone = run(tiny_translator(tmp_path), map(frame, range(20)))
    translator = tiny_translator(tmp_path)
    work = aside(translator, replace(SETTINGS, style="ink"))
    beside: list[StyledFrame] = []
    for f in map(frame, range(20)):
        beside += step(translator, f)
        next(work, None)
    for one, other in zip(alone, beside, strict=True):
        np.testing.assert_array_equal(one.pixels, other.pixels)


def test_a_picture_beside_the_stream_is_what_a_clip_of_one_frame_would_be(tmp_path: Path) -> None:
    ink = replace(SETTINGS, style="ink")
    (expected,) = run(tiny_translator(tmp_path, ink), [frame(0)])
    made = finished(aside(tiny_translator(tmp_path), ink))
    np.testing.assert_array_equal(made, expected.pixels)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        MemoryError(),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"),
    ],
    ids=["gpu", "python", "processor"],
)
def test_running_out_of_memory_is_told_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    translator = tiny_translator(tmp_path)
    monkeypatch.setattr(StreamCrossfader, "step", fail)
    with pytest.raises(MemoryShortError):
        step(translator, frame(0))


def test_another_fault_is_not_taken_for_want_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("shapes do not fit")

    translator = tiny_translator(tmp_path)
    monkeypatch.setattr(StreamCrossfader, "step", fail)
    with pytest.raises(RuntimeError, match="shapes"):
        step(translator, frame(0))
