"""The application around the window: theme, language, logging, and a clean end."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from PySide6.QtCore import QDir, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from engine.publisher.client import PublisherClient
from engine.session import Session
from engine.store.catalog import load_catalog
from gui.bridge import SessionBridge
from gui.camera_link import CameraLink
from gui.cameras import CameraList
from gui.folders import APP_NAME, settings_folder
from gui.languages import Languages
from gui.logs import Logs
from gui.pages import Pages
from gui.placeholders import draw_placeholder
from gui.preferences import Preferences, PreferenceStore, ThemeChoice
from gui.resources import ICONS
from gui.studio import Studio
from gui.takes import Takes
from gui.theme import apply_theme
from gui.tray import Tray
from gui.window import MainWindow

logger = logging.getLogger(__name__)

END_WITHIN_S = 2.5
"""How long a session may take to end when the window closes."""
SIGNAL_LOOK_MS = 200
"""How soon Ctrl+C in the terminal is noticed while Qt waits for events."""

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
}


def display_available() -> bool:
    """Whether a window can be shown here; asks the environment alone, starts nothing."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
