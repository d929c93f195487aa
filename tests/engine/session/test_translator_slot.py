"""The translator's slot: sizes, settings, and what follows a failure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import MemoryShortError, ModelError, SettingError
from engine.events import Event, ProgressListener
from engine.frames import Frame, Pixels, Size, size_of
from engine.session.job import Job
from engine.session.translator_slot import TranslatorSlot
from engine.settings import (
    BuildSettings,
    CachePrecision,
    Composition,
    InputSettings,
    LiveSettings,
    Styled,
)
from tests.engine.doubles import ScriptedTranslator

LARGE, SMALL = Size(320, 320), Size(256, 256)
SHORT = MemoryShortError("Full.", "Less.")


class Sized(ScriptedTranslator):
    """Notes the pictures that it is given."""

    def __init__(self, build: BuildSettings) -> None:
        super().__init__(warm_up=1)
        self.build = build
        self.given: list[Pixels] = []

    def submit(self, frame: Frame, *_: object) -> None:
        self.given.append(frame.pixels)
        super().submit(frame)


class Workbench:
    """A slot whose translators are kept."""

    def __init__(self, build: BuildSettings) -> None:
        self.built: list[Sized] = []
        self.events: list[Event] = []
        job = Job(InputSettings(), build, LiveSettings())
        self.slot = TranslatorSlot(job, self._make, self.events.append, lambda: None)
        self.slot.begin(build.size)

    def _make(self, build: BuildSettings, _: LiveSettings, __: ProgressListener) -> Sized:
        self.built.append(Sized(build))
        return self.built[-1]


def picture(size: Size) -> Frame:
    return Frame(np.zeros((size.height, size.width, 3), np.uint8), 7, 0.5)


def out_of_everything() -> Workbench:
    """A slot that has had to lower everything but the last size."""
    bench = Workbench(BuildSettings(size=LARGE, cache=CachePrecision.INT8))
    bench.slot.fail(SHORT)
    assert bench.slot.submit(picture(LARGE))
    return bench


def test_a_smaller_model_is_given_the_frames_as_they_are() -> None:
    bench = out_of_everything()
    assert bench.built[-1].build.size == SMALL
    assert [size_of(pixels) for pixels in bench.built[-1].given] == [LARGE]
    (styled,) = bench.slot.take_finished()
    assert (styled.number, styled.captured_at) == (7, 0.5)


def test_no_frame_is_copied() -> None:
    bench = Workbench(BuildSettings(size=Size(64, 64)))
    frame = picture(Size(64, 64))
    bench.slot.submit(frame)
    (given,) = bench.built[0].given
    assert given is frame.pixels


def test_a_model_that_broke_is_not_built_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bench, broken = Workbench(BuildSettings(size=LARGE)), ModelError("Broken.", "Mend it.")
    assert bench.slot.fail(broken) is broken
    assert bench.slot.status is None
    assert not bench.slot.submit(picture(LARGE))
    monkeypatch.setattr("engine.session.translator_slot.REBUILD_SECONDS", 0.0)
    bench.slot.fail(broken)
    assert bench.slot.submit(picture(LARGE))
    assert len(bench.built) == 2


def test_where_nothing_is_left_to_lower_the_error_stays_what_it_is() -> None:
    bench = Workbench(BuildSettings(size=SMALL, cache=CachePrecision.INT8))
    assert bench.slot.fail(SHORT) is SHORT


def test_a_reported_error_holds_no_traceback() -> None:
    bench = Workbench(BuildSettings(size=LARGE))
    with pytest.raises(ModelError) as raised:
        raise ModelError("Broken.", "Mend it.")
    assert bench.slot.fail(raised.value).__traceback__ is None


def test_refused_settings_do_not_keep_anybody_unstyled(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Workbench(BuildSettings(size=LARGE))
    unstyled = replace(LiveSettings(), composition=Composition(Styled.ROOM))
    bench.slot.wanted = unstyled
    bench.slot.submit(picture(LARGE))
    (translator,) = bench.built

    def apply(live: LiveSettings) -> None:
        if live.style == "unknown":
            raise SettingError("No such style.", "Choose another.")
        translator.applied.append(live)

    monkeypatch.setattr(translator, "apply", apply)
    bench.slot.wanted = replace(LiveSettings(), style="unknown")
    bench.slot.submit(picture(LARGE))
    bench.slot.submit(picture(LARGE))
    assert translator.applied == [unstyled, LiveSettings()]


def test_settings_wait_for_the_next_frame() -> None:
    bench = Workbench(BuildSettings(size=LARGE))
    bench.slot.wanted = replace(LiveSettings(), strength=0.4)
    assert bench.built[0].applied == []
    bench.slot.submit(picture(LARGE))
    assert bench.built[0].applied == [replace(LiveSettings(), strength=0.4)]
