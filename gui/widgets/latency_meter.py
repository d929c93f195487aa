"""The delay in figures and as a graph."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.events import Stats
from gui.text.wording import delay, rates
from gui.theme.theme import BODY, FIGURE, UNIT, tabular
from gui.widgets.icon_button import IconButton
from gui.widgets.latency_graph import LatencyGraph, LatencySample

COPIED_MS = 1500
"""How long the check mark stays after copying."""


class LatencyMeter(QWidget):
    """The delay, its spread, its stages, and the audio delay that makes lips match."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._milliseconds = 0
        self.figure = QLabel()
        self.figure.setFont(tabular(self.font(), FIGURE))
        self.figure.setStyleSheet(f"font-size: {FIGURE}px; font-weight: 300;")
        self.figure.setMinimumWidth(13 * UNIT)
        self.spread = QLabel()
        self.graph = LatencyGraph()
        self.stages = QLabel()
        self.rates = QLabel()
        self.copy = IconButton("copy", "")
        self._copied = QTimer(self, interval=COPIED_MS, singleShot=True)
        self._arrange()
        self.copy.clicked.connect(self._copy)
        self._copied.timeout.connect(self._name_copy)
        self._name_copy()
        self.clear()

    def show_stats(self, stats: Stats, picture_delay_ms: float) -> None:
        """Show the newest statistics. picture_delay_ms: how late other programs see the picture."""
        self._milliseconds = round(picture_delay_ms)
        self.figure.setText(delay(stats.latency_p50_ms))
        self.spread.setText(self.tr("median · 95 %: {0} ms").format(f"{stats.latency_p95_ms:.0f}"))
        dropped = self.tr("{0} dropped").format(stats.dropped)
        self.rates.setText(f"{rates(stats)} · {dropped}")
        self.stages.setText(self._stages_text(stats))
        self.graph.add(
            LatencySample(
                time.monotonic(),
                stats.capture_ms,
                stats.engine_ms,
                stats.publish_ms + stats.interpolation_ms,
                stats.latency_p95_ms,
                stats.network_ms,
            )
        )
        self._show_figures(True)
        self._name_copy()

    def clear(self) -> None:
        """Show no figures, as there is no stream."""
        self._milliseconds = 0
        for label in (self.figure, self.spread, self.rates):
            label.clear()
        self.stages.setText(self.tr("The delay is shown here while you are live."))
        self.graph.clear()
        self._show_figures(False)

    def _arrange(self) -> None:
        for label in (self.spread, self.stages, self.rates):
            label.setProperty("type", "caption")
            label.setFont(tabular(self.font(), BODY))
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.figure)
        figures.addWidget(self.spread)
        middle = QVBoxLayout()
        middle.setSpacing(UNIT // 2)
        middle.addWidget(self.graph)
        legend = QHBoxLayout()
        legend.setSpacing(UNIT)
        legend.addWidget(self.stages)
        legend.addStretch(1)
        legend.addWidget(self.rates)
        middle.addLayout(legend)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addLayout(figures)
        row.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(middle, stretch=1)

    def _stages_text(self, stats: Stats) -> str:
        """Each stage's share; the network's and interpolation's only where there is one."""
        capture, model, output, network, between = (
            f"{figure:.0f}"
            for figure in (
                stats.capture_ms, stats.engine_ms, stats.publish_ms, stats.network_ms,
                stats.interpolation_ms,
            )
        )  # fmt: skip
        if stats.network_ms:  # whose results are not interpolated
            return self.tr("capture {0} · network {1} · model {2} · output {3}").format(
                capture, network, model, output
            )
        if stats.interpolated and between != "0":
            return self.tr("capture {0} · model {1} · interpolation {2} · output {3}").format(
                capture, model, between, output
            )
        return self.tr("capture {0} · model {1} · output {2}").format(capture, model, output)

    def _show_figures(self, on: bool) -> None:
        for widget in (self.figure, self.spread, self.rates, self.graph, self.copy):
            widget.setVisible(on)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._milliseconds))
        self.copy.set_icon_name("check")
        self._copied.start()

    def _name_copy(self) -> None:
        if not self._copied.isActive():
            self.copy.set_icon_name("copy")
        self.copy.set_name(
            self.tr(
                "Copy {0} ms: delay your microphone by this much in OBS or Discord, "
                "to keep sound and lips in sync"
            ).format(self._milliseconds)
        )
