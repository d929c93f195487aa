from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.settings import LiveSettings
from gui.dialogs.cues import USUAL_FADE_S, CuesDialog
from gui.features.cue_player import CuePlayer
from gui.state.app_model import AppModel
from gui.state.presets import Preset, PresetStore
from gui.text.languages import LANGUAGES, Languages
from tests.gui.test_text_fits import cut_off, shown


@pytest.fixture
def dialog(
    qtbot: QtBot, app_model: AppModel, cues: CuePlayer, tmp_path: Path
) -> Iterator[CuesDialog]:
    dialog = CuesDialog(app_model, cues, presets=PresetStore(tmp_path))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def add(dialog: CuesDialog, text: str) -> None:
    """Choose from the menu of the button."""
    menu = dialog.add.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()


def names(cues: CuePlayer) -> list[str]:
    return [cue.name for cue in cues.cues.cues]


def test_cues_are_made_of_what_is_set_and_of_presets(
    dialog: CuesDialog, cues: CuePlayer, tmp_path: Path
) -> None:
    PresetStore(tmp_path).save(Preset("Evening", live=LiveSettings("ink")))
    add(dialog, "What is set now")
    add(dialog, "Evening")
    assert names(cues) == ["Comic", "Evening"]
    assert [cue.fade_s for cue in cues.cues.cues] == [USUAL_FADE_S] * 2
    assert cues.cues.cues[1].live.style == "ink"


def test_a_cue_is_named_timed_moved_and_removed(dialog: CuesDialog, cues: CuePlayer) -> None:
    for _ in range(2):
        add(dialog, "What is set now")
    dialog.list.setCurrentRow(1)
    dialog.name.setText("Encore")
    dialog.name.editingFinished.emit()
    dialog.fade.setValue(7.5)
    assert cues.cues.cues[1].fade_s == 7.5
    dialog.up.click()
    assert names(cues) == ["Encore", "Comic"]
    assert dialog.list.currentRow() == 0
    dialog.remove.click()
    assert names(cues) == ["Comic"]
    dialog.remove.click()
    assert not dialog.remove.isEnabled()


def test_a_cue_takes_over_what_is_set(
    dialog: CuesDialog, cues: CuePlayer, app_model: AppModel
) -> None:
    add(dialog, "What is set now")
    app_model.choose_style("oil")
    dialog.update_cue.click()
    assert cues.cues.cues[0].live.style == "oil"


def test_the_list_is_stepped_through(
    dialog: CuesDialog, cues: CuePlayer, app_model: AppModel
) -> None:
    for style in ("ink", "oil"):
        app_model.choose_style(style)
        add(dialog, "What is set now")
        dialog.fade.setValue(0)
    dialog.next.click()
    assert app_model.preferences.live.style == "ink"
    assert not dialog.previous.isEnabled()
    dialog.next.click()
    assert app_model.preferences.live.style == "oil"
    assert not dialog.next.isEnabled()
    assert dialog.list.item(1).text().startswith("▶")
    dialog.previous.click()
    dialog.list.setCurrentRow(1)
    dialog.go.click()
    assert cues.status.position == 2


def test_the_list_is_one_file(
    dialog: CuesDialog, cues: CuePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, "What is set now")
    file = str(tmp_path / "show")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (file, "")))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", staticmethod(lambda *_, **__: (f"{file}.cues.json", ""))
    )
    dialog._save()
    dialog.remove.click()
    dialog._open()
    assert names(cues) == ["Comic"]


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_words_fit(
    qapp: QApplication, qtbot: QtBot, app_model: AppModel, cues: CuePlayer, code: str
) -> None:
    languages = Languages(qapp)
    use: Callable[[str], str] = languages.use
    use(code)
    dialog = CuesDialog(app_model, cues)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    cut = [getattr(w, "text", str)() for w in shown(dialog) if cut_off(w)]
    use("en")
    assert cut == []
