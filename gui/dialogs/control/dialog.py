"""Remote control: everything that can control the window from outside."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.control.access_page import AccessPage
from gui.dialogs.control.keys_page import KeysPage
from gui.dialogs.control.midi_page import MidiPage
from gui.dialogs.control.osc_page import OscPage
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT


class RemoteControlDialog(BaseDialog):
    """Four pages; all are off at first, and every change takes effect at once."""

    def __init__(
        self, app_model: AppModel, control: RemoteControl, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("RemoteControlDialog", "Remote control")
        super().__init__(title, 76 * UNIT, parent)
        self.access = AccessPage(app_model, control)
        self.osc = OscPage(app_model, control)
        self.midi = MidiPage(app_model, control)
        self.keys = KeysPage(app_model, control)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.access, self.tr("Phone and programs"))
        self.tabs.addTab(self.osc, "OSC")
        self.tabs.addTab(self.midi, "MIDI")
        self.tabs.addTab(self.keys, self.tr("Keys"))
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self.tabs, stretch=1)
        self.setMinimumHeight(82 * UNIT)
        self.add_close()
