"""What the pages of the settings are made of: a form, and pickers of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from gui.theme.theme import UNIT

T = TypeVar("T")


def make_picker(name: str, texts: Mapping[T, str], chosen: T) -> QComboBox:
    """A picker of values, each shown as its text; name: for screen readers."""
    picker = QComboBox()
    picker.setAccessibleName(name)
    fill_picker(picker, texts, chosen)
    return picker


def fill_picker(picker: QComboBox, texts: Mapping[T, str], chosen: T) -> None:
    """Offer these values instead of the former ones, silently."""
    picker.clear()
    for value, text in texts.items():
        picker.addItem(text, value)
    values = list(texts)
    picker.setCurrentIndex(values.index(chosen) if chosen in values else 0)


def form_of(page: QWidget) -> QFormLayout:
    """A form with labels on the left."""
    form = QFormLayout(page)
    form.setContentsMargins(0, 2 * UNIT, 0, 0)
    form.setHorizontalSpacing(3 * UNIT)
    form.setVerticalSpacing(UNIT * 3 // 2)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def captioned(field: QWidget, caption: QLabel) -> QWidget:
    """A field with a caption close below, which may be hidden."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT // 2)
    column.addWidget(field)
    column.addWidget(caption)
    return both
