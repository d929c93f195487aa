"""Lays out cards in as many columns as fit, and lets them grow to fill the width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme.theme import UNIT


class FlowLayout(QLayout):
    """Rows of equal cards, from the left; hidden ones take no space.

    A card's size hint is its minimum size; its height follows from its width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(UNIT)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = self._shown()
        if not shown:
            return 0
        columns = self._columns(width, shown)
        rows = -(-len(shown) // columns)
        return rows * (self._card(width, columns, shown).height() + self.spacing()) - self.spacing()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return shown[0].sizeHint() if shown else QSize(0, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        shown = self._shown()
        if not shown:
            return
        columns = self._columns(rect.width(), shown)
        size = self._card(rect.width(), columns, shown)
        for index, item in enumerate(shown):
            position = QPoint(
                rect.x() + (index % columns) * (size.width() + self.spacing()),
                rect.y() + (index // columns) * (size.height() + self.spacing()),
            )
            item.setGeometry(QRect(position, size))

    def _shown(self) -> Sequence[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _card(self, width: int, columns: int, shown: Sequence[QLayoutItem]) -> QSize:
        grown = (width - self.spacing() * (columns - 1)) // columns
        return QSize(grown, shown[0].heightForWidth(grown))

    def _columns(self, width: int, shown: Sequence[QLayoutItem]) -> int:
        card = shown[0].sizeHint().width() + self.spacing()
        return max(1, (width + self.spacing()) // card)
