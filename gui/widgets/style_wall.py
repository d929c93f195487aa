"""A wall of style cards of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QButtonGroup, QWidget

from engine.model_store.styles import StyleEntry
from gui.text.catalog_strings import in_users_language
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.style_card import SMALLEST, StyleCard

NUMBER_KEYS = 9


class StyleWall(QWidget):
    """Shows styles in the order given; `chosen` and `starred` fire for the user's clicks only.

    min_width: of a card, in device-independent pixels.
    """

    chosen = Signal(str)
    starred = Signal(str, bool)

    def __init__(self, *, min_width: int = SMALLEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._min_width = min_width
        self._cards: dict[str, StyleCard] = {}
        self._order: list[str] = []
        self._thumbnails: dict[str, Path | None] = {}
        self._pictures: dict[str, QPixmap] = {}
        self._group = QButtonGroup(self)
        self._grid = FlowLayout(self)

    @property
    def cards(self) -> list[StyleCard]:
        """The cards, in the order shown."""
        return [self._cards[name] for name in self._order]

    def show_styles(self, styles: Sequence[StyleEntry]) -> None:
        """Show these styles, keeping the cards that are already there."""
        order = [style.name for style in styles]
        if order == self._order:
            return
        for name in set(self._cards) - set(order):
            self._group.removeButton(self._cards[name])
            self._cards.pop(name).deleteLater()
        for style in styles:
            if style.name not in self._cards:
                self._cards[style.name] = self._make_card(style)
        self._order = order
        self._fill_grid()

    def choose(self, name: str) -> None:
        """Show this one as chosen, silently."""
        if name in self._cards:
            self._cards[name].setChecked(True)

    def show_favourites(self, names: Sequence[str]) -> None:
        """Show these as favourites, silently."""
        for name, card in self._cards.items():
            card.set_favourite(name in names)

    def show_keys(self) -> None:
        """Show the number keys of the first nine."""
        for index, card in enumerate(self.cards):
            card.set_key(str(index + 1) if index < NUMBER_KEYS else "")

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show these pictures; a style without one shows its thumbnail."""
        before, self._pictures = self._pictures, dict(pictures)
        for name, card in self._cards.items():
            if self._pictures.get(name) is not before.get(name):
                card.set_picture(self._picture_of(name))

    def filter(self, text: str, among: Sequence[str] | None) -> int:
        """Show those whose title contains `text` and that are in `among`; returns how many."""
        shown = 0
        for name, card in self._cards.items():
            fits = text.casefold() in card.text().casefold()
            fits = fits and (among is None or name in among)
            card.setVisible(fits)
            shown += fits
        self._grid.invalidate()
        return shown

    def _make_card(self, style: StyleEntry) -> StyleCard:
        card = StyleCard(
            style.name,
            in_users_language(style.title),
            in_users_language(style.description),
            recognisable=style.recognisable,
            min_width=self._min_width,
            parent=self,
        )
        self._thumbnails[style.name] = style.thumbnail
        card.set_picture(self._picture_of(style.name))
        self._group.addButton(card)
        card.clicked.connect(lambda: self.chosen.emit(style.name))
        card.starred.connect(lambda on: self.starred.emit(style.name, on))
        return card

    def _picture_of(self, name: str) -> QPixmap:
        """Null where there is none."""
        thumbnail = self._thumbnails[name]
        return self._pictures.get(name) or QPixmap("" if thumbnail is None else str(thumbnail))

    def _fill_grid(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for card in self.cards:
            self._grid.addWidget(card)
            card.show()
        for before, after in pairwise(self.cards):
            QWidget.setTabOrder(before, after)
