import cv2
import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.dialogs.control.qr_code import QrCode


@pytest.mark.parametrize("text", ["https://192.168.1.20:8732/#pair=K7QM-3XWP", "x" * 100])
def test_a_camera_reads_what_is_shown(qtbot: QtBot, text: str) -> None:
    code = QrCode("QR code")
    qtbot.addWidget(code)
    code.show_text(text)
    code.show()
    image = code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    picture = np.ascontiguousarray(rows[:, : image.width()])
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == text


def test_nothing_is_shown_for_nothing(qtbot: QtBot) -> None:
    code = QrCode("QR code")
    qtbot.addWidget(code)
    code.show_text("")
    assert code.sizeHint().width() == 0
