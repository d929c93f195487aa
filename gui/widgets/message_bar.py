"""One sentence about what is wrong or chosen, with one button that helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.theme.theme import UNIT, roles
from gui.widgets.icon_button import IconButton, pixmap


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence. detail: the tooltip. help: what the button says and does.

    closable: the user may dismiss it.
    """

    text: str
    detail: str = ""
    help: tuple[str, Callable[[], object]] | None = None
    closable: bool = True


class MessageBar(QFrame):
    """Shows the newest message; hidden without one."""

    dismissed = Signal(str)
    """The user has dismissed the message of this text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.setProperty("type", "warning")
        self._button.clicked.connect(self._help)
        self._close = IconButton("close", self.tr("Dismiss this message"))
        self._close.setProperty("type", "warning")
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT * 3 // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        row.setSpacing(UNIT * 3 // 2)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.hide()

    @property
    def message(self) -> Message | None:
        """The message on show."""
        return self._message

    def show_message(self, message: Message | None) -> None:
        """Show this message instead of the former; None hides the bar."""
        if message == self._message:
            return
        self._message = message
        self.setVisible(message is not None)
        if message is not None:
            self._fill(message)

    def _fill(self, message: Message) -> None:
        colours = roles()
        self._icon.setPixmap(pixmap("warning", colours.on_warning))
        self._text.setText(message.text)
        self._text.setToolTip(message.detail)
        self._text.setAccessibleName(message.text)
        self._text.setAccessibleDescription(message.detail)
        self._button.setVisible(message.help is not None)
        self._button.setText(message.help[0] if message.help else "")
        self._close.setVisible(message.closable)
        self.setStyleSheet(
            f"MessageBar {{ background: {QColor(colours.warning).name()}; border-radius: 8px; }}"
            f"QLabel {{ color: {colours.on_warning}; }}"
            f"QPushButton {{ border-color: {colours.on_warning}; }}"
        )

    def _dismiss(self) -> None:
        text = self._message.text if self._message is not None else ""
        self.show_message(None)
        self.dismissed.emit(text)

    def _help(self) -> None:
        message = self._message
        self.show_message(None)
        if message is not None and message.help is not None:
            message.help[1]()
