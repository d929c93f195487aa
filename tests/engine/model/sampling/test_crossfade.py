"""The crossfader's states, on a drawn network."""

from __future__ import annotations

import weakref

import pytest
import torch

from engine.model.sampling.crossfade import FADE_FRAMES, StreamCrossfader
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from engine.settings import CachePrecision
from tests.engine.model.sampling.test_stream import Setting


class Census:
    """How many streams are alive whenever a new one is made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.alive: list[int] = []
        streams = weakref.WeakSet[Stream]()

        class Counted(Stream):
            def __init__(inner, spec: StreamSpec, *, batched: bool, cache: CachePrecision) -> None:  # noqa: N805
                super().__init__(spec, batched=batched, cache=cache)
                streams.add(inner)
                self.alive.append(len(streams))

        monkeypatch.setattr("engine.model.sampling.crossfade.Stream", Counted)


@torch.inference_mode()
@pytest.mark.parametrize(("second_cache", "alive"), [(True, [1, 2]), (False, [1, 1])])
def test_without_memory_for_two_caches_the_old_one_goes_before_the_new_is_made(
    monkeypatch: pytest.MonkeyPatch, second_cache: bool, alive: list[int]
) -> None:
    setting, census = Setting(steps=1), Census(monkeypatch)
    crossfader = StreamCrossfader(setting.spec, second_cache=second_cache)
    for frame in setting.frames()[:10]:
        crossfader.step(frame, cut=False)
    crossfader.change(setting.spec)
    crossfader.step(setting.frames()[10], cut=False)
    assert census.alive == alive


@torch.inference_mode()
def test_a_scene_cut_ends_a_change_that_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    setting, census = Setting(steps=1), Census(monkeypatch)
    crossfader, frames = StreamCrossfader(setting.spec), setting.frames()
    for frame in frames[:10]:
        crossfader.step(frame, cut=False)
    crossfader.change(setting.spec)
    crossfader.step(frames[10], cut=False)
    (shown,) = crossfader.step(frames[11], cut=True)
    assert shown.number == 11
    assert census.alive == [1, 2, 1]


@torch.inference_mode()
def test_other_noise_reaches_a_stream_that_is_warming_up() -> None:
    """From there on the result is that of a stream which had this noise all along."""
    setting, quiet = Setting(steps=1), Setting(steps=1)
    quiet.noise.zero_()
    crossfader, frames = StreamCrossfader(setting.spec), setting.frames()
    for frame in frames[:8]:
        crossfader.step(frame, cut=False)
    crossfader.change(setting.spec)
    crossfader.step(frames[8], cut=False)
    crossfader.set_noise(quiet.spec.noise)
    for frame in frames[9 : 9 + 8 + FADE_FRAMES]:
        (shown,) = crossfader.step(frame, cut=False)
    (stream,) = crossfader._state.streams
    assert isinstance(stream, Stream)
    assert stream.spec.noise is quiet.spec.noise
    assert bool(shown.latent.isfinite().all())


@torch.inference_mode()
def test_only_while_other_settings_fade_in_are_frames_changing() -> None:
    setting = Setting(steps=1, frames=8 + 1 + 8 + FADE_FRAMES + 2)
    crossfader, frames = StreamCrossfader(setting.spec), setting.frames()
    for frame in frames[:8]:
        crossfader.step(frame, cut=False)
    crossfader.change(setting.spec)
    shown = [crossfader.step(frame, cut=False)[0] for frame in frames[8:]]
    changing = [one.changing for one in shown]
    first = changing.index(True)
    assert changing == [False] * first + [True] * FADE_FRAMES + [False] * (
        len(changing) - first - FADE_FRAMES
    )
    assert changing[-1] is False


@torch.inference_mode()
def test_an_ageing_warm_up_that_is_renewed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.model.sampling.crossfade.REFRESH_FRAMES", 2)
    setting = Setting(steps=1, frames=28)
    crossfader = StreamCrossfader(setting.spec)
    shown = [one for frame in setting.frames() for one in crossfader.step(frame, cut=False)]
    assert len(shown) == 28
    assert not any(one.changing for one in shown)
