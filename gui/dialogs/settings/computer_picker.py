"""Which computer does the work: this one, one that is paired, or another that can be."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import fill_picker, make_picker
from gui.dialogs.settings.pair_engine import PairEngineDialog
from gui.features.elsewhere import Elsewhere
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT

HERE, ANOTHER = "", "+"


class ComputerPicker(QWidget):
    """Shows the computer that does the work, not the click: another one has to answer first."""

    def __init__(
        self, app_model: AppModel, elsewhere: Elsewhere, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._elsewhere = app_model, elsewhere
        self.picker: QComboBox = make_picker(
            self.tr("Compute on"), self._titles(), app_model.preferences.build.engine
        )
        self.state = paragraph("", "caption")
        self.state.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.picker)
        column.addWidget(self.state)
        self.picker.activated.connect(self._choose)
        app_model.preferences_changed.connect(self._show)
        elsewhere.reached.connect(self._on_reached)
        elsewhere.failed.connect(self._on_failed)

    def _titles(self) -> dict[str, str]:
        engines = self._app_model.preferences.engines
        return {
            HERE: self.tr("This computer"),
            **{engine: engine.partition("://")[2] for engine in engines},
            ANOTHER: self.tr("Another computer…"),
        }

    def _choose(self) -> None:
        chosen = self.picker.currentData()
        self._show(self._app_model.preferences)
        if chosen == ANOTHER:
            PairEngineDialog(self._elsewhere, self).open()
        elif chosen == HERE:
            self._say("")
            if self._app_model.preferences.build.engine:
                self._app_model.compute_here()
        else:
            self._say(self.tr("Connecting …"))
            self._elsewhere.use(chosen)

    def _show(self, preferences: Preferences) -> None:
        fill_picker(self.picker, self._titles(), preferences.build.engine)

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _on_reached(self) -> None:
        self._say("")

    def _on_failed(self, error: EngineError) -> None:
        self._say(error_with_remedy(error))
