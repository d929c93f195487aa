import threading

import pytest

from engine.session.statistics import SPAN, StreamStatistics, Timing


def steady(meter: StreamStatistics, seconds: float, fps: float) -> None:
    for n in range(int(seconds * fps)):
        t = n / fps
        meter.frame_in(t)
        meter.frame_out(
            Timing(captured=t, started=t + 0.01, styled=t + 0.05, due=t + 0.05, delivered=t + 0.06)
        )


def test_a_steady_stream_is_measured_as_it_is() -> None:
    meter = StreamStatistics()
    steady(meter, 5.0, 20.0)
    stats = meter.stats(now=5.0, dropped=3)
    assert stats.fps_in == pytest.approx(20.0)
    assert stats.fps_out == pytest.approx(20.0)
    assert stats.latency_p50_ms == pytest.approx(60.0)
    assert (stats.capture_ms, stats.engine_ms) == pytest.approx((10.0, 40.0))
    assert (stats.publish_ms, stats.dropped, stats.frames_out) == pytest.approx((10.0, 3, 100))


def test_the_slowest_frames_show_in_p95_alone() -> None:
    meter = StreamStatistics()
    for n in range(100):
        handed = n + (1.0 if n >= 90 else 0.1)
        meter.frame_out(Timing(captured=n, started=n, styled=n, due=n, delivered=handed))
    stats = meter.stats(now=9.0, dropped=0)
    assert stats.latency_p50_ms == pytest.approx(100.0)
    assert meter.stats(now=100.0, dropped=0).latency_p95_ms == pytest.approx(1000.0)


def test_what_is_long_past_counts_no_more() -> None:
    meter = StreamStatistics()
    steady(meter, 1.0, 20.0)
    assert meter.stats(now=2.0 + SPAN, dropped=0).fps_out == 0.0


def test_no_frames_give_zeros() -> None:
    assert StreamStatistics().stats(now=0.0, dropped=0).latency_p50_ms == 0.0


def test_frames_may_come_while_the_figures_are_made() -> None:
    meter, stop = StreamStatistics(), threading.Event()

    def capture() -> None:
        while not stop.is_set():
            meter.frame_in(1.0)

    thread = threading.Thread(target=capture)
    thread.start()
    for _ in range(200):
        meter.stats(2.0, dropped=0)
    stop.set()
    thread.join()
