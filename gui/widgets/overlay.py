"""Texts upon the preview: what is happening, and how far it has got."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.theme.theme import DARK, UNIT, roles

RING = 7 * UNIT


class Notice(QFrame):
    """A title, a line below it, and a ring that fills as the work proceeds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = _Ring()
        self._title = QLabel()
        self._title.setProperty("type", "headline")
        self._detail = QLabel()
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._ring, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def title(self) -> str:
        """The text on show."""
        return self._title.text()

    @property
    def share(self) -> float | None:
        """How full the ring is, 0..1; None while it is hidden."""
        return None if self._ring.isHidden() else self._ring.share

    def show_text(self, title: str, detail: str = "", *, on_picture: bool = False) -> None:
        """Show these texts; on_picture: in white, upon a darkened picture."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{title} {detail}".strip())
        colours = DARK if on_picture else roles()
        self._title.setStyleSheet(f"color: {colours.text};")
        self._detail.setStyleSheet(f"color: {colours.quiet if not on_picture else colours.text};")
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """Fill the ring by the share done / total; hide it where total is 0."""
        self._ring.setVisible(total > 0)
        self._ring.set_share(done / total if total else 0.0)


class _Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedSize(QSize(RING, RING))
        self.hide()

    def set_share(self, share: float) -> None:
        self.share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(4, 4, RING - 8, RING - 8)
        painter.setPen(QPen(QColor(roles().outline), 3))
        painter.drawEllipse(box)
        pen = QPen(QColor(roles().accent), 5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, round(-360 * 16 * self.share))


class OverlayBadge(QLabel):
    """A short text on a pill, in the warning colour if alarming; hidden without a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_text(self, text: str, *, alarming: bool = False) -> None:
        """Show this text, or nothing."""
        back, front = (DARK.warning, DARK.on_warning) if alarming else (DARK.raised, DARK.text)
        self.setStyleSheet(
            f"background: {back}; color: {front}; border-radius: {UNIT}px;"
            f"padding: {UNIT // 2}px {UNIT}px; font-weight: 600;"
        )
        self.setText(text)
        self.setVisible(bool(text))
