"""Colours as roles, sizes as one unit, and the style sheet made of both."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.theme.style_sheet import SHEET

UNIT = 8
"""Everything is spaced by multiples of this, in device-independent pixels."""
CORNER = 10
BODY, CAPTION, FIGURE = 13, 11, 28
"""The three sizes of type, in pixels."""


@dataclass(frozen=True, slots=True)
class ColorRoles:
    """What each colour is for. `on_…` is the text upon the colour of that name."""

    surface: str
    raised: str
    sunken: str
    line: str
    outline: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    live: str
    on_live: str
    warning: str
    on_warning: str
    capture: str
    network: str
    engine: str
    publish: str


DARK = ColorRoles(
    surface="#14161a",
    raised="#1d2026",
    sunken="#0c0d10",
    line="#2c3139",
    outline="#757e8d",
    text="#eceef2",
    quiet="#a5adba",
    accent="#7cb2ff",
    on_accent="#0a1626",
    live="#d3343b",
    on_live="#ffffff",
    warning="#f2b544",
    on_warning="#221600",
    capture="#5fbfae",
    network="#f2b544",
    engine="#7cb2ff",
    publish="#c294f0",
)

LIGHT = ColorRoles(
    surface="#f3f4f7",
    raised="#ffffff",
    sunken="#e3e6eb",
    line="#d9dde4",
    outline="#808895",
    text="#191c22",
    quiet="#535b68",
    accent="#1c5fcc",
    on_accent="#ffffff",
    live="#c4262d",
    on_live="#ffffff",
    warning="#ffcf70",
    on_warning="#2a1c00",
    capture="#1d8273",
    network="#b06a00",
    engine="#1c5fcc",
    publish="#8746c9",
)


def roles() -> ColorRoles:
    """The colours that the application is drawn in now."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2.2: 1 (equal) .. 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def apply_theme(app: QApplication, scheme: Qt.ColorScheme) -> None:
    """Draw the application in `scheme`; Unknown follows the system, dark if it has no theme."""
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(scheme)
    chosen = scheme if scheme != Qt.ColorScheme.Unknown else hints.colorScheme()
    colours = LIGHT if chosen == Qt.ColorScheme.Light else DARK
    if not app.styleSheet():  # once: each of these visits every widget
        app.setStyle("fusion")
        app.setFont(_body_font(app.font()))
    app.setPalette(_palette(colours))
    app.setStyleSheet(_sheet(colours))


def tabular(font: QFont, pixels: int) -> QFont:
    """`font` at `pixels`, with figures of one width, so that changing numbers do not jitter."""
    figures = QFont(font)
    figures.setPixelSize(pixels)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def _body_font(font: QFont) -> QFont:
    return tabular(font, BODY)


def _luminance(name: str) -> float:
    colour = QColor(name)
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _sheet(colours: ColorRoles) -> str:
    text = SHEET.replace("@scheme", "light" if colours is LIGHT else "dark")
    for name in sorted(ColorRoles.__slots__, key=len, reverse=True):
        text = text.replace(f"@{name}", getattr(colours, name))
    return text


def _palette(colours: ColorRoles) -> QPalette:
    group = QPalette.ColorRole
    by_role = {
        group.Window: colours.surface,
        group.WindowText: colours.text,
        group.Base: colours.raised,
        group.AlternateBase: colours.surface,
        group.Text: colours.text,
        group.PlaceholderText: colours.quiet,
        group.Button: colours.raised,
        group.ButtonText: colours.text,
        group.ToolTipBase: colours.raised,
        group.ToolTipText: colours.text,
        group.Highlight: colours.accent,
        group.HighlightedText: colours.on_accent,
        group.Link: colours.accent,
    }
    palette = QPalette()
    for role, colour in by_role.items():
        palette.setColor(role, QColor(colour))
    for role in (group.WindowText, group.Text, group.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.outline))
    return palette
