"""Steps through the cues, each with its fade."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.control.status import CueStatus
from engine.errors import EngineError, SettingError
from engine.settings import BUILT_IN, LiveSettings
from gui.state.app_model import AppModel
from gui.state.cues import Cue, CueList, CueStore, between, read_cues, write_cues
from gui.state.preferences import Preferences

logger = logging.getLogger(__name__)

STEP_MS = 400
"""Between two steps of a fade: about what the engine needs to fade from one to the next."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Fade:
    """A fade under way. began: by the player's clock."""

    before: LiveSettings
    cue: Cue
    began: float

    def share(self, now: float) -> float:
        return min((now - self.began) / self.cue.fade_s, 1.0)


class CuePlayer(QObject):
    """Holds the list and the place in it. `changed` fires for both, and for fades."""

    changed = Signal()

    def __init__(
        self,
        app_model: AppModel,
        store: CueStore,
        parent: QObject | None = None,
        *,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._app_model, self._store, self._clock = app_model, store, clock
        self._list = store.load()
        self._position = 0
        self._fade: _Fade | None = None
        self._set: LiveSettings | None = None
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self.advance)
        app_model.preferences_changed.connect(self._on_preferences)

    @property
    def cues(self) -> CueList:
        """The list."""
        return self._list

    @property
    def status(self) -> CueStatus:
        """The names, the cue reached last, and whether it is being faded to."""
        names = tuple(cue.name for cue in self._list.cues)
        return CueStatus(names, self._position, self._fade is not None)

    def go_to(self, number: int) -> None:
        """Fade to a cue; number: from 1. Raises SettingError."""
        if not 1 <= number <= len(self._list.cues):
            raise SettingError(
                "There is no cue {number}.",
                "There are {count} cues in the list.",
                number=number,
                count=len(self._list.cues),
            )
        cue = self._list.cues[number - 1]
        app_model = self._app_model
        live, removed = app_model.catalog.usable(cue.model, cue.live)
        cue = replace(cue, live=live)
        self._end_fade()
        self._position = number
        before = app_model.preferences.live
        if cue.fade_s > 0 and self._can_fade(cue):
            self._fade = _Fade(before, cue, self._clock())
            self._timer.start()
            self.advance()
        else:
            app_model.apply(cue.model, cue.live)
            self.changed.emit()
        if removed is not None:
            app_model.report(removed)

    def step(self, by: int) -> None:
        """Fade to the next cue or, with -1, to the one before. Raises SettingError."""
        self.go_to(self._position + by)

    def advance(self) -> None:
        """Set what is due in the fade; the last step sets the cue itself."""
        fade = self._fade
        if fade is None:
            return
        share = fade.share(self._clock())
        last = share >= 1
        self._set = fade.cue.live if last else between(fade.before, fade.cue.live, share)
        self._app_model.set_live(self._set)
        if last:
            self._end_fade()
        self.changed.emit()

    def edit(self, cues: CueList, position: int | None = None) -> None:
        """Use another list, and keep it; position: of the cue reached last, where it has moved."""
        self._end_fade()
        self._list = cues
        self._position = min(self._position if position is None else position, len(cues.cues))
        try:
            self._store.save(cues)
        except EngineError as error:
            self._app_model.report(error)
        self.changed.emit()

    def add(self, name: str, fade_s: float) -> None:
        """Add what is set now as a cue at the end. Raises SettingError."""
        now = self._app_model.preferences
        self.edit(self._list.added(Cue(name, now.build.model, now.live, fade_s)))

    def open(self, path: Path) -> None:
        """Use the list in a file. Raises SettingError."""
        self.edit(read_cues(path), 0)

    def save_as(self, path: Path) -> None:
        """Write the list to a file. Raises SettingError."""
        write_cues(path, self._list)

    def _can_fade(self, cue: Cue) -> bool:
        """Whether the two can be mixed: of the same model, and one that blends styles."""
        return cue.model == self._app_model.preferences.build.model == BUILT_IN

    def _end_fade(self) -> None:
        self._timer.stop()
        self._fade = self._set = None

    def _on_preferences(self, preferences: Preferences) -> None:
        """Whoever changes a setting during a fade takes over."""
        if self._fade is not None and preferences.live != self._set:
            self._end_fade()
            self.changed.emit()
