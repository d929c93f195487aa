"""The chosen theme and language, applied to the whole application."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.state.app_model import AppModel
from gui.state.preferences import Preferences, ThemeChoice
from gui.text.languages import Languages
from gui.theme.theme import apply_theme

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
}


class Appearance(QObject):
    """Follows the preferences, and the system's theme where that is the choice."""

    language_changed = Signal()
    """Texts made from now on are in the new language; those on show are still in the former."""

    def __init__(
        self, qt: QApplication, app_model: AppModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._qt, self._app_model = qt, app_model
        self._languages = Languages(qt)
        self._applied = app_model.preferences
        self._languages.use(self._applied.language)
        self._apply_theme()
        app_model.preferences_changed.connect(self._on_preferences)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _on_preferences(self, preferences: Preferences) -> None:
        before, self._applied = self._applied, preferences
        if preferences.theme != before.theme:
            self._apply_theme()
        if preferences.language != before.language:
            QTimer.singleShot(0, self._change_language)  # the click that chose it comes first

    def _change_language(self) -> None:
        self._languages.use(self._applied.language)
        self.language_changed.emit()

    def _apply_theme(self) -> None:
        apply_theme(self._qt, _SCHEMES[self._applied.theme])

    def _follow_system(self) -> None:
        if self._applied.theme is ThemeChoice.SYSTEM:
            self._apply_theme()
