"""The settings that act at once: strength, structure, noise_consistency, and more on wish."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.settings import MAX_STEPS, LiveSettings
from gui.panes.presets_menu import PresetsMenu
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.widgets.icon_button import IconButton
from gui.widgets.panel import Panel
from gui.widgets.prompt_row import PromptRow
from gui.widgets.seed_row import SeedRow
from gui.widgets.setting_slider import Scale, SettingSlider

ROW, FEWEST_ROWS = 35, 3
"""Height of a setting in pixels, and how many are seen at once at least."""


class ControlsPane(Panel):
    """Shows the live settings and changes them; each acts within the next frames."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Picture"), parent)
        self._app_model = app_model
        self.presets = PresetsMenu(app_model)
        self.header.addWidget(self.presets)
        self.sliders = self._make_sliders()
        self._seed = SeedRow(self.tr("Seed"))
        self._prompt = PromptRow()
        self._details = QWidget()
        self.more = IconButton("chevron-right", self.tr("More"), checkable=True, wordy=True)
        self.more.setProperty("plain", True)
        self._arrange()
        self._connect()
        self._show_preferences(app_model.preferences)

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
            "noise_consistency": SettingSlider(
                self.tr("Smoothness"),
                Scale(0.0, 1.0, usual.noise_consistency),
                self.tr(
                    "How much of the noise stays from frame to frame: 1 calm, 0 lively. "
                    "It does not change the delay."
                ),
            ),
            "flicker_reduction": SettingSlider(
                self.tr("Steadiness"),
                Scale(0.0, 0.9, usual.flicker_reduction),
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
        for name in ("strength", "structure", "noise_consistency"):
            body.addWidget(self.sliders[name])
        body.addWidget(self.more)
        details.addWidget(self.sliders["flicker_reduction"])
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
        self._seed.locked.connect(lambda on: self._app_model.change(seed_locked=on))
        self._prompt.edited.connect(lambda words: self._set("prompt", words))
        self.more.toggled.connect(self._show_details)
        self._app_model.preferences_changed.connect(self._show_preferences)

    def _set(self, name: str, value: float | str) -> None:
        if name == "steps":
            value = round(float(value))
        live = replace(self._app_model.preferences.live, **{name: value})  # type: ignore[arg-type]
        self._app_model.set_live(live)

    def _show_details(self, on: bool) -> None:
        layout = replace(self._app_model.preferences.layout, details_shown=on)
        self._app_model.change(layout=layout)

    def _show_preferences(self, wish: Preferences) -> None:
        live = wish.live
        for name, slider in self.sliders.items():
            slider.set_value(float(getattr(live, name)))
        self._seed.show_seed(live.seed, wish.seed_locked)
        self._prompt.show_text(live.prompt)
        self._prompt.setVisible(self._accepts_prompt(live))
        shown = wish.layout.details_shown
        self._details.setVisible(shown)
        self._rows.updateGeometry()
        with QSignalBlocker(self.more):
            self.more.setChecked(shown)
        self.more.set_icon_name("chevron" if shown else "chevron-right")
        self.more.set_name(self.tr("Less") if shown else self.tr("More"))

    def _accepts_prompt(self, live: LiveSettings) -> bool:
        styles = {style.name: style for style in self._app_model.styles}
        return live.style in styles and styles[live.style].takes_prompt


class _Rows(QScrollArea):
    """As high as its rows are, where there is room; Qt's own remembers how high they once were."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._rows = rows
        self.setWidget(rows)

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()
