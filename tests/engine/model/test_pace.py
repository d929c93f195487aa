import time

import pytest

from engine.model import pace
from engine.model.pace import SOON, Pace


def test_a_frame_comes_at_once_where_nothing_is_under_way() -> None:
    assert Pace(planning=9.0, denoising=9.0).until_ready(0, planning=False) == 0.0


def test_a_frame_comes_when_the_one_before_is_planned() -> None:
    now = time.monotonic()
    assert Pace(planning=9.0, planning_began=now).until_ready(1, planning=True) > 8.0
    late = Pace(planning=1.0, planning_began=now - 2.0)
    assert late.until_ready(1, planning=True) == SOON


@pytest.mark.parametrize(("waiting", "seconds"), [(1, 4.0), (2, 9.0)])
def test_a_frame_comes_when_its_plan_and_the_network_will_meet(
    waiting: int, seconds: float
) -> None:
    now = time.monotonic()
    told = Pace(submitting=0.25, planning=0.75, denoising=5.0, denoising_began=now)
    assert told.until_ready(waiting, planning=False) == pytest.approx(seconds, abs=0.5)


def test_the_longest_stage_or_the_cores_decide_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Pace(submitting=1.0, planning=4.0, denoising=4.0, finishing=3.0)
    for cores, seconds in ((2, 6.0), (8, 4.0)):
        monkeypatch.setattr(pace, "cpu_threads", lambda cores=cores: cores)
        assert told.per_frame(overlapped=True) == seconds
    assert told.per_frame(overlapped=False) == 8.0


def test_a_failed_frame_leaves_the_times_as_they_were() -> None:
    told = Pace(planning=2.0)
    with pytest.raises(ValueError, match="no"), told.planning_one():
        raise ValueError("no")
    assert told.planning == 2.0
