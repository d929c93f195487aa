from pytestqt.qtbot import QtBot

from gui.widgets.latency_graph import LatencyGraph, LatencySample


def test_hovering_reads_the_nearest_moment(qtbot: QtBot) -> None:
    graph = LatencyGraph()
    qtbot.addWidget(graph)
    graph.resize(200, 40)
    for second in range(10):
        graph.add(LatencySample(float(second), 1, 50 + second, 1))
    newest, middle = graph.sample_at(200), graph.sample_at(100)
    assert newest is not None
    assert newest.at == 9
    assert middle is not None
    assert middle.at == 4


def test_an_empty_graph_has_nothing_to_read(qtbot: QtBot) -> None:
    graph = LatencyGraph()
    qtbot.addWidget(graph)
    graph.add(LatencySample(0, 1, 1, 1))
    graph.clear()
    assert graph.sample_at(5) is None


def test_the_parts_are_stacked_with_the_slowest_highest(qtbot: QtBot) -> None:
    graph = LatencyGraph()
    qtbot.addWidget(graph)
    graph.resize(200, 40)
    for second in range(10):
        graph.add(LatencySample(float(second), 10, 100 if second > 5 else 20, 10))
    image = graph.grab().toImage()
    assert image.pixelColor(190, 10) != image.pixelColor(20, 10)


def test_a_line_stands_where_most_frames_stay_below(qtbot: QtBot) -> None:
    graph = LatencyGraph()
    qtbot.addWidget(graph)
    graph.resize(200, 40)
    for second in range(10):
        graph.add(LatencySample(float(second), 5, 20, 5, p95_ms=90))
    image = graph.grab().toImage()
    column = [image.pixelColor(100, y).name() for y in range(image.height())]
    assert any(colour != column[0] for colour in column[:8])
    assert column[15] == column[0]
