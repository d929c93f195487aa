"""What the pages of the settings are made of: a form, and pickers of values by their words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from gui.theme.theme import UNIT

T = TypeVar("T")


def make_picker(name: str, words: dict[T, str], chosen: T) -> QComboBox:
    """A picker of values by their words."""
    picker = QComboBox()
    picker.setAccessibleName(name)
    for value, text in words.items():
        picker.addItem(text, value)
    values = list(words)
    picker.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    return picker


def form_of(page: QWidget) -> QFormLayout:
    """A roomy form with labels on the left."""
    form = QFormLayout(page)
    form.setContentsMargins(0, 2 * UNIT, 0, 0)
    form.setHorizontalSpacing(3 * UNIT)
    form.setVerticalSpacing(UNIT * 3 // 2)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def captioned(field: QWidget, caption: QLabel) -> QWidget:
    """A field with small words close below, which may come and go."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT // 2)
    column.addWidget(field)
    column.addWidget(caption)
    return both
