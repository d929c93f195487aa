"""How faces are drawn: the settings of looks that draw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.model_store.styles import USUAL_EYE_SIZE
from engine.settings import (
    AS_I_AM,
    BLUSHES,
    EYE_SIZES,
    LINE_WEIGHTS,
    NAMED_COLOURS,
    Character,
    Rgb,
    colour_text,
)
from gui.panes.choice_box import ChoiceBox
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.setting_slider import Scale, SettingSlider

Edit = Callable[[Character], Character]

OTHER = "other"
"""The data of the entry that opens the colour dialog."""


class ColourRow(QWidget):
    """A colour, or the person's own. `edited` fires for the user's own choices only."""

    edited = Signal(object)
    """An Rgb, or None."""

    def __init__(self, label: str, effect: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour: Rgb | None = None
        self._label = QLabel(label)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(label)
        self.choice.setAccessibleDescription(effect)
        self.reset = IconButton("reset", self.tr("Reset {0}").format(label))
        for widget in (self, self._label, self.choice):
            widget.setToolTip(effect)
        self._label.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._label)
        row.addWidget(self.choice, stretch=1)
        row.addWidget(self.reset)
        self._fill()
        self.choice.activated.connect(self._on_chosen)
        self.reset.clicked.connect(lambda: self._announce(None))

    def show_colour(self, colour: Rgb | None) -> None:
        """Show this colour, silently."""
        self._colour = colour
        self.reset.setEnabled(colour is not None)
        own = self._index_of(colour)
        if own is None and colour is not None:
            own = self.choice.count() - 1  # before "Other…"
            if self.choice.itemData(own - 1) not in NAMED_COLOURS:
                own -= 1
                self.choice.removeItem(own)
            text = colour_text(colour)
            self.choice.insertItem(own, _swatch(colour), text, text)
        self.choice.setCurrentIndex(own or 0)

    def label_width(self) -> int:
        """The width that the label needs, in pixels."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Align with the sliders."""
        self._label.setFixedWidth(width)

    def _fill(self) -> None:
        titles = {
            "black": self.tr("Black"),
            "brown": self.tr("Brown"),
            "auburn": self.tr("Auburn"),
            "red": self.tr("Red"),
            "amber": self.tr("Amber"),
            "blond": self.tr("Blond"),
            "green": self.tr("Green"),
            "blue": self.tr("Blue"),
            "violet": self.tr("Violet"),
            "pink": self.tr("Pink"),
            "grey": self.tr("Grey"),
            "white": self.tr("White"),
        }
        self.choice.addItem(self.tr("As I am"), "")
        for name, colour in NAMED_COLOURS.items():
            self.choice.addItem(_swatch(colour), titles[name], name)
        self.choice.addItem(self.tr("Other…"), OTHER)

    def _index_of(self, colour: Rgb | None) -> int | None:
        """The entry of the person's own or of a named colour; None for any other."""
        names = [name for name, named in NAMED_COLOURS.items() if named == colour]
        if colour is not None and not names:
            return None
        return self.choice.findData(names[0] if names else "")

    def _on_chosen(self, index: int) -> None:
        name = self.choice.itemData(index)
        if name == OTHER:
            self._ask()
        elif name in NAMED_COLOURS or not name:
            self._announce(NAMED_COLOURS.get(name))

    def _ask(self) -> None:
        """Let the user mix a colour, which counts at once; "Cancel" brings back the one before."""
        before = self._colour
        self.show_colour(before)
        dialog = QColorDialog(QColor(*(before or NAMED_COLOURS["brown"])), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.currentColorChanged.connect(
            lambda mixed: self._announce((mixed.red(), mixed.green(), mixed.blue()))
        )
        dialog.rejected.connect(lambda: self._announce(before))
        dialog.open()

    def _announce(self, colour: Rgb | None) -> None:
        self.show_colour(colour)
        self.edited.emit(colour)


class CharacterControls(QWidget):
    """The settings of the user's character, each with a reset to what the look or person has."""

    edited = Signal(object)
    """A function from the character before to the one wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_eye_size = USUAL_EYE_SIZE
        self.eye_size = SettingSlider(
            self.tr("Eye size"),
            Scale(*EYE_SIZES, USUAL_EYE_SIZE),
            self.tr("How large eyes are drawn: 1 is as wide as yours. Does not affect the delay."),
        )
        self.eye_colour = ColourRow(
            self.tr("Eye colour"),
            self.tr("The colour of the drawn eyes, or your own. Does not affect the delay."),
        )
        self.hair_colour = ColourRow(
            self.tr("Hair colour"),
            self.tr("The colour of the drawn hair, or your own. Does not affect the delay."),
        )
        self.blush = SettingSlider(
            self.tr("Blush"),
            Scale(*BLUSHES, AS_I_AM.blush),
            self.tr("How rosy the cheeks are: 1 is the style's own. Does not affect the delay."),
        )
        self.line_weight = SettingSlider(
            self.tr("Line weight"),
            Scale(*LINE_WEIGHTS, AS_I_AM.line_weight),
            self.tr(
                "How thick the lines of a face are: 1 is the style's own. "
                "Does not affect the delay."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
        self._connect()

    @property
    def rows(self) -> tuple[SettingSlider | ColourRow, ...]:
        """All settings, in their order."""
        return self.eye_size, self.eye_colour, self.hair_colour, self.blush, self.line_weight

    def show_character(self, character: Character, own_eye_size: float) -> None:
        """Show this character, silently. own_eye_size: what the look itself draws."""
        self._own_eye_size = own_eye_size
        self.eye_size.set_default(own_eye_size)
        self.eye_size.set_value(character.eye_size or own_eye_size)
        self.eye_colour.show_colour(character.eye_colour)
        self.hair_colour.show_colour(character.hair_colour)
        self.blush.set_value(character.blush)
        self.line_weight.set_value(character.line_weight)

    def _connect(self) -> None:
        self.eye_size.edited.connect(lambda size: self._change(_with_eye_size(self._chosen(size))))
        self.eye_colour.edited.connect(
            lambda colour: self._change(lambda character: replace(character, eye_colour=colour))
        )
        self.hair_colour.edited.connect(
            lambda colour: self._change(lambda character: replace(character, hair_colour=colour))
        )
        self.blush.edited.connect(
            lambda value: self._change(lambda character: replace(character, blush=value))
        )
        self.line_weight.edited.connect(
            lambda value: self._change(lambda character: replace(character, line_weight=value))
        )

    def _chosen(self, size: float) -> float | None:
        """None where it is the look's own: then another look has its own, too."""
        return None if size == self._own_eye_size else size

    def _change(self, edit: Edit) -> None:
        self.edited.emit(edit)


def _with_eye_size(size: float | None) -> Edit:
    return lambda character: replace(character, eye_size=size)


def _swatch(colour: Rgb) -> QIcon:
    pixmap = QPixmap(2 * UNIT, 2 * UNIT)
    pixmap.fill(QColor(*colour))
    return QIcon(pixmap)
