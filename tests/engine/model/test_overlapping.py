"""A translator whose network works on a frame while its neighbours are encoded and decoded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import wait as wait_for
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.drawing.ground import LookAround
from engine.drawing.plan import Plan
from engine.errors import MemoryShortError
from engine.frames import Pixels, StyledFrame
from engine.interfaces import Wait
from engine.model.sampling.crossfade import StreamCrossfader
from engine.model.styles.face_planner import FacePlanner
from engine.model.styles.style_model import FrameInputs, StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from tests.engine.doubles import step
from tests.tiny_model import (
    SETTINGS,
    SIZE,
    drawing_model,
    frame,
    other_scene,
    tiny_translator,
)

WARM_UP = 8


def warmed_up(folder: Path) -> DiffusionTranslator:
    """With nothing under way."""
    translator = tiny_translator(folder, overlapped=True)
    for number in range(WARM_UP):
        translator.submit(frame(number))
    translator.take_finished(Wait.SUBMITTED)
    return translator


def whole_stream(translator: DiffusionTranslator) -> list[StyledFrame]:
    """Frames, a change of style, a change of the noise, and a cut."""
    done = [result for n in range(30) for result in step(translator, frame(n))]
    translator.apply(changed := replace(SETTINGS, style="ink"))
    done += [result for n in range(30, 60) for result in step(translator, frame(n))]
    translator.apply(replace(changed, noise_consistency=0.5))
    done += [result for n in range(60, 70) for result in step(translator, other_scene(n))]
    return [*done, *translator.take_finished(Wait.END)]


@pytest.mark.parametrize("batched", [False, True], ids=["one by one", "stream batch"])
def test_it_gives_the_very_pictures_of_one_that_does_all_in_turn(
    tmp_path: Path, batched: bool
) -> None:
    by_turns, overlapped = (
        whole_stream(tiny_translator(tmp_path, batched=batched, overlapped=beside))
        for beside in (False, True)
    )
    assert [result.number for result in overlapped] == list(range(70))
    for one, other in zip(by_turns, overlapped, strict=True):
        np.testing.assert_array_equal(one.pixels, other.pixels)


def held_back(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The network waits for this event."""
    go, untouched = threading.Event(), StreamCrossfader.step

    def waiting(*arguments: object, **named: object) -> object:
        assert go.wait(5.0)
        return untouched(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(StreamCrossfader, "step", waiting)
    return go


def test_a_result_is_told_of_and_there_without_another_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator, told = warmed_up(tmp_path), threading.Event()
    go = held_back(monkeypatch)
    translator.submit(frame(8), told.set)
    assert told.wait(5.0), "it is planned"
    assert not translator.take_finished()
    told.clear()
    go.set()
    assert told.wait(5.0)
    assert [result.number for result in translator.take_finished()] == [8]
    translator.close()


def test_of_two_that_are_finished_the_older_does_not_wait_for_the_newer(tmp_path: Path) -> None:
    """The newer is told of again: whoever was woken for both at once takes only the first."""
    translator, told = warmed_up(tmp_path), threading.Event()
    translator.submit(frame(8))
    translator.submit(frame(9), told.set)
    wait_for([*translator._under_way])
    told.clear()
    assert [result.number for result in translator.take_finished()] == [8]
    assert told.is_set()
    assert [result.number for result in translator.take_finished()] == [9]
    translator.close()


def test_frames_are_read_and_encoded_beside_what_the_caller_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, untouched = list[str](), StyleModel.inputs

    def noting(model: StyleModel, pixels: Pixels, plan: Plan | None) -> FrameInputs:
        threads.append(threading.current_thread().name)
        return untouched(model, pixels, plan)

    monkeypatch.setattr(StyleModel, "inputs", noting)
    translator = warmed_up(tmp_path)
    assert len(threads) == WARM_UP
    assert threading.current_thread().name not in threads
    translator.close()


def test_a_frame_is_planned_while_the_network_works_on_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned, untouched = threading.Semaphore(0), StyleModel.plan

    def noting(
        model: StyleModel, pixels: Pixels, source: Pixels, around: LookAround
    ) -> Plan | None:
        planned.release()
        return untouched(model, pixels, source, around)

    translator, go = warmed_up(tmp_path), held_back(monkeypatch)
    monkeypatch.setattr(StyleModel, "plan", noting)
    translator.submit(frame(8))
    translator.submit(frame(9))
    for _ in range(2):
        assert planned.acquire(timeout=5.0)
    assert not translator.take_finished(), "the network has not finished the first one"
    go.set()
    translator.close()


def test_no_more_than_two_frames_are_left_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator, go = warmed_up(tmp_path), held_back(monkeypatch)
    translator.submit(frame(8))
    translator.submit(frame(9))
    next_one = threading.Thread(target=translator.submit, args=(frame(10),))
    next_one.start()
    next_one.join(0.05)
    assert next_one.is_alive()
    go.set()
    next_one.join(5.0)
    assert translator.take_finished()[0].number == 8
    translator.close()


def test_a_frame_is_asked_for_once_the_one_before_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator, told, go = warmed_up(tmp_path), threading.Event(), threading.Event()
    untouched = StyleModel.plan

    def waiting(*arguments: object) -> Plan | None:
        assert go.wait(5.0)
        return untouched(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(StyleModel, "plan", waiting)
    assert translator.status.seconds_until_ready == 0.0
    translator.submit(frame(8), told.set)
    assert translator.status.seconds_until_ready > 0.0
    assert not told.is_set()
    go.set()
    assert told.wait(5.0)
    translator.take_finished(Wait.SUBMITTED)
    assert translator.status.seconds_until_ready == 0.0
    translator.close()


def test_nothing_that_was_under_way_outlives_a_reset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator, go = warmed_up(tmp_path), held_back(monkeypatch)
    translator.submit(frame(8))
    threading.Timer(0.05, go.set).start()
    translator.reset()
    assert not translator.take_finished(Wait.SUBMITTED)
    assert (translator.status.gathered, translator.status.needed) == (0, WARM_UP)
    fresh = tiny_translator(tmp_path)
    for n in range(20, 40):
        one, other = (step(t, frame(n), Wait.SUBMITTED) for t in (translator, fresh))
        for mine, usual in zip(one, other, strict=False):
            np.testing.assert_array_equal(mine.pixels, usual.pixels)


def test_settings_still_on_their_way_outlive_a_reset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anime = replace(SETTINGS, style="anime")
    cpu = Hardware(torch.device("cpu"), overlapped=True)
    translator = DiffusionTranslator(drawing_model(tmp_path), SIZE, anime, cpu)
    planner = translator._model.planner
    assert isinstance(planner, FacePlanner)
    go = held_back(monkeypatch)
    translator.submit(frame(0))
    translator.apply(ink := replace(anime, style="ink"))
    threading.Timer(0.05, go.set).start()
    translator.reset()
    assert planner._wanted is not None
    assert planner._wanted.shares.tolist() == planner._asked(ink).shares.tolist() == [0.0]
    translator.close()


CALLS: list[Callable[[DiffusionTranslator], object]] = [
    lambda translator: translator.take_finished(Wait.SUBMITTED),
    lambda translator: step(translator, frame(9)),
    lambda translator: translator.take_finished(Wait.END),
]


@pytest.mark.parametrize("call", CALLS, ids=["finished", "next frame", "end"])
def test_a_failure_of_the_network_comes_out_at_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[[DiffusionTranslator], object]
) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    translator = warmed_up(tmp_path)
    monkeypatch.setattr(StreamCrossfader, "step", short)
    go = held_back(monkeypatch)
    translator.submit(frame(8))
    go.set()
    wait_for([*translator._under_way])
    with pytest.raises(MemoryShortError):
        call(translator)
    translator.close()
