"""The icon in the system tray: start, panic, styles, show, quit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from engine.paths import APP_NAME
from engine.virtual_camera.protocol import FRAMES_ON_AIR
from gui.paths import ICONS
from gui.state.app_model import AppModel
from gui.state.app_state import AppState, StartButton
from gui.state.preferences import Preferences
from gui.text.catalog_strings import in_users_language
from gui.text.wording import state_name


class Tray(QObject):
    """Offers what the window offers. On a system without a tray it stays invisible."""

    def __init__(
        self, app_model: AppModel, show: Callable[[], object], quit_: Callable[[], object]
    ) -> None:
        super().__init__()
        self._app_model = app_model
        self._idle_icon = QIcon(str(ICONS / "app.svg"))
        self._live_icon = QIcon(str(ICONS / "app-live.svg"))
        self._menu = QMenu()
        self.toggle = QAction(self._menu)
        self.panic = QAction(self._menu)
        self.panic.setCheckable(True)
        self._styles = QMenu(self._menu)
        available = QSystemTrayIcon.isSystemTrayAvailable()
        self._icon = QSystemTrayIcon(self._idle_icon, self) if available else None
        self._fill(show, quit_)
        self.toggle.triggered.connect(app_model.toggle)
        self.panic.triggered.connect(app_model.panic)
        app_model.state_changed.connect(self._on_state)
        app_model.preferences_changed.connect(self._on_preferences)
        self._on_state(app_model.state)
        self._on_preferences(app_model.preferences)
        if self._icon is not None:
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(lambda _reason: show())
            self._icon.show()

    @property
    def visible(self) -> bool:
        """Whether the system has a tray and the icon is in it."""
        return self._icon is not None and self._icon.isVisible()

    @property
    def menu(self) -> QMenu:
        """The menu that the icon opens."""
        return self._menu

    @property
    def style_names(self) -> list[str]:
        """The styles on offer."""
        return [action.data() for action in self._styles.actions()]

    def close(self) -> None:
        """Remove the icon for good."""
        if self._icon is not None:
            self._icon.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _fill(self, show: Callable[[], object], quit_: Callable[[], object]) -> None:
        menu = self._menu
        menu.addAction(self.toggle)
        menu.addAction(self.panic)
        self._styles.setTitle(self.tr("Style"))
        menu.addMenu(self._styles)
        menu.addSeparator()
        menu.addAction(self.tr("Show the window"), show)
        menu.addAction(self.tr("Quit"), quit_)

    def _on_state(self, now: AppState) -> None:
        offers = {
            StartButton.GO_LIVE: self.tr("Go live"),
            StartButton.STOP: self.tr("Stop"),
            StartButton.WAIT: self.tr("Stopping…"),
        }
        self.toggle.setText(offers[now.button])
        self.toggle.setEnabled(now.button is not StartButton.WAIT)
        self.panic.setText(self.tr("Release") if now.panic else self.tr("Panic"))
        self.panic.setChecked(now.panic)
        if self._icon is not None:
            self._icon.setIcon(self._live_icon if now.on_air in FRAMES_ON_AIR else self._idle_icon)
            self._icon.setToolTip(f"{APP_NAME}: {state_name(now.session)}")

    def _on_preferences(self, preferences: Preferences) -> None:
        names = [style.name for style in self._app_model.styles]
        if names != self.style_names:
            self._fill_styles()
        for action in self._styles.actions():
            action.setChecked(action.data() == preferences.live.style)

    def _fill_styles(self) -> None:
        self._styles.clear()
        group = QActionGroup(self._styles)
        for style in self._app_model.styles:
            action = self._styles.addAction(in_users_language(style.title))
            action.setData(style.name)
            action.setCheckable(True)
            action.triggered.connect(
                lambda _on, name=style.name: self._app_model.choose_style(name)
            )
            group.addAction(action)
