"""Who is styled, and what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.errors import SettingError
from engine.imaging import check_picture
from engine.settings import Behind, Composition, Styled
from gui.panes.choice_box import ChoiceBox
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.theme.theme import UNIT

Kind = TypeVar("Kind", Styled, Behind)


class ChoiceRow(QWidget):
    """A labelled list. `edited` fires for the user's own choices only, also of what is chosen."""

    edited = Signal(object)
    """The value of an entry."""

    def __init__(
        self,
        label: str,
        effect: str,
        entries: Sequence[tuple[Kind, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = QLabel(label)
        self.choice = ChoiceBox()
        self.choice.setMinimumContentsLength(8)  # the list itself shows entries in full
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setAccessibleName(label)
        self.choice.setAccessibleDescription(effect)
        self._label.setBuddy(self.choice)
        for widget in (self, self._label, self.choice):
            widget.setToolTip(effect)
        self._values: list[object] = [value for value, _ in entries]
        self.choice.addItems([title for _, title in entries])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._label)
        row.addWidget(self.choice, stretch=1)
        self.choice.activated.connect(lambda index: self.edited.emit(self._values[index]))

    def show_value(self, value: object) -> None:
        """Show this entry, silently."""
        self.choice.setCurrentIndex(self._values.index(value))

    def label_width(self) -> int:
        """The width that the label needs, in pixels."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Align with the sliders."""
        self._label.setFixedWidth(width)


class CompositionControls(QWidget):
    """Shows the composition and changes it; it takes effect with the next frame."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self.styled = ChoiceRow(
            self.tr("Who is styled"),
            self.tr("The rest is shown as the camera sees it, until you change it."),
            [
                (Styled.EVERYTHING, self.tr("Everything")),
                (Styled.PERSON, self.tr("Only you")),
                (Styled.ROOM, self.tr("Only the room")),
            ],
        )
        self.behind = ChoiceRow(
            self.tr("Behind you"),
            self.tr("What is seen in place of your room. Not part of presets."),
            [
                (Behind.AS_STYLED, self.tr("Your room")),
                (Behind.BLURRED, self.tr("Your room, blurred")),
                (Behind.PICTURE, self.tr("A picture…")),
                (Behind.COLOUR, self.tr("A colour…")),
            ],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for row in self.rows:
            column.addWidget(row)
        self.styled.edited.connect(self._choose_styled)
        self.behind.edited.connect(self._choose_behind)
        app_model.preferences_changed.connect(self._show)
        self._show(app_model.preferences)

    @property
    def rows(self) -> tuple[ChoiceRow, ChoiceRow]:
        """Both settings, in their order."""
        return self.styled, self.behind

    @property
    def _chosen(self) -> Composition:
        return self._app_model.preferences.composition

    def _show(self, preferences: Preferences) -> None:
        self.styled.show_value(preferences.composition.styled)
        self.behind.show_value(preferences.composition.behind)

    def _choose_styled(self, styled: Styled) -> None:
        self._app_model.set_composition(replace(self._chosen, styled=styled))

    def _choose_behind(self, behind: Behind) -> None:
        self._show(self._app_model.preferences)  # until the picture or colour is chosen
        if behind is Behind.PICTURE:
            self._ask_picture()
        elif behind is Behind.COLOUR:
            self._ask_colour()
        else:
            self._app_model.set_composition(replace(self._chosen, behind=behind))

    def _ask_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a picture"),
            filter=self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.bmp)",
        )
        if not name:
            return
        try:
            check_picture(Path(name))
        except SettingError as error:
            self._app_model.report(error)
            return
        self._app_model.set_composition(replace(self._chosen, behind=Behind.PICTURE, picture=name))

    def _ask_colour(self) -> None:
        dialog = QColorDialog(QColor(*self._chosen.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._choose_colour)
        dialog.open()

    def _choose_colour(self, mixed: QColor) -> None:
        colour = mixed.red(), mixed.green(), mixed.blue()
        self._app_model.set_composition(replace(self._chosen, behind=Behind.COLOUR, colour=colour))
