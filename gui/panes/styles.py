"""The style wall: one card for each style, search, favourites, and a second style to blend in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.settings import Blend
from engine.store.styles import StyleEntry
from gui.panes.pane import Pane
from gui.preferences import Preferences
from gui.studio import Studio
from gui.theme import UNIT
from gui.widgets.flow_grid import FlowGrid
from gui.widgets.icon_button import IconButton
from gui.widgets.setting_slider import Scale, SettingSlider
from gui.widgets.style_card import StyleCard
from gui.wording import style_effect, style_title

NUMBER_KEYS = 9


class StylesPane(Pane):
    """Shows the model's styles and picks one; a favourite stands in front."""

    pictures_asked = Signal()
    """The user wishes the cards to show himself."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Styles"), parent)
        self._studio = studio
        self._model = ""
        self._cards: dict[str, StyleCard] = {}
        self._group = QButtonGroup(self)
        self._pictures: dict[str, QPixmap] = {}
        self._search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self._search.setAccessibleName(self.tr("Search the styles"))
        self._stars = IconButton("star", self.tr("Favourites only"), checkable=True)
        self._portrait = IconButton("person", self.tr("Show the styles on my own picture"))
        self._wall = QWidget()
        self._grid = FlowGrid(self._wall)
        self._none = QLabel(self.tr("No style matches."))
        self._blend = BlendRow()
        self._arrange()
        self._search.textChanged.connect(self._filter)
        self._stars.toggled.connect(self._filter)
        self._portrait.clicked.connect(self.pictures_asked)
        self._blend.edited.connect(self._set_blend)
        studio.preferences_changed.connect(self._show_preferences)
        self._show_preferences(studio.preferences)

    @property
    def cards(self) -> list[StyleCard]:
        """The cards in the order of the wall."""
        return [self._cards[style.name] for style in self._studio.styles]

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_picture(self, style: str, picture: QPixmap) -> None:
        """Show another picture for a style."""
        self._pictures[style] = picture
        if style in self._cards:
            self._cards[style].set_picture(picture)

    def _arrange(self) -> None:
        self._search.setMaximumWidth(18 * UNIT)
        for widget in (self._search, self._stars, self._portrait):
            self.header.addWidget(widget)
        self._none.setProperty("type", "quiet")
        self._none.hide()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._wall)
        self.body.addWidget(scroll, stretch=1)
        self.body.addWidget(self._none)
        self.body.addWidget(self._blend)

    def _show_preferences(self, wish: Preferences) -> None:
        if wish.build.model != self._model:
            self._model = wish.build.model
            self._build_cards()
        order = self.cards
        if order != [self._grid.itemAt(i).widget() for i in range(self._grid.count())]:  # type: ignore[union-attr]
            self._lay_out(order)
        for index, card in enumerate(order):
            card.set_star(card.name in wish.favourites)
            card.set_key(str(index + 1) if index < NUMBER_KEYS else "")
            card.setChecked(card.name == wish.live.style)
        self._blend.show_blend(self._studio.styles, wish.live.style, wish.live.blend)
        self._filter()

    def _build_cards(self) -> None:
        for card in self._cards.values():
            self._group.removeButton(card)
            card.deleteLater()
        self._cards = {style.name: self._card(style) for style in self._studio.styles}

    def _card(self, style: StyleEntry) -> StyleCard:
        card = StyleCard(style.name, style_title(style.title), style_effect(style), self._wall)
        picture = self._pictures.get(style.name)
        if picture is None and style.thumbnail is not None:
            picture = QPixmap(str(style.thumbnail))
        if picture is not None and not picture.isNull():
            card.set_picture(picture)
        self._group.addButton(card)
        card.clicked.connect(partial(self._studio.choose_style, style.name))
        card.starred.connect(partial(self._studio.set_favourite, style.name))
        return card

    def _lay_out(self, order: list[StyleCard]) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for card in order:
            self._grid.addWidget(card)
            card.show()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _filter(self) -> None:
        words = self._search.text().casefold()
        stars = self._studio.preferences.favourites
        shown = 0
        for card in self._cards.values():
            fits = words in card.text().casefold() and (
                not self._stars.isChecked() or card.name in stars
            )
            card.setVisible(fits)
            shown += fits
        self._none.setVisible(shown == 0)
        self._grid.invalidate()

    def _set_blend(self, blend: Blend | None) -> None:
        self._studio.set_live(replace(self._studio.preferences.live, blend=blend))


class BlendRow(QWidget):
    """A second style and its weight."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Blend with another style"))
        self._choice.setToolTip(self.tr("Mixes a second style in. It does not change the delay."))
        self._weight = SettingSlider(
            self.tr("Share"),
            Scale(0.0, 1.0, 0.5),
            self.tr("How much of the second style is seen: 0 none, 1 nothing else."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._choice)
        column.addWidget(self._weight)
        self._choice.activated.connect(self._announce)
        self._weight.edited.connect(self._announce)

    def show_blend(self, styles: tuple[StyleEntry, ...], first: str, blend: Blend | None) -> None:
        """Show what there is and what is chosen, silently."""
        others = [style for style in styles if style.name != first]
        self._choice.clear()
        self._choice.addItem(self.tr("No blend"), "")
        for style in others:
            words = self.tr("Blend with {0}").format(style_title(style.title))
            self._choice.addItem(words, style.name)
        self._choice.setCurrentIndex(max(0, self._choice.findData(blend.style if blend else "")))
        self._weight.setVisible(blend is not None)
        if blend is not None:
            self._weight.set_value(blend.weight)

    def _announce(self) -> None:
        second = self._choice.currentData()
        self.edited.emit(Blend(second, self._weight.value()) if second else None)
