"""Pairing with an engine on another computer: its address, the code that it shows, its pin."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSizePolicy, QWidget

from engine.errors import EngineError
from engine.installation import with_own_commands
from engine.remote.engines import Reached
from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.form_helpers import form_of
from gui.features.elsewhere import Elsewhere
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT


class PairEngineDialog(BaseDialog):
    """Stays open when it is done, to show the certificate that has been pinned."""

    def __init__(self, elsewhere: Elsewhere, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("PairEngineDialog", "Compute on another computer")
        super().__init__(title, 68 * UNIT, parent)
        self._elsewhere = elsewhere
        self.address = QLineEdit(placeholderText="https://192.168.1.20:8733")
        self.address.setAccessibleName(self.tr("Address"))
        self.code = QLineEdit(placeholderText="XXXX-XXXX")
        self.code.setAccessibleName(self.tr("Code"))
        self.state = paragraph("")
        self.certificate = paragraph("", "caption")
        self.pair = self.add_button(self.tr("Pair"), leading=True)
        self.close_button = self.add_button(self.tr("Close"))
        self._arrange(title)
        for field in (self.address, self.code):
            field.textChanged.connect(self._allow)
        self.pair.clicked.connect(self._pair)
        self.close_button.clicked.connect(self.accept)
        elsewhere.reached.connect(self._on_reached)
        elsewhere.failed.connect(self._on_failed)
        self._allow()

    def _arrange(self, title: str) -> None:
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(
            paragraph(
                with_own_commands(
                    self.tr(
                        "On the other computer, start “python main.py serve”. It shows its "
                        "address and a code. Your camera’s pictures go there, encrypted, and "
                        "come back styled; they are not kept."
                    )
                )
            )
        )
        fields = QWidget()
        form: QFormLayout = form_of(fields)
        form.addRow(self.tr("Address"), self.address)
        form.addRow(self.tr("Code"), self.code)
        self.body.addWidget(fields)
        self.body.addWidget(self.state)
        self.body.addWidget(self.certificate)
        self.body.addStretch(1)
        fields.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(54 * UNIT)

    def _allow(self) -> None:
        self.pair.setEnabled(bool(self.address.text().strip() and self.code.text().strip()))

    def _pair(self) -> None:
        self.pair.setEnabled(False)
        self.state.setText(self.tr("Pairing …"))
        self.certificate.clear()
        self._elsewhere.pair(self.address.text(), self.code.text())

    def _on_reached(self, reached: Reached) -> None:
        self.state.setText(self.tr("Paired. The other computer does the work from now on."))
        self.code.clear()
        pin = reached.door.pin.upper()
        if pin:
            pairs = ":\N{ZERO WIDTH SPACE}".join(pin[i : i + 2] for i in range(0, len(pin), 2))
            self.certificate.setText(
                self.tr(
                    "Its certificate (SHA-256): {0}. Only a computer that has it is used. If the "
                    "other computer shows another one, choose “This computer” again."
                ).format(pairs)
            )

    def _on_failed(self, error: EngineError) -> None:
        self.state.setText(error_with_remedy(error))
        self._allow()
