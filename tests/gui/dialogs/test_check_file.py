from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.provenance.credentials.reading import Credentials
from engine.provenance.verification import Mark, Verification
from gui.dialogs.check_file import CheckFileDialog

MARKED = Verification(Credentials(), Mark(present=True, score=41.0, version="0.1.0", second=4.0))
SIGNED = Verification(
    Credentials(
        present=True, valid=True, ai_made=True, signer="One <b>", program="Live2Diff Camera"
    ),
    Mark(present=False, score=0.0),
)
NOTHING = Verification(Credentials(), Mark(present=False, score=0.0))


def answer(path: Path) -> Verification:
    if path.name == "bad.txt":
        raise SourceError("{file} is no film.", "Choose a film.", file=path.name)
    return {"marked.mp4": MARKED, "signed.mp4": SIGNED}.get(path.name, NOTHING)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[CheckFileDialog]:
    dialog = CheckFileDialog(answer)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    assert dialog.wait(5)


def drop(dialog: CheckFileDialog, name: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/films/{name}")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


@pytest.mark.parametrize(
    ("name", "verdict", "detail"),
    [
        ("marked.mp4", "marked.mp4 was made with AI by Live2Diff Camera.", "from second 4"),
        ("signed.mp4", "signed.mp4 was made with AI by Live2Diff Camera.", "signed by “One <b>”"),
        ("other.mp4", "Nothing in other.mp4 says", "It may still be made with AI"),
        ("bad.txt", "bad.txt could not be checked.", "Choose a film."),
    ],
)
def test_a_dropped_file_gets_a_plain_answer(
    qtbot: QtBot, dialog: CheckFileDialog, name: str, verdict: str, detail: str
) -> None:
    drop(dialog, name)
    qtbot.waitUntil(lambda: dialog.answer.text().startswith(verdict))
    assert detail in dialog.details.text()


def test_only_the_last_file_counts(qtbot: QtBot, dialog: CheckFileDialog) -> None:
    drop(dialog, "marked.mp4")
    drop(dialog, "other.mp4")
    qtbot.waitUntil(lambda: "Nothing in other.mp4" in dialog.answer.text())
    assert dialog.wait(5)
    qtbot.wait(1)
    assert "other.mp4" in dialog.answer.text()
