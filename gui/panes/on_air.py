"""The start button, the state of the stream, and whether another program uses the camera."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from engine.events import SessionState
from engine.virtual_camera.protocol import OnAir
from gui.state.app_model import AppModel
from gui.state.app_state import AppState, StartButton
from gui.text.wording import on_air_name, state_name, webcam_status_text
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.status_indicator import IndicatorShape, StatusIndicator

_SHAPES = {
    SessionState.OFF: IndicatorShape.RING,
    SessionState.PAUSED: IndicatorShape.BARS,
    SessionState.RECOVERING: IndicatorShape.TRIANGLE,
}


_SENT_SHAPES = {
    OnAir.STYLED: IndicatorShape.DISC,
    OnAir.ORIGINAL: IndicatorShape.TRIANGLE,
    OnAir.UNKNOWN: IndicatorShape.TRIANGLE,
}
"""Anything else that goes out is no frame."""


class OnAirPane(QWidget):
    """Derived from the state alone: a click asks, the session answers."""

    camera_help_asked = Signal()

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self.indicator = StatusIndicator()
        self.webcam_status = QPushButton()
        self.webcam_status.setProperty("type", "link")
        self.button = QPushButton()
        self.button.setMinimumWidth(14 * UNIT)
        self.more = IconButton("more", self.tr("More options"))
        self._arrange()
        self.button.clicked.connect(app_model.toggle)
        self.webcam_status.clicked.connect(self.camera_help_asked)
        app_model.state_changed.connect(self._show)
        self._show(app_model.state)

    def set_compact(self, on: bool) -> None:
        """Leave out the status texts where there is no space."""
        self.indicator.setVisible(not on)
        self.webcam_status.setVisible(not on)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT * 3 // 2)
        row.addWidget(self.webcam_status)
        row.addWidget(self.indicator)
        row.addWidget(self.button)
        row.addWidget(self.more)
        menu = QMenu(self.more)
        self.original = menu.addAction(self.tr("Show the original"))
        self.original.setCheckable(True)
        self.original.setToolTip(
            self.tr("Sends your unstyled camera picture until this session ends.")
        )
        menu.setToolTipsVisible(True)
        menu.addAction(self.tr("System webcam…"), self.camera_help_asked.emit)
        self.original.triggered.connect(self._app_model.show_original)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _show(self, now: AppState) -> None:
        self.indicator.show_state(*_on_air_indicator(now))
        self._show_button(now.button)
        self.original.setChecked(now.original)
        self.original.setEnabled(now.running)
        self.webcam_status.setText(webcam_status_text(now.camera))
        self.webcam_status.setAccessibleName(webcam_status_text(now.camera))
        self.webcam_status.setToolTip(self.tr("How to select the camera in other programs"))

    def _show_button(self, offer: StartButton) -> None:
        texts = {
            StartButton.GO_LIVE: self.tr("Go live"),
            StartButton.STOP: self.tr("Stop"),
            StartButton.WAIT: self.tr("Stopping…"),
        }
        self.button.setText(texts[offer])
        self.button.setAccessibleName(texts[offer])
        self.button.setEnabled(offer is not StartButton.WAIT)
        kind = "live" if offer is StartButton.STOP else "primary"
        if self.button.property("type") != kind:
            self.button.setProperty("type", kind)
            self.button.style().unpolish(self.button)
            self.button.style().polish(self.button)


def _on_air_indicator(now: AppState) -> tuple[IndicatorShape, str]:
    """Shape and text: what the publisher sends matters more than what the session does."""
    if now.session is SessionState.LIVE or now.on_air is OnAir.ORIGINAL:
        return _SENT_SHAPES.get(now.on_air, IndicatorShape.RING), on_air_name(now.on_air)
    return _SHAPES.get(now.session, IndicatorShape.ARC), state_name(now.session)
