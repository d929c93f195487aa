"""The style wall with search, favourites, and a second style to blend in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.settings import Blend
from engine.store.styles import StyleEntry
from gui.catalogue_words import in_users_language
from gui.panes.pane import Pane
from gui.preferences import Preferences
from gui.studio import Studio
from gui.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.setting_slider import Scale, SettingSlider
from gui.widgets.style_wall import StyleWall

ONE_ROW = 13 * UNIT
"""Pixels that one row of the wall takes: the least that is seen of it."""


class StylesPane(Pane):
    """Shows the model's styles and picks one; favourites stand in front."""

    pictures_asked = Signal(bool)
    """The user wishes the cards to show himself, or the styles' own pictures again."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Styles"), parent)
        self._studio = studio
        self.search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the styles"))
        self.stars = IconButton("star", self.tr("Favourites only"), checkable=True)
        self.portrait = IconButton(
            "person", self.tr("Show the styles on my own picture"), checkable=True
        )
        self.wall = StyleWall()
        self._none = QLabel(self.tr("No style matches."))
        self.blend = BlendRow()
        self._arrange()
        self._connect()
        self._show_preferences(studio.preferences)

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_pictures(self, pictures: Mapping[str, QPixmap], *, wanted: bool) -> None:
        """Show the user's own pictures where there are any; wanted: some are to come, at least."""
        self.wall.show_pictures(pictures)
        self.portrait.setChecked(wanted)
        self.portrait.set_name(
            self.tr("Back to the styles' own pictures")
            if wanted
            else self.tr("Show the styles on my own picture")
        )

    def _arrange(self) -> None:
        self.search.setMaximumWidth(18 * UNIT)
        for widget in (self.search, self.stars, self.portrait):
            self.header.addWidget(widget)
        self._none.setProperty("type", "quiet")
        self._none.hide()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.wall)
        scroll.setMinimumHeight(ONE_ROW)
        # what is left: opened controls have their rows first
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(self._none)
        self.body.addWidget(scroll, stretch=1)
        self.body.addWidget(self.blend)

    def _connect(self) -> None:
        studio = self._studio
        self.search.textChanged.connect(self._filter)
        self.stars.toggled.connect(self._filter)
        self.portrait.clicked.connect(self.pictures_asked)
        self.wall.chosen.connect(studio.choose_style)
        self.wall.starred.connect(studio.set_favourite)
        self.blend.edited.connect(self._set_blend)
        studio.preferences_changed.connect(self._show_preferences)

    def _show_preferences(self, wish: Preferences) -> None:
        styles = self._studio.styles
        self.wall.show_styles(styles)
        self.wall.show_keys()
        self.wall.show_stars(wish.favourites)
        self.wall.choose(wish.live.style)
        self.blend.show_blend(styles, wish.live.style, wish.live.blend)
        self._filter()

    def _filter(self) -> None:
        stars = self._studio.preferences.favourites if self.stars.isChecked() else None
        self._none.setVisible(self.wall.filter(self.search.text(), stars) == 0)

    def _set_blend(self, blend: Blend | None) -> None:
        self._studio.set_live(replace(self._studio.preferences.live, blend=blend))


class BlendRow(QWidget):
    """A second style, and once there is one, its share."""

    edited = Signal(object)
    """A Blend, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.second = QComboBox()
        self.second.setAccessibleName(self.tr("Blend with another style"))
        self.second.setToolTip(self.tr("Mixes a second style in. It does not change the delay."))
        self.share = SettingSlider(
            self.tr("Share"),
            Scale(0.0, 1.0, 0.5),
            self.tr(
                "How much of the second style is seen: 0 none, 1 nothing else. "
                "It does not change the delay."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.second)
        column.addWidget(self.share)
        self.second.activated.connect(self._announce)
        self.share.edited.connect(self._announce)

    def show_blend(self, styles: tuple[StyleEntry, ...], first: str, blend: Blend | None) -> None:
        """Show what there is and what is chosen, silently."""
        wanted = [("", self.tr("No blend"))] + [
            (style.name, self.tr("Blend with {0}").format(in_users_language(style.title)))
            for style in styles
            if style.name != first
        ]
        if wanted != self._shown():
            self.second.clear()
            for name, words in wanted:
                self.second.addItem(words, name)
        chosen = self.second.findData(blend.style if blend else "")
        self.second.setCurrentIndex(max(0, chosen))
        self.share.setVisible(blend is not None)
        if blend is not None:
            self.share.set_value(blend.weight)

    def _shown(self) -> list[tuple[str, str]]:
        indices = range(self.second.count())
        return [(self.second.itemData(i), self.second.itemText(i)) for i in indices]

    def _announce(self) -> None:
        name = self.second.currentData()
        self.edited.emit(Blend(name, self.share.value()) if name else None)
