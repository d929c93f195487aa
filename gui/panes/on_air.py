"""The large button, and the lamp that says who is watching."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from engine.events import SessionState
from engine.virtual_camera.protocol import OnAir
from gui.state.app_model import AppModel
from gui.state.app_state import AppState, StartButton
from gui.text.wording import on_air_word, state_word, watch_words
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.status_indicator import IndicatorShape, StatusIndicator

_SIGNS = {
    SessionState.OFF: IndicatorShape.RING,
    SessionState.PAUSED: IndicatorShape.BARS,
    SessionState.RECOVERING: IndicatorShape.TRIANGLE,
}


_SENT_SIGNS = {
    OnAir.STYLED: IndicatorShape.DISC,
    OnAir.ORIGINAL: IndicatorShape.TRIANGLE,
    OnAir.UNKNOWN: IndicatorShape.TRIANGLE,
}
"""Anything else that goes out is no frame."""


class OnAirPane(QWidget):
    """Derives everything from the situation; a click asks, the session answers."""

    camera_help_asked = Signal()

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self.indicator = StatusIndicator()
        self.watch = QPushButton()
        self.watch.setProperty("type", "link")
        self.button = QPushButton()
        self.button.setMinimumWidth(14 * UNIT)
        self.more = IconButton("more", self.tr("What goes on air"))
        self._arrange()
        self.button.clicked.connect(app_model.toggle)
        self.watch.clicked.connect(self.camera_help_asked)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def set_brief(self, on: bool) -> None:
        """Leave the lamps out where there is no room."""
        self.indicator.setVisible(not on)
        self.watch.setVisible(not on)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT * 3 // 2)
        row.addWidget(self.watch)
        row.addWidget(self.indicator)
        row.addWidget(self.button)
        row.addWidget(self.more)
        menu = QMenu(self.more)
        self.original = menu.addAction(self.tr("Show the original"))
        self.original.setCheckable(True)
        self.original.setToolTip(
            self.tr("Puts your untouched camera picture on air until this session ends.")
        )
        menu.setToolTipsVisible(True)
        menu.addAction(self.tr("The system webcam…"), self.camera_help_asked.emit)
        self.original.triggered.connect(self._app_model.show_original)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _show(self, now: AppState) -> None:
        self.indicator.show_state(*_lamp(now))
        self._show_button(now.button)
        self.original.setChecked(now.original)
        self.original.setEnabled(now.running)
        self.watch.setText(watch_words(now.camera))
        self.watch.setAccessibleName(watch_words(now.camera))
        self.watch.setToolTip(self.tr("How other programs find the camera"))

    def _show_button(self, offer: StartButton) -> None:
        words = {
            StartButton.GO_LIVE: self.tr("Go live"),
            StartButton.STOP: self.tr("Stop"),
            StartButton.WAIT: self.tr("Stopping…"),
        }
        self.button.setText(words[offer])
        self.button.setAccessibleName(words[offer])
        self.button.setEnabled(offer is not StartButton.WAIT)
        kind = "live" if offer is StartButton.STOP else "primary"
        if self.button.property("type") != kind:
            self.button.setProperty("type", kind)
            self.button.style().unpolish(self.button)
            self.button.style().polish(self.button)


def _lamp(now: AppState) -> tuple[IndicatorShape, str]:
    """Sign and word: what the publisher sends goes before what the session does."""
    if now.session is SessionState.LIVE or now.on_air is OnAir.ORIGINAL:
        return _SENT_SIGNS.get(now.on_air, IndicatorShape.RING), on_air_word(now.on_air)
    return _SIGNS.get(now.session, IndicatorShape.ARC), state_word(now.session)
