from pytestqt.qtbot import QtBot

from gui.widgets.latency_meter import LatencyMeter
from tests.gui.fakes import stats


def test_the_delay_of_interpolation_is_shown_where_there_is_some(qtbot: QtBot) -> None:
    meter = LatencyMeter()
    qtbot.addWidget(meter)
    meter.show_stats(stats(capture_ms=8, engine_ms=55, publish_ms=3), 70)
    assert meter.stages.text() == "capture 8 · model 55 · output 3"
    meter.show_stats(
        stats(capture_ms=8, engine_ms=55, publish_ms=3, interpolated=90, interpolation_ms=66.4), 140
    )
    assert meter.stages.text() == "capture 8 · model 55 · interpolation 66 · output 3"
    sample = meter.graph.sample_at(meter.graph.width())
    assert sample is not None
    assert round(sample.total_ms) == 132
