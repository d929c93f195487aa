"""A labelled slider for one setting, with its value and a reset button."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from gui.text.languages import number
from gui.theme.theme import BODY, UNIT, tabular
from gui.widgets.icon_button import IconButton


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of a setting, its default, and how finely it is shown and stepped."""

    low: float
    high: float
    default: float
    decimals: int = 2

    @property
    def steps(self) -> int:
        """How many steps the slider has."""
        return round((self.high - self.low) * 10.0**self.decimals)

    def value_at(self, step: int) -> float:
        """The setting's value at a slider position."""
        return round(self.low + step / 10.0**self.decimals, self.decimals)

    def step_of(self, value: float) -> int:
        """The slider position nearest to a value."""
        return round((value - self.low) * 10.0**self.decimals)


class SettingSlider(QWidget):
    """Shows a setting. `edited` fires for the user's own moves only; `set_value` is silent."""

    edited = Signal(float)

    def __init__(
        self, label: str, scale: Scale, effect: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._label = QLabel(label)
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._figure = QLabel()
        self._reset = IconButton("reset", self.tr("Reset {0}").format(label))
        self._arrange()
        self._slider.setRange(0, scale.steps)
        self._slider.setPageStep(max(1, scale.steps // 10))
        self._slider.setAccessibleName(label)
        self._slider.setAccessibleDescription(effect)
        self._label.setBuddy(self._slider)
        for widget in (self, self._label, self._slider, self._figure):
            widget.setToolTip(effect)
        self._slider.valueChanged.connect(self._on_moved)
        self._reset.clicked.connect(self._set_to_default)
        self.set_value(scale.default)

    def value(self) -> float:
        """The value on show."""
        return self._scale.value_at(self._slider.value())

    def set_value(self, value: float) -> None:
        """Show `value`, silently."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(self._scale.step_of(value))
        self._refresh()

    def set_default(self, value: float) -> None:
        """What the reset brings back from now on."""
        self._scale = replace(self._scale, default=value)
        self._refresh()

    def label_width(self) -> int:
        """The width that the label needs, in pixels, so that several can be aligned."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Align the slider with others, by the width of its label in pixels."""
        self._label.setFixedWidth(width)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._label)
        row.addWidget(self._slider, stretch=1)
        row.addWidget(self._figure)
        row.addWidget(self._reset)
        self._figure.setFont(tabular(self.font(), BODY))
        self._figure.setFixedWidth(4 * UNIT)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _set_to_default(self) -> None:
        self._slider.setValue(self._scale.step_of(self._scale.default))

    def _on_moved(self) -> None:
        self._refresh()
        self.edited.emit(self.value())

    def _refresh(self) -> None:
        self._figure.setText(number(self.value(), self._scale.decimals))
        self._reset.setEnabled(self.value() != round(self._scale.default, self._scale.decimals))


class _Slider(QSlider):
    """Follows the wheel only while it has the focus, so that scrolling past changes nothing."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
