"""The stream in the middle: picture, words upon it, and the bar of messages above."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.events import Progress, SessionState
from engine.virtual_camera.protocol import OnAir
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.wording import progress_word, state_word
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.overlay import Notice, OverlayBadge
from gui.widgets.video_view import VideoView

SLOWEST_DISPLAY_HZ = 30.0
SAID_MS = 2500
"""How long words said in passing stay."""


class PreviewPane(QWidget):
    """Pulls the newest frames at display rate while it can be seen. Nothing queues."""

    full_screen_asked = Signal()

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self.view = VideoView()
        self.notice = Notice()
        self.tag = OverlayBadge()
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
        self._passing = ""
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(lambda: self.say(""))
        self.compare.toggled.connect(self._on_compare)
        self.full_screen.clicked.connect(self.full_screen_asked)
        self.view.double_clicked.connect(self.full_screen_asked)
        app_model.state_changed.connect(self._on_state)
        app_model.bridge.progressed.connect(self._on_progress)
        self._on_state(app_model.state)

    def say(self, words: str) -> None:
        """Tell in passing, upon the picture."""
        self._passing = words
        if words:
            self._said.start()
        self._show_tag()

    def peek(self, on: bool) -> None:
        """Show the input alone, while a key is held."""
        self.view.set_input_only(on)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        rate = max(SLOWEST_DISPLAY_HZ, self.screen().refreshRate())
        self._timer.start(round(1000 / rate))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_studio"):
            self._on_state(self._app_model.state)

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        tools.setSpacing(UNIT // 2)
        tools.addWidget(self.tag)
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

    def _pull(self) -> None:
        """Take what is new; both slots are always emptied, so that a compared pair fits."""
        given = self._app_model.bridge.newest_input()
        if given is not None:
            self.view.show_input(given.pixels)
        styled = self._app_model.take_output()
        if styled is not None:
            self.view.show_output(styled.pixels)

    def _on_compare(self, on: bool) -> None:
        self.view.set_comparing(on)

    def _on_state(self, now: AppState) -> None:
        self._show_tag()
        if now.session is SessionState.STARTING:
            self.view.show_output(None)
            self.view.show_input(None)
        self._tell(now)

    def _show_tag(self) -> None:
        """What is unusual on air goes before what is said in passing."""
        now = self._app_model.state
        lasting = self._tag_words(now)
        self.tag.show_words(lasting or self._passing, alarming=bool(lasting))

    def _tag_words(self, now: AppState) -> str:
        if now.panic and not now.panic_reached:
            return self.tr("Panic has NOT reached the camera")
        if now.panic:
            return self.tr("Panic: the placeholder is on air")
        if now.on_air is OnAir.ORIGINAL:
            return self.tr("The untouched camera picture is on air")
        if now.original and now.on_air is OnAir.UNKNOWN:
            return self.tr("The untouched camera picture may be on air")
        return ""

    def _tell(self, now: AppState) -> None:
        if now.session is SessionState.LIVE:
            self.notice.hide()
            self.view.set_dimmed(False)
            return
        self.view.set_dimmed(self.view.showing)
        title, detail = self._words(now.session)
        self.notice.show_progress(0, 0)
        self.notice.show_words(title, detail, on_picture=self.view.showing)

    def _words(self, state: SessionState) -> tuple[str, str]:
        details = {
            SessionState.OFF: self.tr("Other programs see the placeholder."),
            SessionState.STARTING: self.tr("Loading the model"),
            SessionState.WARMING_UP: self.tr("Gathering the first frames"),
            SessionState.PAUSED: self.tr("Nobody is watching; the model rests."),
            SessionState.RECOVERING: self.tr("The placeholder is out meanwhile."),
        }
        title = self.tr("Ready") if state is SessionState.OFF else state_word(state)
        return title, details.get(state, "")

    def _on_progress(self, progress: Progress) -> None:
        state = self._app_model.state.session
        if state in (SessionState.STARTING, SessionState.WARMING_UP):
            words = progress_word(progress.kind)
            self.notice.show_words(state_word(state), words, on_picture=self.view.showing)
            self.notice.show_progress(progress.done, progress.total)
