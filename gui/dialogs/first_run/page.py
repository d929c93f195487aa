"""What the pages share."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.base import paragraph
from gui.theme.theme import UNIT


def page_column(page: QWidget, title: str) -> QVBoxLayout:
    """The layout of a page, which begins with its title."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT * 3 // 2)
    column.addWidget(paragraph(title, "headline"))
    return column
