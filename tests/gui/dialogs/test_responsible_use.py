"""The page of responsible use promises no more than was measured."""

import re

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.paths import RESOURCES
from gui.dialogs.responsible_use import ResponsibleUse

Row = tuple[float, float, float]


def text_of_page(qtbot: QtBot) -> str:
    page = ResponsibleUse()
    qtbot.addWidget(page)
    return " ".join(label.text() for label in page.findChildren(QLabel))


def measured() -> dict[str, Row]:
    """Each style's likeness at strengths 0.2, 0.6 and 1, from the model card."""
    card = (RESOURCES / "models" / "built_in" / "MODEL_CARD.md").read_text(encoding="utf-8")
    faces = card.partition("### Faces")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+) \| (-?[\d.]+) \|", faces, re.MULTILINE)
    return {name: (float(low), float(middle), float(full)) for name, low, middle, full in rows}


def test_the_page_promises_no_privacy(qtbot: QtBot) -> None:
    text = text_of_page(qtbot)
    assert "private" not in text
    assert "not a disguise" in text


def test_its_figures_are_those_of_the_model_card(qtbot: QtBot) -> None:
    text, rows = text_of_page(qtbot), measured()
    looks = [rows.pop(name) for name in ("anime", "manga", "storybook", "hero")]
    weakest, half, whole = zip(*looks, strict=True)
    low, middle, full = zip(*rows.values(), strict=True)
    assert len(rows) == 5
    assert f"{min(full):.2f} to {max(full):.2f} at full strength" in text
    assert f"{min(middle):.2f} to {max(middle):.2f} at 0.6" in text
    assert f"have {min(whole):.2f} to {max(whole):.2f} at full strength" in text
    assert f"and {min(half):.2f} to {max(half):.2f} at 0.6" in text
    assert f"has {min(*low, *weakest):.2f} or more" in text
