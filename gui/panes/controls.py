"""The settings that act at once: strength, structure, smoothness, and more on wish."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.settings import MAX_STEPS, LiveSettings
from gui.panes.looks import LooksMenu
from gui.panes.pane import Pane
from gui.preferences import Preferences
from gui.studio import Studio, random_seed
from gui.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.setting_slider import Scale, SettingSlider

PROMPT_AFTER_MS = 400
"""A prompt counts when the typing pauses for so long."""
ROW, FEWEST_ROWS = 35, 3
"""Height of a setting in pixels, and how many are seen at once at least."""
LARGEST_SEED = 2**31 - 1
"""What a spin box can hold."""
USUAL_SEED = LiveSettings().seed


class ControlsPane(Pane):
    """Shows the live settings and changes them; each acts within the next frames."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Picture"), parent)
        self._studio = studio
        self.looks = LooksMenu(studio)
        self.header.addWidget(self.looks)
        self.sliders = self._make_sliders()
        self._seed = SeedRow(self.tr("Seed"))
        self._prompt = PromptRow()
        self._details = QWidget()
        self.more = IconButton("chevron-right", self.tr("More"), checkable=True, wordy=True)
        self.more.setProperty("plain", True)
        self._arrange()
        self._connect()
        self._show_preferences(studio.preferences)

    def _make_sliders(self) -> dict[str, SettingSlider]:
        usual = LiveSettings()
        return {
            "strength": SettingSlider(
                self.tr("Strength"),
                Scale(0.2, 1.0, usual.strength),
                self.tr(
                    "How far the picture leaves the camera's: 0.2 a touch, 1 full style. "
                    "It does not change the delay."
                ),
            ),
            "structure": SettingSlider(
                self.tr("Structure"),
                Scale(0.0, 1.5, usual.structure),
                self.tr(
                    "How strictly shapes follow the camera. Less is freer. "
                    "It does not change the delay."
                ),
            ),
            "smoothness": SettingSlider(
                self.tr("Smoothness"),
                Scale(0.0, 1.0, usual.smoothness),
                self.tr(
                    "How much of the noise stays from frame to frame: 1 calm, 0 lively. "
                    "It does not change the delay."
                ),
            ),
            "steadiness": SettingSlider(
                self.tr("Steadiness"),
                Scale(0.0, 0.9, usual.steadiness),
                self.tr(
                    "How much flicker is evened out along the motion. More is calmer, but quick "
                    "hands may smear. At 0 the delay is a few milliseconds shorter."
                ),
            ),
            "steps": SettingSlider(
                self.tr("Steps"),
                Scale(1, MAX_STEPS, usual.steps, decimals=0),
                self.tr("More steps draw finer, and each adds about the model's time to a frame."),
            ),
        }

    def _arrange(self) -> None:
        self._rows, body = self._make_rows()
        self.body.setSpacing(0)
        self.body.addWidget(self._rows)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(0)
        for name in ("strength", "structure", "smoothness"):
            body.addWidget(self.sliders[name])
        body.addWidget(self.more)
        details.addWidget(self.sliders["steadiness"])
        details.addWidget(self.sliders["steps"])
        details.addWidget(self._seed)
        body.addWidget(self._details)
        body.addWidget(self._prompt)
        body.addStretch(1)
        rows: list[SettingSlider | SeedRow] = [*self.sliders.values(), self._seed]
        width = max(row.label_width() for row in rows)
        for row in rows:
            row.set_label_width(width)

    def _make_rows(self) -> tuple[QScrollArea, QVBoxLayout]:
        """Room for the rows, which scroll where a small window has not enough of it."""
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        area = _Rows(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(FEWEST_ROWS * ROW)
        return area, body

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            slider.edited.connect(lambda value, name=name: self._set(name, value))
        self._seed.edited.connect(lambda seed: self._set("seed", seed))
        self._seed.locked.connect(lambda on: self._studio.change(seed_locked=on))
        self._prompt.edited.connect(lambda words: self._set("prompt", words))
        self.more.toggled.connect(self._show_details)
        self._studio.preferences_changed.connect(self._show_preferences)

    def _set(self, name: str, value: float | str) -> None:
        if name == "steps":
            value = round(float(value))
        live = replace(self._studio.preferences.live, **{name: value})  # type: ignore[arg-type]
        self._studio.set_live(live)

    def _show_details(self, on: bool) -> None:
        layout = replace(self._studio.preferences.layout, details_shown=on)
        self._studio.change(layout=layout)

    def _show_preferences(self, wish: Preferences) -> None:
        live = wish.live
        for name, slider in self.sliders.items():
            slider.set_value(float(getattr(live, name)))
        self._seed.show_seed(live.seed, wish.seed_locked)
        self._prompt.show_words(live.prompt)
        self._prompt.setVisible(self._takes_prompt(live))
        shown = wish.layout.details_shown
        self._details.setVisible(shown)
        self._rows.updateGeometry()
        with QSignalBlocker(self.more):
            self.more.setChecked(shown)
        self.more.set_drawing("chevron" if shown else "chevron-right")
        self.more.set_name(self.tr("Less") if shown else self.tr("More"))

    def _takes_prompt(self, live: LiveSettings) -> bool:
        styles = {style.name: style for style in self._studio.styles}
        return live.style in styles and styles[live.style].takes_prompt


class _Rows(QScrollArea):
    """As high as its rows are, where there is room; Qt's own remembers how high they once were."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._rows = rows
        self.setWidget(rows)

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()


class SeedRow(QWidget):
    """The seed, a dice for another one, a lock that keeps it at every start, and a reset."""

    edited = Signal(int)
    locked = Signal(bool)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(label)
        self._number = QSpinBox(maximum=LARGEST_SEED)
        self._number.setKeyboardTracking(False)
        self._number.setMinimumWidth(9 * UNIT)
        self._number.lineEdit().setTextMargins(UNIT, 0, UNIT, 0)
        self._number.setAccessibleName(label)
        self.dice = IconButton("dice", self.tr("Throw another seed"))
        self.lock = IconButton("lock", self.tr("Keep this seed at every start"), checkable=True)
        self.reset = IconButton("reset", self.tr("Reset {0}").format(label))
        effect = self.tr(
            "The noise the picture grows from. Another seed draws other details. "
            "It does not change the delay."
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
        self.reset.clicked.connect(lambda: self._number.setValue(USUAL_SEED))

    def show_seed(self, seed: int, locked: bool) -> None:
        """Show these, silently."""
        with QSignalBlocker(self._number), QSignalBlocker(self.lock):
            self._number.setValue(min(seed, LARGEST_SEED))
            self.reset.setEnabled(seed != USUAL_SEED)
            self.lock.setChecked(locked)
        self.lock.set_drawing("lock" if locked else "unlock")

    def label_width(self) -> int:
        """How wide the label would like to be."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Align with the sliders."""
        self._label.setFixedWidth(width)

    def _on_lock(self, on: bool) -> None:
        self.lock.set_drawing("lock" if on else "unlock")
        self.locked.emit(on)


class PromptRow(QWidget):
    """The user's own words, counted when the typing pauses."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(placeholderText=self.tr("Describe the picture"))
        self._line.setAccessibleName(self.tr("Prompt"))
        self._line.setToolTip(
            self.tr("What the picture should look like, in English. It does not change the delay.")
        )
        self._reset = IconButton("reset", self.tr("Reset {0}").format(self.tr("Prompt")))
        self._pause = QTimer(self, interval=PROMPT_AFTER_MS, singleShot=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        row.addWidget(self._reset)
        self._line.textEdited.connect(self._on_typed)
        self._line.returnPressed.connect(self._announce)
        self._pause.timeout.connect(self._announce)
        self._reset.clicked.connect(self._clear)

    def show_words(self, words: str) -> None:
        """Show these, silently; never while the user is typing."""
        if not self._pause.isActive() and words != self._line.text():
            self._line.setText(words)

    def _on_typed(self) -> None:
        self._pause.start()

    def _clear(self) -> None:
        self._line.clear()
        self._announce()

    def _announce(self) -> None:
        self._pause.stop()
        self.edited.emit(self._line.text().strip())
