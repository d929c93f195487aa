"""Pairing a device: a QR code for a phone, and the code to type, for a few minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.dialogs.base import paragraph
from gui.dialogs.control.qr_code import QrCode
from gui.features.control.controller import RemoteControl
from gui.theme.theme import UNIT

CHECK_MS = 500


class PairingPanel(QWidget):
    """Shows a code while it is valid; a device that uses it, or time, ends that."""

    def __init__(self, control: RemoteControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._here = self._network = self._fingerprint = ""
        self.begin = QPushButton(self.tr("Pair a device…"))
        self.qr = QrCode(self.tr("QR code for pairing"))
        self.code = QLabel()
        self.code.setProperty("type", "headline")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.how = paragraph("")
        self.certificate = paragraph("", "caption")
        self._shown = QWidget()
        self._timer = QTimer(self, interval=CHECK_MS)
        self._arrange()
        self.begin.clicked.connect(self._begin)
        self._timer.timeout.connect(self._check)
        control.devices_changed.connect(self._check)
        self._check()

    def show_addresses(self, here: str, network: str, fingerprint: str) -> None:
        """Where the interface answers: "" where it does not."""
        if (here, network, fingerprint) != (self._here, self._network, self._fingerprint):
            self._here, self._network, self._fingerprint = here, network, fingerprint
            self.how.clear()
            if not here:
                self._control.pairing.end()
            self._check()
        self.begin.setEnabled(bool(here))

    def hideEvent(self, event: QHideEvent) -> None:
        """A code that is closed is taken back; one of a window that is minimised is not."""
        if not event.spontaneous():
            self._control.pairing.end()
            self._check()
        super().hideEvent(event)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        button = QHBoxLayout()
        button.addWidget(self.begin)
        button.addStretch(1)
        column.addLayout(button)
        column.addWidget(self._shown)
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * UNIT)
        row.addWidget(self.qr, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self.code)
        words.addWidget(self.how)
        words.addWidget(self.certificate)
        words.addStretch(1)
        row.addLayout(words, stretch=1)

    def _begin(self) -> None:
        self._control.pairing.begin()
        self._timer.start()
        self._check()

    def _check(self) -> None:
        """Show what is valid now."""
        code = self._control.pairing.code
        self._shown.setVisible(code is not None)
        if code is None:
            self._timer.stop()
            return
        if self.code.text() == code and self.how.text():
            return
        self.code.setText(code)
        self.qr.show_text(f"{self._network}/#pair={code}" if self._network else "")
        self.how.setText(
            self.tr(
                "Point the phone's camera at the picture, or open {0} and enter the code. It is "
                "valid for five minutes, once."
            ).format(self._network)
            if self._network
            else self.tr(
                "Open {0} in a browser on this computer and enter the code, or give it to the "
                "program that asks for it. It is valid for five minutes, once. For a phone, "
                "first choose “Answer in the local network”."
            ).format(self._here)
        )
        self.certificate.setText(
            self.tr(
                "The browser warns that it does not know this computer's certificate. Go on if "
                "it shows this fingerprint (SHA-256): {0}"
            ).format(self._fingerprint.replace(":", ":\N{ZERO WIDTH SPACE}"))
            if self._network
            else ""
        )
