import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calling_qt_costs_no_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12 lost one at every call on Python 3.11: minutes later the program died."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setEnabled(True)
    assert sys.getrefcount(None) > before - 500
