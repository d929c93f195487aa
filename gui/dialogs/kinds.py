"""The dialogs that the window can open, by kind."""

from __future__ import annotations

from enum import Enum


class DialogKind(Enum):
    """What the menu, the notifications and the keys ask for."""

    FIRST_RUN = "first run"
    SETTINGS = "settings"
    WEBCAM = "webcam"
    STREAMING = "streaming"
    REMOTE_CONTROL = "remote control"
    CUES = "cues"
    MODEL_DOWNLOAD = "model download"
    SHORTCUTS = "shortcuts"
    LOG = "log"
    CHECK_FILE = "check file"
    RESPONSIBLE_USE = "responsible use"
    ABOUT = "about"
