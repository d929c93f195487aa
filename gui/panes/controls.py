"""The settings that take effect at once: strength, structure, noise, and more behind a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from engine.settings import (
    FLICKER_REDUCTIONS,
    MAX_STEPS,
    NOISE_CONSISTENCIES,
    STRENGTHS,
    STRUCTURES,
    Character,
    LiveSettings,
)
from gui.panes.character import CharacterControls, ColourRow
from gui.panes.composition import ChoiceRow, CompositionControls
from gui.panes.panel import Panel
from gui.panes.presets_menu import PresetsMenu
from gui.state.app_model import AppModel, random_seed
from gui.state.preferences import Preferences
from gui.widgets.icon_button import IconButton
from gui.widgets.prompt_row import PromptRow
from gui.widgets.seed_row import SeedRow
from gui.widgets.setting_slider import Scale, SettingSlider

ROW, FEWEST_ROWS = 35, 3
"""Height of a setting in pixels, and how many are visible at least."""


Edit = Callable[[LiveSettings], LiveSettings]


@dataclass(frozen=True, slots=True)
class Sliders:
    """The live settings that have a slider."""

    strength: SettingSlider
    structure: SettingSlider
    noise_consistency: SettingSlider
    flicker_reduction: SettingSlider
    steps: SettingSlider

    @property
    def basic(self) -> tuple[SettingSlider, ...]:
        """Those that are always shown."""
        return self.strength, self.structure, self.noise_consistency

    @property
    def detailed(self) -> tuple[SettingSlider, ...]:
        """Those that are shown on demand."""
        return self.flicker_reduction, self.steps

    def show(self, live: LiveSettings) -> None:
        """Show these settings, silently."""
        self.strength.set_value(live.strength)
        self.structure.set_value(live.structure)
        self.noise_consistency.set_value(live.noise_consistency)
        self.flicker_reduction.set_value(live.flicker_reduction)
        self.steps.set_value(live.steps)

    def connect(self, change: Callable[[Edit], object]) -> None:
        """Have `change` called with what the user's move does to the settings."""
        self.strength.edited.connect(
            lambda value: change(lambda live: replace(live, strength=value))
        )
        self.structure.edited.connect(
            lambda value: change(lambda live: replace(live, structure=value))
        )
        self.noise_consistency.edited.connect(
            lambda value: change(lambda live: replace(live, noise_consistency=value))
        )
        self.flicker_reduction.edited.connect(
            lambda value: change(lambda live: replace(live, flicker_reduction=value))
        )
        self.steps.edited.connect(
            lambda value: change(lambda live: replace(live, steps=round(value)))
        )


class ControlsPane(Panel):
    """Shows the live settings and changes them; each takes effect within the next frames."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Adjust"), parent)
        self._app_model = app_model
        self.presets = PresetsMenu(app_model)
        self.header.addWidget(self.presets)
        self.sliders = self._make_sliders()
        self._seed = SeedRow(self.tr("Random seed"), LiveSettings().seed, random_seed)
        self._prompt = PromptRow()
        self.character = CharacterControls()
        self.composition = CompositionControls(app_model)
        self._details = QWidget()
        self.more = IconButton("chevron-right", self.tr("More"), checkable=True, with_text=True)
        self.more.setProperty("plain", True)
        self._rows = _Rows(self._arrange())
        self.body.setSpacing(0)
        self.body.addWidget(self._rows)
        self._connect()
        self._show_preferences(app_model.preferences)

    def _make_sliders(self) -> Sliders:
        defaults = LiveSettings()
        return Sliders(
            strength=SettingSlider(
                self.tr("Strength"),
                Scale(*STRENGTHS, defaults.strength),
                self.tr(
                    "How strongly the picture is restyled: 0.2 is a hint, 1 is the full style. "
                    "Does not affect the delay."
                ),
            ),
            structure=SettingSlider(
                self.tr("Structure"),
                Scale(*STRUCTURES, defaults.structure),
                self.tr(
                    "How closely shapes follow the camera picture; lower is freer. "
                    "Does not affect the delay."
                ),
            ),
            noise_consistency=SettingSlider(
                self.tr("Noise consistency"),
                Scale(*NOISE_CONSISTENCIES, defaults.noise_consistency),
                self.tr(
                    "How much of the noise stays the same from frame to frame: 1 is calm, "
                    "0 is lively. Does not affect the delay."
                ),
            ),
            flicker_reduction=SettingSlider(
                self.tr("Flicker reduction"),
                Scale(*FLICKER_REDUCTIONS, defaults.flicker_reduction),
                self.tr(
                    "How strongly flicker is smoothed along the movement. Higher is calmer, but "
                    "fast hands may smear. At 0 the delay is a few milliseconds shorter."
                ),
            ),
            steps=SettingSlider(
                self.tr("Steps"),
                Scale(1, MAX_STEPS, defaults.steps, decimals=0),
                self.tr(
                    "More steps draw finer detail; each adds about one run of the model to the "
                    "time per frame."
                ),
            ),
        )

    def _arrange(self) -> QWidget:
        """The rows, in two groups: those always shown, and the details."""
        rows = QWidget()
        shown, details = _column(rows), _column(self._details)
        for slider in self.sliders.basic:
            shown.addWidget(slider)
        shown.addWidget(self.character)
        shown.addWidget(self.more)
        details.addWidget(self.composition)
        for slider in self.sliders.detailed:
            details.addWidget(slider)
        details.addWidget(self._seed)
        shown.addWidget(self._details)
        shown.addWidget(self._prompt)
        shown.addStretch(1)
        labelled: list[SettingSlider | SeedRow | ColourRow | ChoiceRow] = [
            *self.sliders.basic,
            *self.character.rows,
            *self.composition.rows,
            *self.sliders.detailed,
            self._seed,
        ]
        width = max(row.label_width() for row in labelled)
        for row in labelled:
            row.set_label_width(width)
        return rows

    def _connect(self) -> None:
        self.sliders.connect(self._change)
        self.character.edited.connect(self._change_character)
        self._seed.edited.connect(self._set_seed)
        self._seed.locked.connect(self._lock_seed)
        self._prompt.edited.connect(self._set_prompt)
        self.more.toggled.connect(self._show_details)
        self._app_model.preferences_changed.connect(self._show_preferences)

    def _change(self, edit: Edit) -> None:
        self._app_model.set_live(edit(self._app_model.preferences.live))

    def _change_character(self, edit: Callable[[Character], Character]) -> None:
        self._change(lambda live: replace(live, character=edit(live.character)))

    def _set_seed(self, seed: int) -> None:
        self._change(lambda live: replace(live, seed=seed))

    def _lock_seed(self, on: bool) -> None:
        self._app_model.update(lambda p: replace(p, seed_locked=on))

    def _set_prompt(self, prompt: str) -> None:
        self._change(lambda live: replace(live, prompt=prompt))

    def _show_details(self, on: bool) -> None:
        layout = replace(self._app_model.preferences.layout, details_shown=on)
        self._app_model.update(lambda p: replace(p, layout=layout))

    def _show_preferences(self, preferences: Preferences) -> None:
        live = preferences.live
        self.sliders.show(live)
        self._seed.show_seed(live.seed, preferences.seed_locked)
        self._prompt.show_text(live.prompt)
        self._prompt.setVisible(self._accepts_prompt(live))
        self._show_character(live)
        self.composition.setVisible(not preferences.build.engine)
        model = self._app_model.catalog.model(preferences.build.model)
        self.sliders.steps.setVisible(model.gains_by_steps)
        shown = preferences.layout.details_shown
        self._details.setVisible(shown)
        self._rows.updateGeometry()
        with QSignalBlocker(self.more):
            self.more.setChecked(shown)
        self.more.set_icon_name("chevron" if shown else "chevron-right")
        self.more.set_name(self.tr("Less") if shown else self.tr("More"))

    def _show_character(self, live: LiveSettings) -> None:
        """Only looks that draw faces have a character; the first look's eyes are the default."""
        chosen = [live.style, *([live.blend.style] if live.blend else [])]
        by_name = {style.name: style for style in self._app_model.styles if style.faces}
        drawing = [by_name[name] for name in chosen if name in by_name]
        self.character.setVisible(bool(drawing))
        if drawing:
            self.character.show_character(live.character, drawing[0].eye_size)

    def _accepts_prompt(self, live: LiveSettings) -> bool:
        return any(
            style.takes_prompt for style in self._app_model.styles if style.name == live.style
        )


class _Rows(QScrollArea):
    """As tall as its rows, or scrolling where there is less space.

    Qt's own size hint keeps the height that the rows had at first.
    """

    def __init__(self, rows: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._rows = rows
        self.setWidget(rows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(FEWEST_ROWS * ROW)

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
