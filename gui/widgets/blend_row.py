"""A second style and how much of it is mixed in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QVBoxLayout,
    QWidget,
)

from engine.model_store.styles import StyleEntry
from engine.settings import Blend
from gui.text.catalog_strings import in_users_language
from gui.theme.theme import UNIT
from gui.widgets.setting_slider import Scale, SettingSlider


class BlendRow(QWidget):
    """A second style, and once one is chosen, its amount."""

    edited = Signal(object)
    """A Blend, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.second = QComboBox()
        self.second.setAccessibleName(self.tr("Blend with another style"))
        self.second.setToolTip(self.tr("Mixes in a second style. Does not affect the delay."))
        self.amount = SettingSlider(
            self.tr("Amount"),
            Scale(0.0, 1.0, 0.5),
            self.tr(
                "How much of the second style shows: 0 is none of it, 1 is that style alone. "
                "Does not affect the delay."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.second)
        column.addWidget(self.amount)
        self.second.activated.connect(self._announce)
        self.amount.edited.connect(self._announce)

    def show_blend(self, styles: tuple[StyleEntry, ...], first: str, blend: Blend | None) -> None:
        """Show the styles on offer and the chosen blend, silently."""
        entries = [("", self.tr("No blend"))] + [
            (style.name, self.tr("Blend with {0}").format(in_users_language(style.title)))
            for style in styles
            if style.name != first
        ]
        if entries != self._shown():
            self.second.clear()
            for name, text in entries:
                self.second.addItem(text, name)
        chosen = self.second.findData(blend.style if blend else "")
        self.second.setCurrentIndex(max(0, chosen))
        self.amount.setVisible(blend is not None)
        if blend is not None:
            self.amount.set_value(blend.weight)

    def _shown(self) -> list[tuple[str, str]]:
        indices = range(self.second.count())
        return [(self.second.itemData(i), self.second.itemText(i)) for i in indices]

    def _announce(self) -> None:
        name = self.second.currentData()
        self.edited.emit(Blend(name, self.amount.value()) if name else None)
