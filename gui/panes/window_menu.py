"""The menu of the desktop's windows, listed in the background each time it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import EngineError
from engine.video.sources.desktop_window import list_windows
from engine.video.sources.x11 import WindowInfo, under_wayland
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.text.wording import error_text, remedy_text

WINDOW = "window:"
"""How a source that is a window begins."""
TITLE_PX = 400
"""The widest that a title is shown."""

WindowLister = Callable[[], Sequence[WindowInfo]]


class WindowMenu(QMenu):
    """Pops up once the list is there; `chosen` brings the source."""

    chosen = Signal(str)

    def __init__(self, lister: WindowLister = list_windows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lister = lister
        self._task = Task(Background("window list"), self)
        self._position = QPoint()
        self._task.done.connect(self._show)
        self._task.failed.connect(self._on_failed)

    def list_and_popup(self, position: QPoint) -> None:
        """List the windows, then pop up at this position of the screen."""
        self._position = position
        self._task.run(lambda: tuple(self._lister()))

    def _show(self, windows: Sequence[WindowInfo]) -> None:
        self.clear()
        for source, title in entries(windows):
            text = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, TITLE_PX)
            action = self.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked, chosen=source: self.chosen.emit(chosen))
        if not windows:
            self._add_note(self.tr("No other window is open"))
        if under_wayland():
            self._add_note(self.tr("On Wayland, only windows of X11 programs can be captured"))
        self.popup(self._position)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, EngineError):
            self._show(())
            return
        self.clear()
        self._add_note(error_text(error))
        self._add_note(remedy_text(error))
        self.popup(self._position)

    def _add_note(self, text: str) -> None:
        self.addAction(text).setEnabled(False)


def entries(windows: Sequence[WindowInfo]) -> list[tuple[str, str]]:
    """(source, title) of each, by title.

    The source is by title, which survives reopening; by number where two share a title.
    """
    count = Counter(window.title for window in windows)
    found = [
        (f"{WINDOW}{window.title if count[window.title] == 1 else window.number}", window.title)
        for window in windows
    ]
    return sorted(found, key=lambda entry: entry[1].casefold())
