"""The catalogue's texts, listed so that Qt Linguist finds them; they are data otherwise."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "catalogue"

SHIPPED = (
    QT_TRANSLATE_NOOP("catalogue", "Built-in"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Small and fast: runs on an ordinary laptop without a graphics card, with the "
        "styles it was trained for.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Live2Diff (Stable Diffusion 1.5)"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The published networks, for a computer with a strong graphics card: any style you"
        " can put into words, and styles of your own.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Comic"),
    QT_TRANSLATE_NOOP("catalogue", "Bold outlines and flat, printed colours."),
    QT_TRANSLATE_NOOP("catalogue", "Anime"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "You as an anime character: large eyes in your own colour, clean lines, flat tones.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Manga"),
    QT_TRANSLATE_NOOP(
        "catalogue", "You in a black-and-white manga: black lines, white paper, flat greys."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Storybook"),
    QT_TRANSLATE_NOOP(
        "catalogue", "You in an illustrated book: soft washes of paint and gentle lines."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Hero"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "You as the hero of a printed comic: heavy black lines, strong colours, a broad jaw.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Oil"),
    QT_TRANSLATE_NOOP("catalogue", "Thick strokes of paint that follow the forms."),
    QT_TRANSLATE_NOOP("catalogue", "Ink"),
    QT_TRANSLATE_NOOP("catalogue", "Black ink and grey wash on paper."),
    QT_TRANSLATE_NOOP("catalogue", "Watercolour"),
    QT_TRANSLATE_NOOP("catalogue", "Soft washes of colour with gentle edges on paper."),
    QT_TRANSLATE_NOOP("catalogue", "Pencil"),
    QT_TRANSLATE_NOOP("catalogue", "Graphite lines and shading."),
    QT_TRANSLATE_NOOP("catalogue", "Your words"),
    QT_TRANSLATE_NOOP("catalogue", "The base model alone: the style is what you describe."),
    QT_TRANSLATE_NOOP("catalogue", "3D cartoon"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Rounded shapes and soft light, as in an animated feature film.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Felted"),
    QT_TRANSLATE_NOOP("catalogue", "Everything made of felt and wool."),
    QT_TRANSLATE_NOOP("catalogue", "Ink (MoXin)"),
    QT_TRANSLATE_NOOP("catalogue", "Chinese ink painting with empty space."),
    QT_TRANSLATE_NOOP("catalogue", "Origami"),
    QT_TRANSLATE_NOOP("catalogue", "Folded paper."),
    QT_TRANSLATE_NOOP("catalogue", "Pixel art"),
    QT_TRANSLATE_NOOP("catalogue", "Large square pixels and few colours."),
    QT_TRANSLATE_NOOP("catalogue", "ToonYou"),
    QT_TRANSLATE_NOOP("catalogue", "Bright drawn cartoon."),
)
"""Titles and descriptions of the shipped models and styles."""


def in_users_language(text: str) -> str:
    """A text of the catalogue, translated if it is a shipped one."""
    return QCoreApplication.translate(CONTEXT, text)
