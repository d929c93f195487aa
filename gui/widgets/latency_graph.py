"""Ten seconds of delay, stacked by stage, with a line that 95 % of the frames stay below."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.theme.theme import UNIT, roles

SPAN_S = 10.0


@dataclass(frozen=True, slots=True)
class LatencySample:
    """The mean delay of each stage at one time, in milliseconds; at: `time.monotonic()`.

    publish_ms: with what interpolation adds. p95_ms: 95 % of the frames stay below it. network_ms:
    the way to another computer and back, 0 without one.
    """

    at: float
    capture_ms: float
    engine_ms: float
    publish_ms: float
    p95_ms: float = 0.0
    network_ms: float = 0.0

    @property
    def total_ms(self) -> float:
        """The delay of all stages together."""
        return self.capture_ms + self.network_ms + self.engine_ms + self.publish_ms


class LatencyGraph(QWidget):
    """Draws the last ten seconds; hovering shows the figures of one sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: deque[LatencySample] = deque(maxlen=256)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Delay over the last ten seconds"))

    def sizeHint(self) -> QSize:
        return QSize(25 * UNIT, 5 * UNIT)

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * UNIT, 5 * UNIT)

    def add(self, sample: LatencySample) -> None:
        """Add the newest sample; all the others move."""
        self._samples.append(sample)
        self.update()

    def clear(self) -> None:
        """Remove every sample."""
        self._samples.clear()
        self.update()

    def sample_at(self, x: float) -> LatencySample | None:
        """The sample drawn nearest to a horizontal position; None without any."""
        if not self._samples:
            return None
        return min(self._samples, key=lambda sample: abs(self._x(sample) - x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        sample = self.sample_at(event.position().x())
        if sample is not None:
            text = (
                self.tr("{0} ms: capture {1}, network {2}, model {3}, output {4} · 95 %: {5} ms")
                if sample.network_ms
                else self.tr("{0} ms: capture {1}, model {2}, output {3} · 95 %: {4} ms")
            ).format(*(f"{stage:.0f}" for stage in _stages(sample)))
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = roles()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        shown = [sample for sample in self._samples if self._x(sample) > -self.width() / SPAN_S]
        if len(shown) < 2:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, heights in (
            (colours.publish, [sample.total_ms for sample in shown]),
            (colours.engine, [sample.total_ms - sample.publish_ms for sample in shown]),
            (colours.network, [sample.capture_ms + sample.network_ms for sample in shown]),
            (colours.capture, [sample.capture_ms for sample in shown]),
        ):
            painter.setBrush(QColor(colour))
            painter.drawPolygon(self._area(self._line(shown, heights)))
        painter.setPen(QPen(QColor(colours.text), 1.2))
        painter.drawPolyline(self._line(shown, [sample.p95_ms for sample in shown]))

    def _line(self, shown: list[LatencySample], heights: list[float]) -> QPolygonF:
        highest = max(max(sample.total_ms, sample.p95_ms) for sample in shown)
        scale = (self.height() - 4) / max(40.0, highest)
        bottom = self.height() - 1.0
        return QPolygonF(
            [
                QPointF(self._x(sample), bottom - height * scale)
                for sample, height in zip(shown, heights, strict=True)
            ]
        )

    def _area(self, line: QPolygonF) -> QPolygonF:
        bottom = self.height() - 1.0
        ends = (QPointF(line.last().x(), bottom), QPointF(line.first().x(), bottom))
        return QPolygonF([*line.toList(), *ends])

    def _x(self, sample: LatencySample) -> float:
        age = self._samples[-1].at - sample.at
        return self.width() * (1.0 - age / SPAN_S)


def _stages(sample: LatencySample) -> tuple[float, ...]:
    network = (sample.network_ms,) if sample.network_ms else ()
    stages = (sample.capture_ms, *network, sample.engine_ms, sample.publish_ms)
    return sample.total_ms, *stages, sample.p95_ms
