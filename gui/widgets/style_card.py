"""One style of the wall: its picture, its name, its number key, a star."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engine.model_store.styles import Recognisable
from gui.theme.theme import CAPTION, CORNER, UNIT, roles
from gui.widgets.icon_button import pixmap

SMALLEST = 10 * UNIT
"""Width of the smallest card, in device-independent pixels."""
SHAPE = 3 / 4
"""Height of a picture by its width: a webcam's, so that more styles are visible at once."""
MARGIN = 4
"""Around a picture, in pixels: space for the frame of the chosen one."""
TITLE = 3 * UNIT
"""Height of the name below the picture, in pixels."""
STAR = 3 * UNIT


class StyleCard(QAbstractButton):
    """A checkable picture with a name; `starred` fires when the user makes it a favourite or not.

    recognisable: what the tool tip and the description for screen readers say about faces.
    min_width: in device-independent pixels.
    """

    starred = Signal(bool)

    def __init__(
        self,
        name: str,
        title: str,
        effect: str,
        *,
        recognisable: Recognisable = Recognisable.UNKNOWN,
        min_width: int = SMALLEST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self._min_width = name, min_width
        self._original = QPixmap()
        self._picture = QPixmap()
        self._favourite = False
        self._key = ""
        self.setCheckable(True)
        self.setText(title)
        self.setAccessibleName(title)
        description = "\n".join(filter(None, [effect, self._about_faces(recognisable)]))
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _about_faces(self, recognisable: Recognisable) -> str:
        match recognisable:
            case Recognisable.YES:
                return self.tr("A face stays recognisable in this style.")
            case Recognisable.PARTLY:
                return self.tr(
                    "A face stays recognisable at low strength, and in part at full strength."
                )
            case Recognisable.UNKNOWN:
                return self.tr("Whether a face stays recognisable has not been measured.")

    def sizeHint(self) -> QSize:
        return QSize(self._min_width, self.heightForWidth(self._min_width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round((width - 2 * MARGIN) * SHAPE) + 2 * MARGIN + TITLE

    def set_picture(self, picture: QPixmap) -> None:
        """Show another picture; cut to the card's shape."""
        self._original = picture
        self._picture = QPixmap()
        self.update()

    def set_favourite(self, on: bool) -> None:
        """Show whether it is a favourite, silently."""
        self._favourite = on
        self.update()

    def set_key(self, key: str) -> None:
        """Show the number key that chooses it; none where it is empty."""
        self._key = key
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._toggle_star()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._star_rect().contains(event.position()):
            self._toggle_star()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F:
            self._toggle_star()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter)
        self._paint_frame(painter)
        self._paint_badges(painter)
        self._paint_title(painter)

    def _paint_picture(self, painter: QPainter) -> None:
        box = self._box()
        path = QPainterPath()
        path.addRoundedRect(box, CORNER - 2, CORNER - 2)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(box, QColor(roles().line))
        if self._original.isNull():
            centre = box.center().toPoint()
            painter.drawPixmap(centre.x() - 20, centre.y() - 20, self._blank())
        else:
            painter.drawPixmap(box.toRect(), self._scaled(box))
        painter.restore()

    def _scaled(self, box: QRectF) -> QPixmap:
        """The picture at the size shown, scaled once for every size."""
        size = (box.size() * self.devicePixelRatioF()).toSize()
        if self._picture.size() != size:
            self._picture = _cut(self._original, size)
        return self._picture

    def _paint_frame(self, painter: QPainter) -> None:
        colours = roles()
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.text), 2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        if self.isChecked():
            painter.setPen(QPen(QColor(colours.accent), 3))
            painter.drawRoundedRect(self._box(), CORNER - 2, CORNER - 2)

    def _paint_badges(self, painter: QPainter) -> None:
        if self._key:
            self._paint_key(painter)
        if self._favourite or self.underMouse() or self.hasFocus():
            rect = self._star_rect()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 140))
            painter.drawEllipse(rect)
            star = pixmap("star-full" if self._favourite else "star", "#ffffff", 14)
            painter.drawPixmap(rect.adjusted(5, 5, -5, -5).toRect(), star)

    def _paint_key(self, painter: QPainter) -> None:
        spot = QRectF(self._box().x() + 4, UNIT, 2.25 * UNIT, 2.25 * UNIT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 140))
        painter.drawRoundedRect(spot, 5, 5)
        painter.setPen(QColor("white"))
        painter.setFont(_small(self))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._key)

    def _paint_title(self, painter: QPainter) -> None:
        colours = roles()
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.outline))
        area = QRectF(4, self.height() - TITLE, self.width() - 8, TITLE - 2)
        title = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, title)

    def _blank(self) -> QPixmap:
        return pixmap("person", roles().quiet, 40)

    def _box(self) -> QRectF:
        width, height = self.width() - 2 * MARGIN, self.height() - TITLE - 2 * MARGIN
        return QRectF(MARGIN, MARGIN, width, height)

    def _star_rect(self) -> QRectF:
        return QRectF(self._box().right() - STAR - 2, 6, STAR, STAR)

    def _toggle_star(self) -> None:
        self.set_favourite(not self._favourite)
        self.starred.emit(self._favourite)


def _small(widget: QWidget) -> QFont:
    font = widget.font()
    font.setPixelSize(CAPTION)
    return font


def _cut(picture: QPixmap, size: QSize) -> QPixmap:
    """The middle of a picture, or rather above it, where faces are."""
    filled = picture.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, over = (filled.width() - size.width()) // 2, filled.height() - size.height()
    return filled.copy(left, over // 4, size.width(), size.height())
