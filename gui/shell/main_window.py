"""Puts the panes together and lays them out in the space there is; no logic."""

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
from gui.dialogs.kinds import DialogKind
from gui.engine_link.camera_list import CameraList
from gui.features.recording import RecordingController
from gui.panes.controls import ControlsPane
from gui.panes.on_air import OnAirPane
from gui.panes.preview import PreviewPane
from gui.panes.source import SourcePane
from gui.panes.status import StatusPane
from gui.panes.styles import StylesPane
from gui.shortcuts import PEEK_KEY, Action, add_actions, add_number_keys
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton
from gui.widgets.message_bar import MessageBar
from gui.widgets.style_wall import NUMBER_KEYS

SIDE_WIDTH, NARROW_SIDE_WIDTH = 43 * UNIT, 42 * UNIT
FOLD_BELOW = 1000
FIRST_SIZE = QSize(1280, 800)
TITLE_BAR = 6 * UNIT
"""Room for what the system draws above a window."""
COMPACT_BELOW = 700
FOLDED_HEIGHT = 36 * UNIT
UNLIMITED = 16_777_215
"""Qt's own largest size of a widget."""


class LayoutMode(Enum):
    """How the panes are laid out.

    Everything side by side, the same with a narrow side panel, the panel below the stream, or
    the stream alone.
    """

    WIDE = "wide"
    NARROW = "narrow"
    FOLDED = "folded"
    COMPACT = "compact"


def first_size(available: QSize) -> QSize:
    """The window's size at its first start. available: the screen without its bars. Panic is
    in the bottom row, so that has to be on the screen.
    """
    return FIRST_SIZE.boundedTo(available - QSize(0, TITLE_BAR))


def layout_for(width: int, height: int) -> LayoutMode:
    """The arrangement for a window of this size, in device-independent pixels.

    The side panel moves below the stream only where that leaves the stream more space: in a
    window that is taller than wide.
    """
    if width < COMPACT_BELOW:
        return LayoutMode.COMPACT
    if width >= FOLD_BELOW:
        return LayoutMode.WIDE
    return LayoutMode.FOLDED if height > width else LayoutMode.NARROW


class MainWindow(QMainWindow):
    """The panes, the menu, the keys. `closed` fires once, when the user closes it."""

    closed = Signal()
    dialog_requested = Signal(DialogKind)
    """The menu or a key asks for this dialog."""

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
        self.on_air.camera_help_asked.connect(self._opener(DialogKind.WEBCAM))
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
        """Show or hide styles and controls."""
        layout = self._app_model.preferences.layout
        self._app_model.update(
            lambda p: replace(p, layout=replace(layout, side_shown=not layout.side_shown))
        )
        self._apply_layout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_layout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if isinstance(event, QWindowStateChangeEvent):
            self._app_model.set_visible(not self.isMinimized())

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
        self._app_model.update(lambda p: replace(p, layout=replace(layout, geometry=geometry)))
        event.accept()
        self.closed.emit()

    def _show_saved(self, path: str) -> None:
        file = Path(path)
        self.preview.show_briefly(self.tr("Saved {0} in {1}").format(file.name, file.parent.name))

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
        alone, compact = self._full_screen, self._layout_mode is LayoutMode.COMPACT
        margin = 0 if alone else UNIT * 3 // 2
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._top.setVisible(not alone)
        self.status.setVisible(not alone)
        self.source.setVisible(not compact)
        self.menu_button.setVisible(not compact)
        self.source.set_compact(self._layout_mode is not LayoutMode.WIDE)
        self.on_air.set_compact(compact)
        self.status.set_compact(compact)
        shown = self._app_model.preferences.layout.side_shown
        self._side.setVisible(shown and not alone and not compact)
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

    def _handlers(self, recordings: RecordingController) -> dict[Action, Callable[[], object]]:
        return {
            Action.TOGGLE_LIVE: self._app_model.toggle,
            Action.TOGGLE_PANIC: self._app_model.toggle_panic,
            Action.SNAPSHOT: recordings.snapshot,
            Action.TOGGLE_RECORDING: recordings.toggle_recording,
            Action.COMPARE: self.preview.compare.toggle,
            Action.FULL_SCREEN: self.toggle_full_screen,
            Action.SIDE_PANEL: self.toggle_side,
            Action.SEARCH: self.styles.focus_search,
            Action.SETTINGS: self._opener(DialogKind.SETTINGS),
            Action.SHORTCUTS: self._opener(DialogKind.SHORTCUTS),
            Action.QUIT: self.close,
        }

    def _opener(self, kind: DialogKind) -> Callable[[], None]:
        return lambda: self.dialog_requested.emit(kind)

    def _fill_menu(self) -> None:
        menu = QMenu(self.menu_button)
        menu.addAction(self._actions[Action.SETTINGS])
        menu.addAction(self.tr("First steps…"), self._opener(DialogKind.FIRST_RUN))
        menu.addAction(self.tr("System webcam…"), self._opener(DialogKind.WEBCAM))
        menu.addAction(self.tr("Streaming…"), self._opener(DialogKind.STREAMING))
        menu.addAction(self.tr("Remote control…"), self._opener(DialogKind.REMOTE_CONTROL))
        menu.addAction(self.tr("Cues…"), self._opener(DialogKind.CUES))
        menu.addSeparator()
        menu.addAction(self._actions[Action.SIDE_PANEL])
        menu.addAction(self._actions[Action.FULL_SCREEN])
        menu.addSeparator()
        menu.addAction(self._actions[Action.SHORTCUTS])
        menu.addAction(self.tr("Log…"), self._opener(DialogKind.LOG))
        menu.addAction(self.tr("Check a file…"), self._opener(DialogKind.CHECK_FILE))
        menu.addAction(self.tr("Responsible use…"), self._opener(DialogKind.RESPONSIBLE_USE))
        menu.addAction(self.tr("About…"), self._opener(DialogKind.ABOUT))
        menu.addSeparator()
        menu.addAction(self._actions[Action.QUIT])
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _set_tab_order(self) -> None:
        """From the top left to the bottom right, in reading order."""
        order = (self.source, self.on_air, self.menu_button, self.preview, self.styles)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _restore(self) -> None:
        saved = self._app_model.preferences.layout.geometry
        if not (saved and self.restoreGeometry(QByteArray.fromBase64(saved.encode()))):
            self.resize(first_size(self.screen().availableSize()))
