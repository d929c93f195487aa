"""The log, and a report to copy into a request for help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.theme.theme import UNIT


class LogDialog(BaseDialog):
    """Shows the last lines; the report adds versions and devices, but no pictures or names."""

    def __init__(
        self, lines: str, report: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("LogDialog", "Log")
        super().__init__(title, 90 * UNIT, parent)
        self._report = report
        self.body.addWidget(paragraph(title, "headline"))
        self.view = QPlainTextEdit(lines, readOnly=True)
        self.view.setAccessibleName(title)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setMinimumHeight(40 * UNIT)
        self.body.addWidget(self.view, stretch=1)
        about = self.tr(
            "The report contains versions, devices and the log, but no pictures or names."
        )
        self.body.addWidget(paragraph(about, "caption"))
        self.copy = self.add_button(self.tr("Copy report"))
        self.add_close()
        self.copy.clicked.connect(self._copy)
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report())
        self.copy.setText(self.tr("Copied"))
