"""When memory runs out, one setting at a time is given up, in a fixed order."""

import pytest

from engine.frames import Size
from engine.session.memory_fallback import MemoryLimits, next_lower_setting
from engine.settings import BuildSettings, CachePrecision, LiveSettings

WIDE = Size(1280, 720)


def test_the_window_goes_first_then_steps_then_the_size() -> None:
    limits, story = MemoryLimits(BuildSettings(size=Size(384, 320)), steps=2), []
    while (less := next_lower_setting(limits)) is not None:
        limits, told = less
        story.append((limits.build.cache, limits.steps, limits.build.size, told.message))
    assert [entry[:3] for entry in story] == [
        (CachePrecision.INT8, 2, Size(384, 320)),
        (CachePrecision.INT8, 1, Size(384, 320)),
        (CachePrecision.INT8, 1, Size(304, 256)),
    ]
    said = [entry[3] for entry in story]
    assert "8 bits" in said[0]
    assert "steps: 1" in said[1]
    assert "304x256" in said[2]


def test_a_wide_picture_keeps_about_its_shape() -> None:
    limits = MemoryLimits(BuildSettings(size=WIDE, cache=CachePrecision.INT8), steps=1)
    while (less := next_lower_setting(limits)) is not None:
        limits = less[0]
        size = limits.build.size
        assert size.width / size.height == pytest.approx(16 / 9, rel=0.03)
    assert limits.build.size.height == 256


def test_limits_leave_alone_what_lies_within() -> None:
    limits, live = MemoryLimits(BuildSettings(), steps=2), LiveSettings(steps=2)
    assert limits.within(live) is live
    assert limits.within(LiveSettings(steps=5)) == live
