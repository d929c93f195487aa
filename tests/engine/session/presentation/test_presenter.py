"""Interpolated pictures go out marked, are counted apart, and never show what was withdrawn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from engine.frames import Frame, Motion, StyledFrame
from engine.interfaces import Wait, ignore_ready
from engine.session.commands import ApplySettings
from engine.session.delivery import Delivery
from engine.session.session import Job, Session
from engine.settings import (
    WHOLE,
    BuildSettings,
    Composition,
    InputSettings,
    Interpolation,
    LiveSettings,
    Styled,
)
from engine.video.sinks.sink_group import SinkGroup
from engine.video.watermark import AiWatermark
from tests.engine.doubles import RAW, SIZE, STYLED, ScriptedSource, ScriptedTranslator, flat

UNMARKED = AiWatermark(shown=False, invisible=False)
INTERVAL = 0.1
PATIENCE = 60.0


class KeepingSink:
    """Keeps every frame it is sent, and how many there were at each blank."""

    def __init__(self) -> None:
        self.frames: list[StyledFrame] = []
        self.blanked: list[int] = []

    def open(self, size: object, fps: float) -> None: ...

    def send(self, frame: StyledFrame) -> None:
        self.frames.append(frame)

    def blank(self) -> None:
        self.blanked.append(len(self.frames))

    def close(self) -> None: ...

    def abort(self) -> None: ...

    @property
    def between(self) -> list[StyledFrame]:
        return [frame for frame in self.frames if frame.interpolated]


def still_since(number: int) -> Motion:
    return Motion(number, np.zeros((16, 16, 2), np.float32), np.ones((16, 16), np.float32))


class SlowEngine:
    """Delivers a result every tenth of a second."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self.number = 0

    def deliver(self, level: int, *, original: bool = False, motion: bool = True) -> None:
        captured = time.monotonic()
        self._delivery.begin(self.number, captured)
        time.sleep(INTERVAL)
        moved = still_since(self.number - 1) if motion and self.number else None
        frame = StyledFrame(flat(level), self.number, captured, original=original, motion=moved)
        self._delivery.deliver([frame])
        self.number += 1

    def until(self, condition: Callable[[], bool], level: Callable[[int], int]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "not in time"
            self.deliver(level(self.number))


@pytest.fixture
def sink() -> KeepingSink:
    return KeepingSink()


@pytest.fixture
def delivery(sink: KeepingSink) -> Iterator[Delivery]:
    group = SinkGroup([sink], lambda error: pytest.fail(str(error)))
    group.begin(SIZE, 30.0)
    delivery = Delivery(group, UNMARKED, newest_only=True)
    delivery.show_at(30.0)
    yield delivery
    delivery.close()


def gentle(number: int) -> int:
    """A level that changes a little from result to result."""
    return 50 + 8 * (number % 2)


def test_pictures_in_between_are_shown_and_counted_apart(
    delivery: Delivery, sink: KeepingSink
) -> None:
    engine = SlowEngine(delivery)
    engine.until(lambda: len(sink.between) >= 8, gentle)
    delivery.close()
    stats = delivery.statistics.stats(time.monotonic(), 0)
    assert stats.interpolated == len(sink.between)
    assert stats.frames_out == engine.number  # what waited for its turn came out at the end
    assert sink.frames[-1].number == engine.number - 1
    assert len(sink.frames) - stats.interpolated <= stats.frames_out
    assert stats.interpolation_ms > 0.0
    assert stats.latency_p50_ms > stats.interpolation_ms
    assert stats.fps_out < 1.2 / INTERVAL
    assert any(50 < frame.pixels[0, 0, 0] < 58 for frame in sink.between)
    moments = [frame.captured_at for frame in sink.frames]
    assert moments == sorted(moments)
    assert [frame.number for frame in sink.frames] == sorted(f.number for f in sink.frames)


def test_a_picture_in_between_bears_both_marks(delivery: Delivery, sink: KeepingSink) -> None:
    stamped: list[StyledFrame] = []

    class Noting(AiWatermark):
        def stamp(self, frame: StyledFrame) -> StyledFrame:
            stamped.append(frame)
            return super().stamp(frame)

    delivery.watermark = Noting()
    SlowEngine(delivery).until(lambda: len(sink.between) >= 3, lambda _: STYLED)
    assert sum(frame.interpolated for frame in stamped) >= 3
    for frame in sink.between:
        drawn = AiWatermark(invisible=False).draw(flat(STYLED)).astype(int)
        difference = np.abs(frame.pixels.astype(int) - drawn)
        assert difference.max() <= 4  # the invisible mark alone
        assert np.ptp(frame.pixels) > 60  # the badge, as sharp as on any other frame


def test_once_withdrawn_nothing_of_before_is_shown(delivery: Delivery, sink: KeepingSink) -> None:
    engine = SlowEngine(delivery)
    for _ in range(3):
        engine.until(lambda: bool(sink.frames) and sink.frames[-1].interpolated, gentle)
        engine.deliver(gentle(engine.number))
        delivery.withdraw()
        shown = len(sink.frames)
        assert sink.blanked[-1] == shown
        time.sleep(4 * INTERVAL)
        assert len(sink.frames) == shown
        engine.deliver(120, motion=False)
        engine.until(lambda: len(sink.frames) > shown, lambda _: 120)  # noqa: B023
        assert {int(frame.pixels[0, 0, 0]) for frame in sink.frames[shown:]} == {120}
        delivery.withdraw()


def test_originals_go_out_at_once_and_in_no_picture_in_between(
    delivery: Delivery, sink: KeepingSink
) -> None:
    engine = SlowEngine(delivery)
    engine.until(lambda: len(sink.between) >= 2, gentle)
    delivery.forget()  # as the pipeline does where the bypass begins
    before = len(sink.frames)
    for _ in range(4):
        engine.deliver(RAW, original=True)
        assert sink.frames[-1].original
    assert all(frame.original for frame in sink.frames[before:])
    delivery.withdraw()
    after = len(sink.frames)
    engine.deliver(50, motion=False)
    engine.until(lambda: len(sink.between) >= 6, gentle)
    assert all(int(frame.pixels.max()) <= 58 for frame in sink.frames[after:])
    assert all(int(frame.pixels.max()) <= 58 for frame in sink.between)


def test_nothing_lies_between_two_looks(delivery: Delivery, sink: KeepingSink) -> None:
    engine = SlowEngine(delivery)
    engine.until(lambda: len(sink.between) >= 4, lambda number: 40 if number % 8 < 4 else 200)
    engine.until(lambda: engine.number > 24, lambda number: 40 if number % 8 < 4 else 200)
    assert {int(frame.pixels[0, 0, 0]) for frame in sink.between} <= {40, 200}


def test_a_failure_beside_the_engine_is_no_frozen_picture(
    delivery: Delivery, sink: KeepingSink
) -> None:
    class Broken(AiWatermark):
        def stamp(self, frame: StyledFrame) -> StyledFrame:
            raise RuntimeError("broken")

    engine = SlowEngine(delivery)
    engine.deliver(STYLED)
    delivery.watermark = Broken()
    with pytest.raises(RuntimeError, match="broken"):
        engine.until(lambda: False, gentle)
    delivery.watermark = UNMARKED


class SlowTranslator(ScriptedTranslator):
    """Takes a tenth of a second for a frame, and tells of its motion."""

    def __init__(self) -> None:
        super().__init__(warm_up=1)
        self._before: int | None = None

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        time.sleep(INTERVAL)
        super().submit(frame, on_ready)
        before, self._before = self._before, frame.number
        if before is not None:
            motion = still_since(before)
            self._finished = [replace(result, motion=motion) for result in self._finished]


@pytest.mark.parametrize("realtime", [True, False])
def test_a_session_interpolates_live_alone(realtime: bool) -> None:
    sink = KeepingSink()
    session = Session(
        lambda _: None,
        build_translator=lambda *_: SlowTranslator(),
        open_source=lambda _: ScriptedSource(None if realtime else 12, live=realtime),
        prepare=lambda: None,
    )
    live = LiveSettings(interpolation=Interpolation.TO_30)
    session.start(Job(InputSettings(), BuildSettings(size=SIZE), live, (sink,), realtime=realtime))
    end = time.monotonic() + PATIENCE
    while realtime and len(sink.between) < 5:
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)
    if realtime:
        session.stop()
    assert session.wait(PATIENCE)
    stats = session.stats()
    assert stats is not None
    assert stats.interpolated == len(sink.between)
    assert not any(thread.name == "interpolation" for thread in threading.enumerate())
    if not realtime:
        assert [frame.number for frame in sink.frames] == list(range(12))
        assert stats.interpolated == 0


class ComposingTranslator(SlowTranslator):
    """Shows the room as it is for as long as that is wanted."""

    def __init__(self, shown: Callable[[], int]) -> None:
        super().__init__()
        self._shown, self._level = shown, RAW
        self.shown_before: int | None = None

    def apply(self, settings: LiveSettings) -> None:
        super().apply(settings)
        self.shown_before = self._shown()
        self._level = RAW if settings.composition.raw_room else STYLED

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        return [replace(each, pixels=flat(self._level)) for each in super().take_finished(wait)]


def test_once_the_room_is_styled_nothing_that_waits_shows_it_raw() -> None:
    sink = KeepingSink()
    translator = ComposingTranslator(lambda: len(sink.frames))
    session = Session(
        lambda _: None,
        build_translator=lambda *_: translator,
        open_source=lambda _: ScriptedSource(),
        prepare=lambda: None,
    )
    live = LiveSettings(
        interpolation=Interpolation.TO_30, composition=Composition(styled=Styled.PERSON)
    )
    build = BuildSettings(size=SIZE)
    session.start(Job(InputSettings(), build, live, (sink,), watermark=UNMARKED))
    end = time.monotonic() + PATIENCE
    while len(sink.between) < 5:
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)
    session.send(ApplySettings(replace(live, composition=WHOLE)))
    while not sink.frames or sink.frames[-1].pixels.max() == RAW:
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)
    session.stop()
    assert session.wait(PATIENCE)
    before = translator.shown_before
    assert before is not None
    assert {int(frame.pixels.max()) for frame in sink.frames[:before]} == {RAW}
    assert {int(frame.pixels.max()) for frame in sink.frames[before:]} == {STYLED}
