"""Sound in step with the picture, OBS, and a broadcast of one's own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.streaming.broadcast_page import BroadcastPage
from gui.dialogs.streaming.microphone_page import MicrophonePage
from gui.dialogs.streaming.obs_page import ObsPage
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from gui.theme.theme import UNIT


class StreamingDialog(BaseDialog):
    """Three pages; every change takes effect at once."""

    def __init__(
        self, app_model: AppModel, desk: StreamingDesk, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("StreamingDialog", "Streaming")
        super().__init__(title, 68 * UNIT, parent)
        self.microphone = MicrophonePage(app_model, desk)
        self.obs = ObsPage(app_model, desk)
        self.broadcast = BroadcastPage(app_model, desk)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.microphone, self.tr("Microphone"))
        self.tabs.addTab(self.obs, self.tr("OBS"))
        self.tabs.addTab(self.broadcast, self.tr("Broadcast"))
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self.tabs, stretch=1)
        self.setMinimumHeight(60 * UNIT)
        self.add_close()
