"""The bar below: the delay and its graph, advice on the speed, snapshot, record and panic."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from engine.events import SizesChosen, Stats
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.wording import bottleneck
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.latency_meter import LatencyMeter


class StatusPane(QFrame):
    """Shows the stream's statistics about four times a second."""

    def __init__(
        self, app_model: AppModel, recordings: RecordingController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.meter = LatencyMeter()
        self.advice = QLabel()
        self.advice.setProperty("type", "quiet")
        self.advice.setWordWrap(True)
        self.buttons = CaptureButtons(app_model, recordings)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        self.setMinimumHeight(10 * UNIT)  # as with figures, so that nothing moves at the start
        row.setSpacing(UNIT)  # the longest texts just fit in a wide font
        row.addWidget(self.meter, stretch=3)
        row.addWidget(self.advice, stretch=2)
        row.addWidget(self.buttons)
        self._app_model = app_model
        self._size = app_model.preferences.build.size
        app_model.bridge.sizes_chosen.connect(self._on_sizes)
        app_model.bridge.measured.connect(self._on_stats)
        app_model.state_changed.connect(self._on_state)

    def set_compact(self, on: bool) -> None:
        """Keep only panic where there is no space."""
        self.meter.setVisible(not on)
        self.advice.setVisible(not on)
        self.buttons.set_compact(on)

    def _on_stats(self, stats: Stats) -> None:
        if stats.fps_out > 0:
            self.meter.show_stats(stats, self._app_model.picture_delay_ms(stats))
        else:
            self.meter.clear()
        self.advice.setText(bottleneck(stats, self._size))

    def _on_sizes(self, sizes: SizesChosen) -> None:
        self._size = sizes.engine

    def _on_state(self, now: AppState) -> None:
        if not now.running:
            self.meter.clear()
            self.advice.clear()


class CaptureButtons(QWidget):
    """Snapshot, record, panic."""

    def __init__(
        self, app_model: AppModel, recordings: RecordingController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.snapshot = IconButton("snapshot", self.tr("Save a snapshot"))
        self.record = IconButton("record", self.tr("Record"), checkable=True)
        self.panic = QPushButton(self.tr("Panic"))
        self.panic.setCheckable(True)
        self.panic.setToolTip(self.tr("Shows the placeholder at once, until you release it."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for button in (self.snapshot, self.record, self.panic):
            row.addWidget(button)
        self.snapshot.clicked.connect(recordings.snapshot)
        self.record.clicked.connect(recordings.toggle_recording)
        self.panic.clicked.connect(app_model.panic)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def set_compact(self, on: bool) -> None:
        """Keep only panic."""
        self.snapshot.setVisible(not on)
        self.record.setVisible(not on)

    def _show(self, now: AppState) -> None:
        self.snapshot.setEnabled(now.live)
        self.record.setEnabled(now.live or now.recording)
        self.record.setChecked(now.recording)
        self.record.set_name(self.tr("Stop recording") if now.recording else self.tr("Record"))
        self.record.set_icon_name("stop" if now.recording else "record")
        self.panic.setChecked(now.panic)
        self.panic.setText(self.tr("Release") if now.panic else self.tr("Panic"))
        self.panic.setAccessibleName(self.panic.text())
        self.panic.setProperty("type", "warning" if now.panic else "")
        self.panic.style().unpolish(self.panic)
        self.panic.style().polish(self.panic)
