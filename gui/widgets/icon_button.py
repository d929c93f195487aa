"""Line icons in the theme's colours, and the button that shows one."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from gui.paths import ICONS
from gui.theme.theme import DARK, roles

SIDE = 20


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, side: int = SIDE, ratio: float = 2.0) -> QPixmap:
    """The icon `name` drawn in `colour`, `side` device-independent pixels square."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    picture = QPixmap(QSize(side, side) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def icon(name: str, colour: str, checked_colour: str | None = None) -> QIcon:
    """The icon `name` in `colour`, and in another while its button is down."""
    both = QIcon(pixmap(name, colour))
    both.addPixmap(pixmap(name, checked_colour or colour), QIcon.Mode.Normal, QIcon.State.On)
    return both


class IconButton(QToolButton):
    """A flat button with an icon that follows the theme; `name` is also its tooltip.

    with_text: the name is shown next to the icon. upon_picture: readable on any picture.
    """

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        checkable: bool = False,
        with_text: bool = False,
        upon_picture: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._upon_picture = upon_picture
        self.setCheckable(checkable)
        self.setProperty("upon", upon_picture)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if with_text:
            self.setText(name)
            self.setProperty("with_text", True)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._draw()

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self._draw()

    def set_name(self, name: str) -> None:
        """Set another name for the screen reader, the tooltip and, where shown, the text."""
        self.setAccessibleName(name)
        self.setToolTip(name)
        if self.text():
            self.setText(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._draw()

    def _draw(self) -> None:
        colours = roles()
        colour = colours.text if self.isEnabled() else colours.outline
        if self._upon_picture:
            colour = DARK.text
        if self.property("type") == "warning":
            colour = colours.on_warning
        checked = colour if self.property("plain") else colours.on_accent
        self.setIcon(icon(self._icon_name, colour, checked))
