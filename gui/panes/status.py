"""The bar below: the delay in large figures, its graph, what holds it back, panic and takes."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.events import Stats
from gui.situation import Situation
from gui.studio import Studio
from gui.takes import Takes
from gui.theme import BODY, FIGURE, UNIT, tabular
from gui.widgets.icon_button import IconButton
from gui.widgets.latency_graph import LatencyGraph, Moment
from gui.wording import bottleneck, delay, rates

COPIED_MS = 1500


class StatusPane(QFrame):
    """Shows the stream's figures about four times a second."""

    def __init__(self, studio: Studio, takes: Takes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.meter = LatencyMeter()
        self.advice = QLabel()
        self.advice.setProperty("type", "quiet")
        self.advice.setWordWrap(True)
        self.buttons = TakeButtons(studio, takes)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        self.setMinimumHeight(10 * UNIT)  # as with figures: nothing moves at the start
        row.setSpacing(UNIT)  # the longest words just fit where letters are wide
        row.addWidget(self.meter, stretch=3)
        row.addWidget(self.advice, stretch=2)
        row.addWidget(self.buttons)
        self._studio = studio
        studio.bridge.measured.connect(self._on_stats)
        studio.situation_changed.connect(self._on_situation)

    def set_brief(self, on: bool) -> None:
        """Only panic stays where there is no room."""
        self.meter.setVisible(not on)
        self.advice.setVisible(not on)
        self.buttons.set_brief(on)

    def _on_stats(self, stats: Stats) -> None:
        if stats.fps_out > 0:
            self.meter.show_stats(stats)
        else:
            self.meter.clear()
        self.advice.setText(bottleneck(stats, self._studio.preferences.build.size))

    def _on_situation(self, now: Situation) -> None:
        if not now.running:
            self.meter.clear()
            self.advice.clear()


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

    def show_stats(self, stats: Stats) -> None:
        """Show the newest figures."""
        self._milliseconds = round(stats.latency_p50_ms)
        self.figure.setText(delay(stats.latency_p50_ms))
        self.spread.setText(self.tr("median · 95 %: {0} ms").format(f"{stats.latency_p95_ms:.0f}"))
        dropped = self.tr("{0} dropped").format(stats.dropped)
        self.rates.setText(f"{rates(stats)} · {dropped}")
        self.stages.setText(
            self.tr("capture {0} · model {1} · out {2}").format(
                f"{stats.capture_ms:.0f}", f"{stats.engine_ms:.0f}", f"{stats.publish_ms:.0f}"
            )
        )
        self.graph.add(
            Moment(
                time.monotonic(),
                stats.capture_ms,
                stats.engine_ms,
                stats.publish_ms,
                stats.latency_p95_ms,
            )
        )
        self._show_figures(True)
        self._name_copy()

    def clear(self) -> None:
        """No stream, no figures."""
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

    def _show_figures(self, on: bool) -> None:
        for widget in (self.figure, self.spread, self.rates, self.graph, self.copy):
            widget.setVisible(on)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._milliseconds))
        self.copy.set_drawing("check")
        self._copied.start()

    def _name_copy(self) -> None:
        if not self._copied.isActive():
            self.copy.set_drawing("copy")
        self.copy.set_name(
            self.tr(
                "Copy {0} ms: delay your microphone by so much in OBS or Discord, "
                "and the lips match"
            ).format(self._milliseconds)
        )


class TakeButtons(QWidget):
    """Snapshot, record, panic."""

    def __init__(self, studio: Studio, takes: Takes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snapshot = IconButton("snapshot", self.tr("Save a snapshot"))
        self.record = IconButton("record", self.tr("Record"), checkable=True)
        self.panic = QPushButton(self.tr("Panic"))
        self.panic.setCheckable(True)
        self.panic.setToolTip(self.tr("The placeholder goes out at once, until you release it."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for button in (self.snapshot, self.record, self.panic):
            row.addWidget(button)
        self.snapshot.clicked.connect(takes.snapshot)
        self.record.clicked.connect(takes.toggle_recording)
        self.panic.clicked.connect(studio.panic)
        studio.situation_changed.connect(self._show)
        self._show(studio.situation)

    def set_brief(self, on: bool) -> None:
        """Only panic stays."""
        self.snapshot.setVisible(not on)
        self.record.setVisible(not on)

    def _show(self, now: Situation) -> None:
        self.snapshot.setEnabled(now.live)
        self.record.setEnabled(now.live or now.recording)
        self.record.setChecked(now.recording)
        self.record.set_name(self.tr("Stop recording") if now.recording else self.tr("Record"))
        self.record.set_drawing("stop" if now.recording else "record")
        self.panic.setChecked(now.panic)
        self.panic.setText(self.tr("Release") if now.panic else self.tr("Panic"))
        self.panic.setAccessibleName(self.panic.text())
        self.panic.setProperty("type", "warning" if now.panic else "")
        self.panic.style().unpolish(self.panic)
        self.panic.style().polish(self.panic)
