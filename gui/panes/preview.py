"""The stream in the middle: the picture and the texts upon it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.events import Progress, ProgressKind, SessionState
from engine.virtual_camera.protocol import OnAir
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.wording import progress_word, state_name
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.overlay import Notice, OverlayBadge
from gui.widgets.video_view import VideoView

SLOWEST_DISPLAY_HZ = 30.0
BRIEF_MS = 2500
"""How long a passing text stays."""


class PreviewPane(QWidget):
    """Takes the newest frames at display rate while it is visible. Nothing queues."""

    full_screen_asked = Signal()

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self.view = VideoView()
        self.notice = Notice()
        self.badge = OverlayBadge()
        self.compare = IconButton(
            "compare",
            self.tr("Compare with the camera picture"),
            checkable=True,
            upon_picture=True,
        )
        self.full_screen = IconButton("full-screen", self.tr("Full screen"), upon_picture=True)
        self._arrange()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._pull)
        self._session = app_model.state.session
        self._progress: Progress | None = None
        self._brief_text = ""
        self._brief_timer = QTimer(self, interval=BRIEF_MS, singleShot=True)
        self._brief_timer.timeout.connect(lambda: self.show_briefly(""))
        self.compare.toggled.connect(self._on_compare)
        self.full_screen.clicked.connect(self.full_screen_asked)
        self.view.double_clicked.connect(self.full_screen_asked)
        app_model.state_changed.connect(self._on_state)
        app_model.preferences_changed.connect(self._update_badge)
        app_model.bridge.progressed.connect(self._on_progress)
        self._on_state(app_model.state)

    def show_briefly(self, text: str) -> None:
        """Show a text upon the picture for a moment."""
        self._brief_text = text
        if text:
            self._brief_timer.start()
        self._update_badge()

    def peek(self, on: bool) -> None:
        """Show the input alone, while a key is held."""
        self.view.set_input_only(on)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ScreenChangeInternal and self._timer.isActive():
            self._start_timer()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_notice()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        tools.setSpacing(UNIT // 2)
        tools.addWidget(self.badge)
        tools.addStretch(1)
        tools.addWidget(self.compare)
        tools.addWidget(self.full_screen)
        upon = QVBoxLayout(self.view)
        upon.setContentsMargins(0, 0, 0, 0)
        upon.addLayout(tools)
        upon.addStretch(1)
        upon.addWidget(self.notice)
        upon.addStretch(1)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def _start_timer(self) -> None:
        """Look for new frames as often as the display can show them, and no more often."""
        rate = max(SLOWEST_DISPLAY_HZ, self.screen().refreshRate())
        self._timer.start(math.ceil(1000 / rate))

    def _pull(self) -> None:
        """Take what is new; both slots are emptied, so that a compared pair belongs together."""
        original = self._app_model.bridge.newest_input()
        if original is not None:
            self.view.show_input(original.pixels)
        styled = self._app_model.take_output()
        if styled is not None:
            self.view.show_output(styled.pixels)

    def _on_compare(self, on: bool) -> None:
        self.view.set_comparing(on)

    def _on_state(self, now: AppState) -> None:
        self._update_badge()
        if now.session is not self._session:
            self._session, self._progress = now.session, None
        if now.session is SessionState.STARTING:
            self.view.show_output(None)
            self.view.show_input(None)
        self._update_notice()

    def _update_badge(self) -> None:
        """A warning about what is on air goes before a passing text."""
        now = self._app_model.state
        lasting = self._warning_text(now)
        self.badge.show_text(lasting or self._brief_text, alarming=bool(lasting))

    def _warning_text(self, now: AppState) -> str:
        if now.panic and not now.panic_reached:
            return self.tr("Panic has NOT reached the camera")
        if now.panic:
            return self.tr("Panic: the placeholder is on air")
        if now.on_air is OnAir.ORIGINAL and now.recording:
            return self.tr("Your unstyled camera picture is on air; the recording is paused")
        if now.on_air is OnAir.ORIGINAL:
            return self.tr("Your unstyled camera picture is on air")
        if now.original and now.on_air is OnAir.UNKNOWN:
            return self.tr("Your unstyled camera picture may be on air")
        return self._unstyled_text() if now.running else ""

    def _unstyled_text(self) -> str:
        """What of the picture is unstyled by the user's own choice."""
        composition = self._app_model.preferences.composition
        if composition.raw_person:
            return self.tr("You are shown unstyled")
        return self.tr("Your room is shown unstyled") if composition.raw_room else ""

    def _update_notice(self) -> None:
        if self._session is SessionState.LIVE:
            self.notice.hide()
            self.view.set_dimmed(False)
            return
        self.view.set_dimmed(self.view.has_output)
        title = state_name(self._session)
        if self._session is SessionState.OFF:
            title = self.tr("Ready")
        progress = self._progress
        self.notice.show_progress(*((progress.done, progress.total) if progress else (0, 0)))
        self.notice.show_text(title, self._notice_detail(), on_picture=self.view.has_output)

    def _notice_detail(self) -> str:
        if self._progress is not None:
            return progress_word(self._progress.kind)
        return {
            SessionState.OFF: self.tr("Other programs see the placeholder."),
            SessionState.STARTING: progress_word(
                ProgressKind.CONNECTING
                if self._app_model.preferences.build.engine
                else ProgressKind.LOADING_MODEL
            ),
            SessionState.WARMING_UP: progress_word(ProgressKind.WARMING_UP),
            SessionState.PAUSED: self.tr("No program is using the camera; the model is paused."),
            SessionState.RECOVERING: self.tr("The placeholder is shown meanwhile."),
        }.get(self._session, "")

    def _on_progress(self, progress: Progress) -> None:
        if self._session in (SessionState.STARTING, SessionState.WARMING_UP):
            self._progress = progress
            self._update_notice()
