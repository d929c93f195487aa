"""The style wall with search, favourites, and a second style to blend in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from engine.settings import Blend
from gui.panes.panel import Panel
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.theme.theme import UNIT
from gui.widgets.blend_row import BlendRow
from gui.widgets.icon_button import IconButton
from gui.widgets.style_wall import StyleWall

ONE_ROW = 13 * UNIT
"""Height of one row of the wall in pixels: the least that is visible of it."""


class StylesPane(Panel):
    """Shows the model's styles and lets the user choose one; favourites come first."""

    own_pictures_toggled = Signal(bool)
    """The user wants to see their own picture on the cards, or the styles' pictures again."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Styles"), parent)
        self._app_model = app_model
        self.search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the styles"))
        self.favourites_only = IconButton("star", self.tr("Favourites only"), checkable=True)
        self.own_pictures = IconButton(
            "person", self.tr("Show the styles on my own picture"), checkable=True
        )
        self.wall = StyleWall()
        self._none = QLabel(self.tr("No style matches."))
        self.blend = BlendRow()
        self._arrange()
        self._connect()
        self._show_preferences(app_model.preferences)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_pictures(self, pictures: Mapping[str, QPixmap], *, wanted: bool) -> None:
        """Show the user's own pictures, where there are any; wanted: some are being made."""
        self.wall.show_pictures(pictures)
        self.own_pictures.setChecked(wanted)
        self.own_pictures.set_name(
            self.tr("Back to the styles' own pictures")
            if wanted
            else self.tr("Show the styles on my own picture")
        )

    def _arrange(self) -> None:
        self.search.setMaximumWidth(18 * UNIT)
        for widget in (self.search, self.favourites_only, self.own_pictures):
            self.header.addWidget(widget)
        self._none.setProperty("type", "quiet")
        self._none.hide()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.wall)
        scroll.setMinimumHeight(ONE_ROW)
        # the space that is left: opened controls come first
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(self._none)
        self.body.addWidget(scroll, stretch=1)
        self.body.addWidget(self.blend)

    def _connect(self) -> None:
        app_model = self._app_model
        self.search.textChanged.connect(self._filter)
        self.favourites_only.toggled.connect(self._filter)
        self.own_pictures.clicked.connect(self.own_pictures_toggled)
        self.wall.chosen.connect(app_model.choose_style)
        self.wall.starred.connect(app_model.set_favourite)
        self.blend.edited.connect(self._set_blend)
        app_model.preferences_changed.connect(self._show_preferences)

    def _show_preferences(self, preferences: Preferences) -> None:
        styles = self._app_model.styles
        self.wall.show_styles(styles)
        self.wall.show_keys()
        self.wall.show_favourites(preferences.favourites)
        self.wall.choose(preferences.live.style)
        self.blend.show_blend(styles, preferences.live.style, preferences.live.blend)
        self._filter()

    def _filter(self) -> None:
        among = self._app_model.preferences.favourites if self.favourites_only.isChecked() else None
        self._none.setVisible(self.wall.filter(self.search.text(), among) == 0)

    def _set_blend(self, blend: Blend | None) -> None:
        self._app_model.set_live(replace(self._app_model.preferences.live, blend=blend))
