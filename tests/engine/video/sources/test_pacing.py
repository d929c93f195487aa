from engine.video.sources.pacing import LONGEST_WAIT, Pacer


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pacer(self) -> Pacer:
        return Pacer(now=lambda: self.now, sleep=self.sleep)


def test_moments_come_when_they_are_due() -> None:
    clock = Clock()
    pacer = clock.pacer()
    times = []
    for moment in (0.0, 0.1, 0.35):
        pacer.wait_for(moment)
        times.append(round(clock.now - 100.0, 6))
    assert times == [0.0, 0.1, 0.35]


def test_small_delays_are_made_up_for() -> None:
    clock = Clock()
    pacer = clock.pacer()
    pacer.wait_for(0.0)
    clock.now += 0.25
    pacer.wait_for(0.1)
    pacer.wait_for(0.3)
    assert round(clock.now - 100.0, 6) == 0.3


def test_after_a_long_delay_it_goes_on_from_there() -> None:
    clock = Clock()
    pacer = clock.pacer()
    pacer.wait_for(0.0)
    clock.now += 5.0
    pacer.wait_for(0.1)
    pacer.wait_for(0.2)
    assert round(clock.now - 100.0, 6) == 5.1


def test_a_long_pause_is_cut_short() -> None:
    clock = Clock()
    pacer = clock.pacer()
    pacer.wait_for(0.0)
    pacer.wait_for(60.0)
    pacer.wait_for(60.1)
    assert round(clock.now - 100.0, 6) == LONGEST_WAIT + 0.1
