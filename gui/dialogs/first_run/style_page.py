"""Choosing a style."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from gui.dialogs.first_run.page import page_column
from gui.features.speed_check import SIZE, SpeedCheck
from gui.state.app_model import AppModel
from gui.text.wording import size_text
from gui.theme.theme import UNIT
from gui.widgets.style_wall import StyleWall

LARGE_CARD = 16 * UNIT
"""In pixels: here the styles have the space to themselves."""


class StylePage(QWidget):
    """Choose a style, while the speed of this computer is measured."""

    def __init__(
        self, app_model: AppModel, speed_check: SpeedCheck, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self.speed_check = app_model, speed_check
        self._measured = False
        self.speed = QLabel()
        self.speed.setProperty("type", "quiet")
        self.wall = wall = StyleWall(min_width=LARGE_CARD)
        wall.show_styles(app_model.styles)
        wall.choose(app_model.preferences.live.style)
        wall.chosen.connect(app_model.choose_style)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(wall)
        column = page_column(self, self.tr("Choose a style"))
        column.addWidget(scroll, stretch=1)
        column.addWidget(self.speed)
        speed_check.measured.connect(self._on_measured)

    def enter(self) -> None:
        """Measure once, and only while nothing else runs."""
        if not self._measured and not self._app_model.state.running:
            self._measured = True
            self.speed.setText(self.tr("Measuring the speed of this computer…"))
            self.speed_check.start(self._app_model.preferences.live.style)

    def leave(self) -> None:
        """Stop measuring, if it still runs."""
        self.speed_check.stop()

    def _on_measured(self, fps: float) -> None:
        if fps <= 0:
            self.speed.clear()
            return
        text = self.tr("This computer reaches {0} frames/s at {1}.").format(
            f"{fps:.0f}", size_text(SIZE)
        )
        self.speed.setText(text)
