"""Puts the panes together and gives them the room there is; no logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QWindowStateChangeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.paths import APP_NAME
from gui.engine_link.camera_list import CameraList
from gui.features.recording import RecordingController
from gui.panes.controls import ControlsPane
from gui.panes.on_air import OnAirPane
from gui.panes.preview import PreviewPane
from gui.panes.source import SourcePane
from gui.panes.status import StatusPane
from gui.panes.styles import StylesPane
from gui.shortcuts import PEEK_KEY, add_actions, add_number_keys
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.message_bar import MessageBar
from gui.widgets.style_wall import NUMBER_KEYS

SIDE_WIDTH, NARROW_SIDE_WIDTH = 43 * UNIT, 38 * UNIT
FOLD_BELOW = 1000
COMPACT_BELOW = 700
FOLDED_HEIGHT = 36 * UNIT
UNLIMITED = 16_777_215
"""Qt's own largest size of a widget."""


class LayoutMode(Enum):
    """How much room there is.

    Everything side by side, the same with a narrow side, the side below, or the bare stream.
    """

    WIDE = "wide"
    NARROW = "narrow"
    FOLDED = "folded"
    COMPACT = "brief"


def layout_for(width: int, height: int) -> LayoutMode:
    """The arrangement for a window of this size, in device-independent pixels.

    The side folds under the stream only where that leaves the stream more room: in a window
    that is higher than wide.
    """
    if width < COMPACT_BELOW:
        return LayoutMode.COMPACT
    if width >= FOLD_BELOW:
        return LayoutMode.WIDE
    return LayoutMode.FOLDED if height > width else LayoutMode.NARROW


class MainWindow(QMainWindow):
    """The panes, the menu, the keys. `closed` fires once, when the user closes it."""

    closed = Signal()
    dialog_requested = Signal(str)
    """A page of the menu: "settings", "first steps", "webcam", "shortcuts", "log", "about"."""

    def __init__(
        self, app_model: AppModel, recordings: RecordingController, cameras: CameraList
    ) -> None:
        super().__init__()
        self.setWindowTitle(APP_NAME)
        self._app_model = app_model
        self._layout_mode = LayoutMode.WIDE
        self._full_screen = False
        self.message_bar = MessageBar()
        self.source = SourcePane(app_model, cameras)
        self.on_air = OnAirPane(app_model)
        self.preview = PreviewPane(app_model)
        self.styles = StylesPane(app_model)
        self.controls = ControlsPane(app_model)
        self.status = StatusPane(app_model, recordings)
        self.menu_button = IconButton("menu", self.tr("Menu"))
        self._top, self._side = QWidget(), QWidget()
        self._column = QVBoxLayout()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side_box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._arrange()
        self._actions = add_actions(self, self._handlers(recordings))
        add_number_keys(self, app_model.choose_nth_style, NUMBER_KEYS)
        self._fill_menu()
        self._set_tab_order()
        self.preview.full_screen_asked.connect(self.toggle_full_screen)
        self.on_air.camera_help_asked.connect(lambda: self.dialog_requested.emit("webcam"))
        recordings.snapshot_saved.connect(self._show_saved)
        recordings.recording_saved.connect(self._show_saved)
        self.setMinimumSize(QSize(52 * UNIT, 40 * UNIT))
        self._restore()
        self._apply_layout()
        self.on_air.button.setFocus()

    @property
    def layout_mode(self) -> LayoutMode:
        """The arrangement shown."""
        return self._layout_mode

    def toggle_full_screen(self) -> None:
        """The stream alone on the whole screen, or the window as it was."""
        self._full_screen = not self._full_screen
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._apply_layout()

    def toggle_side(self) -> None:
        """Hide or show styles and controls."""
        layout = self._app_model.preferences.layout
        self._app_model.change(layout=replace(layout, side_shown=not layout.side_shown))
        self._apply_layout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_layout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if isinstance(event, QWindowStateChangeEvent):
            self._app_model.set_looked_at(not self.isMinimized())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == PEEK_KEY and not event.modifiers():
            self.preview.peek(True)
        elif event.key() == Qt.Key.Key_Escape and self._full_screen:
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == PEEK_KEY and not event.isAutoRepeat():
            self.preview.peek(False)
        else:
            super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        layout = self._app_model.preferences.layout
        self._app_model.change(layout=replace(layout, geometry=geometry))
        event.accept()
        self.closed.emit()

    def _show_saved(self, path: str) -> None:
        file = Path(path)
        self.preview.show_briefly(
            self.tr("{0} is saved in {1}").format(file.name, file.parent.name)
        )

    def _arrange(self) -> None:
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(2 * UNIT)
        top.addWidget(self.source)
        top.addStretch(1)
        top.addWidget(self.on_air)
        top.addWidget(self.menu_button)
        self._side.setLayout(self._side_box)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self._side_box.setSpacing(2 * UNIT)
        self._side_box.addWidget(self.styles, stretch=1)
        self._side_box.addWidget(self.controls)
        self._middle.setSpacing(2 * UNIT)
        self._middle.addWidget(self.preview, stretch=1)
        self._middle.addWidget(self._side)
        central = QWidget()
        central.setLayout(self._column)
        self._column.setSpacing(UNIT * 3 // 2)
        self._column.addWidget(self._top)
        self._column.addWidget(self.message_bar)
        self._column.addLayout(self._middle, stretch=1)
        self._column.addWidget(self.status)
        self.setCentralWidget(central)

    def _apply_layout(self) -> None:
        self._layout_mode = layout_for(self.width(), self.height())
        alone, brief = self._full_screen, self._layout_mode is LayoutMode.COMPACT
        margin = 0 if alone else UNIT * 3 // 2
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._top.setVisible(not alone)
        self.status.setVisible(not alone)
        self.source.setVisible(not brief)
        self.menu_button.setVisible(not brief)
        self.source.set_compact(self._layout_mode is not LayoutMode.WIDE)
        self.on_air.set_compact(brief)
        self.status.set_compact(brief)
        shown = self._app_model.preferences.layout.side_shown
        self._side.setVisible(shown and not alone and not brief)
        self._turn_side(folded=self._layout_mode is LayoutMode.FOLDED)

    def _turn_side(self, *, folded: bool) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(down if folded else across)
        self._side_box.setDirection(across if folded else down)
        width = SIDE_WIDTH if self._layout_mode is LayoutMode.WIDE else NARROW_SIDE_WIDTH
        self._side.setMaximumWidth(UNLIMITED if folded else width)
        self._side.setMinimumWidth(0 if folded else width)
        self._side.setMaximumHeight(FOLDED_HEIGHT if folded else UNLIMITED)
        self.controls.setMaximumWidth(SIDE_WIDTH if folded else UNLIMITED)

    def _handlers(self, recordings: RecordingController) -> dict[str, Callable[[], object]]:
        return {
            "toggle": self._app_model.toggle,
            "panic": self._app_model.toggle_panic,
            "snapshot": recordings.snapshot,
            "record": recordings.toggle_recording,
            "compare": self.preview.compare.toggle,
            "full_screen": self.toggle_full_screen,
            "side": self.toggle_side,
            "search": self.styles.focus_search,
            "settings": lambda: self.dialog_requested.emit("settings"),
            "shortcuts": lambda: self.dialog_requested.emit("shortcuts"),
            "quit": self.close,
        }

    def _fill_menu(self) -> None:
        menu = QMenu(self.menu_button)
        menu.addAction(self._actions["settings"])
        menu.addAction(self.tr("First steps…"), lambda: self.dialog_requested.emit("first steps"))
        menu.addAction(self.tr("The system webcam…"), lambda: self.dialog_requested.emit("webcam"))
        menu.addSeparator()
        menu.addAction(self._actions["side"])
        menu.addAction(self._actions["full_screen"])
        menu.addSeparator()
        menu.addAction(self._actions["shortcuts"])
        menu.addAction(self.tr("Log…"), lambda: self.dialog_requested.emit("log"))
        menu.addAction(
            self.tr("Responsible use…"), lambda: self.dialog_requested.emit("responsible use")
        )
        menu.addAction(self.tr("About…"), lambda: self.dialog_requested.emit("about"))
        menu.addSeparator()
        menu.addAction(self._actions["quit"])
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _set_tab_order(self) -> None:
        """From the top left to the bottom right, as the eye goes."""
        order = (self.source, self.on_air, self.menu_button, self.preview, self.styles)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _restore(self) -> None:
        saved = self._app_model.preferences.layout.geometry
        if not (saved and self.restoreGeometry(QByteArray.fromBase64(saved.encode()))):
            self.resize(1280, 800)
