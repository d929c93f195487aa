"""The random seed: its number, a new one, the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton

LARGEST_SEED = 2**31 - 1
"""The largest number of a spin box."""


class SeedRow(QWidget):
    """The seed, a dice for a new one, a lock that keeps it at every start, and a reset.

    default: the seed that the reset brings back. random_seed: draws a new one.
    """

    edited = Signal(int)
    locked = Signal(bool)

    def __init__(
        self,
        label: str,
        default: int,
        random_seed: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._default = default
        self._label = QLabel(label)
        self._number = QSpinBox(maximum=LARGEST_SEED)
        self._number.setKeyboardTracking(False)
        self._number.setMinimumWidth(9 * UNIT)
        self._number.lineEdit().setTextMargins(UNIT, 0, UNIT, 0)
        self._number.setAccessibleName(label)
        self.dice = IconButton("dice", self.tr("New random seed"))
        self.lock = IconButton("lock", self.tr("Keep this seed at every start"), checkable=True)
        self.reset = IconButton("reset", self.tr("Reset {0}").format(label))
        effect = self.tr(
            "The noise that the picture is drawn from. Another seed gives other details. "
            "Does not affect the delay."
        )
        self._number.setToolTip(effect)
        self._label.setToolTip(effect)
        self._label.setBuddy(self._number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._label)
        row.addWidget(self._number, stretch=1)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for tool in (self.dice, self.lock, self.reset):
            tools.addWidget(tool)
        row.addLayout(tools)
        self._number.valueChanged.connect(self.edited)
        self.dice.clicked.connect(lambda: self._number.setValue(random_seed()))
        self.lock.toggled.connect(self._on_lock)
        self.reset.clicked.connect(lambda: self._number.setValue(self._default))

    def show_seed(self, seed: int, locked: bool) -> None:
        """Show these, silently."""
        with QSignalBlocker(self._number), QSignalBlocker(self.lock):
            self._number.setValue(min(seed, LARGEST_SEED))
            self.reset.setEnabled(seed != self._default)
            self.lock.setChecked(locked)
        self.lock.set_icon_name("lock" if locked else "unlock")

    def label_width(self) -> int:
        """The width that the label needs, in pixels."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Align with the sliders."""
        self._label.setFixedWidth(width)

    def _on_lock(self, on: bool) -> None:
        self.lock.set_icon_name("lock" if on else "unlock")
        self.locked.emit(on)
