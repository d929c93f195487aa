"""The windows of the desktop to choose one from, listed in the background when asked for."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import EngineError
from engine.video.sources.desktop_window import list_windows
from engine.video.sources.x11 import WindowInfo, under_wayland
from gui.engine_link.background import Background
from gui.text.wording import error_text, remedy_text

logger = logging.getLogger(__name__)

WINDOW = "window:"
"""How a source that is a window begins."""
TITLE_PX = 400
"""How wide a title may be."""

WindowLister = Callable[[], Sequence[WindowInfo]]


class WindowMenu(QMenu):
    """Pops up once the list is there; `chosen` brings the source."""

    chosen = Signal(str)
    _found = Signal(object)
    _refused = Signal(object)

    def __init__(self, lister: WindowLister = list_windows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lister = lister
        self._background = Background("window list")
        self._position = QPoint()
        self._found.connect(self._show)
        self._refused.connect(self._show_why)

    def list_and_popup(self, place: QPoint) -> None:
        """List what there is, then pop up at this place of the screen."""
        self._position = place
        self._background.run(self._list)

    def _list(self) -> None:
        try:
            self._found.emit(tuple(self._lister()))
        except EngineError as error:
            self._refused.emit(error)
        except Exception:
            logger.exception("the windows could not be listed")
            self._found.emit(())

    def _show(self, windows: Sequence[WindowInfo]) -> None:
        self.clear()
        for source, title in entries(windows):
            words = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, TITLE_PX)
            action = self.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked, chosen=source: self.chosen.emit(chosen))
        if not windows:
            self._add_note(self.tr("No other window is open"))
        if under_wayland():
            self._add_note(self.tr("Under Wayland only windows of X11 programs can be filmed"))
        self.popup(self._position)

    def _show_why(self, error: EngineError) -> None:
        self.clear()
        self._add_note(error_text(error))
        self._add_note(remedy_text(error))
        self.popup(self._position)

    def _add_note(self, words: str) -> None:
        self.addAction(words).setEnabled(False)


def entries(windows: Sequence[WindowInfo]) -> list[tuple[str, str]]:
    """(source, title) of each, by title.

    The source is by title, which survives reopening; by number where two have the same.
    """
    often = Counter(window.title for window in windows)
    found = [
        (f"{WINDOW}{window.title if often[window.title] == 1 else window.number}", window.title)
        for window in windows
    ]
    return sorted(found, key=lambda entry: entry[1].casefold())
