"""The user's character: shown where it counts, live, and each setting with a way back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QSlider
from pytestqt.qtbot import QtBot

from engine.model_store.catalog import Catalog
from engine.model_store.styles import StyleEntry
from engine.settings import NAMED_COLOURS, Blend, Character, LiveSettings, colour_text
from gui.panes.character import CharacterControls, ColourRow
from gui.panes.controls import ControlsPane
from gui.state.app_model import AppModel
from gui.widgets.setting_slider import SettingSlider
from tests.gui.fakes import FakeSession

BLUE = NAMED_COLOURS["blue"]


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    """With a look that draws faces."""
    look = StyleEntry("faces", "Faces", "built-in", faces=True, eye_size=1.3)
    return replace(catalog, styles=(*catalog.styles, look))


@pytest.fixture
def pane(qtbot: QtBot, app_model: AppModel) -> ControlsPane:
    pane = ControlsPane(app_model)
    qtbot.addWidget(pane)
    pane.show()
    return pane


@pytest.fixture
def controls(pane: ControlsPane, app_model: AppModel) -> CharacterControls:
    app_model.choose_style("faces")
    return pane.character


@pytest.fixture
def row(qtbot: QtBot) -> ColourRow:
    row = ColourRow("Hair colour", "")
    qtbot.addWidget(row)
    row.show()
    return row


def choose(row: ColourRow, name: str) -> None:
    index = row.choice.findData(name)
    row.choice.setCurrentIndex(index)
    row.choice.activated.emit(index)


def handle(slider: SettingSlider) -> QSlider:
    found = slider.findChild(QSlider)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("live", "shown"),
    [
        (LiveSettings("comic"), False),
        (LiveSettings("faces"), True),
        (LiveSettings("comic", Blend("faces", 0.5)), True),
        (LiveSettings("faces", Blend("comic", 0.5)), True),
        (LiveSettings("oil", Blend("comic", 0.5)), False),
    ],
)
def test_it_is_there_only_where_a_chosen_look_draws_faces(
    pane: ControlsPane, app_model: AppModel, live: LiveSettings, shown: bool
) -> None:
    app_model.set_live(live)
    assert pane.character.isVisible() is shown


def test_each_slider_changes_its_setting_at_once(
    controls: CharacterControls, session: FakeSession
) -> None:
    for name, low, high in (("eye_size", 1.0, 1.8), ("blush", 0, 2), ("line_weight", 0.4, 2.5)):
        for key, value in ((Qt.Key.Key_End, high), (Qt.Key.Key_Home, low)):
            QTest.keyClick(handle(getattr(controls, name)), key)
            assert getattr(session.applied[-1].character, name) == value
    assert session.applied[-1].character == Character(1.0, blush=0.0, line_weight=0.4)


def test_the_eye_size_of_the_look_is_shown_and_is_the_way_back(
    controls: CharacterControls, app_model: AppModel, session: FakeSession
) -> None:
    assert controls.eye_size.value() == 1.3
    QTest.keyClick(handle(controls.eye_size), Qt.Key.Key_Right)
    assert session.applied[-1].character.chosen() == {"eye_size": "1.31"}
    QTest.keyClick(handle(controls.eye_size), Qt.Key.Key_Left)
    assert session.applied[-1].character.chosen() == {}
    chosen = Character(eye_size=1.7)
    app_model.set_live(replace(app_model.preferences.live, character=chosen))
    assert controls.eye_size.value() == 1.7
    controls.eye_size._reset.click()
    assert session.applied[-1].character == Character()


@pytest.mark.parametrize("name", ["eye_colour", "hair_colour"])
def test_a_colour_is_chosen_by_name_and_given_up_again(
    controls: CharacterControls, session: FakeSession, name: str
) -> None:
    row = getattr(controls, name)

    def applied() -> dict[str, str]:
        return session.applied[-1].character.chosen()

    choose(row, "blue")
    assert applied() == {name: colour_text(BLUE)}
    row.reset.click()
    assert applied() == {}
    assert not row.reset.isEnabled()
    choose(row, "blue")
    choose(row, "")
    assert applied() == {}


def test_what_is_set_elsewhere_is_shown(controls: CharacterControls, app_model: AppModel) -> None:
    character = Character(1.6, BLUE, (1, 2, 3), 0.5, 1.5)
    app_model.set_live(replace(app_model.preferences.live, character=character))
    assert controls.eye_size.value() == 1.6
    assert controls.eye_colour.choice.currentText() == "Blue"
    assert controls.hair_colour.choice.currentText() == "#010203"
    assert controls.blush.value() == 0.5
    assert controls.line_weight.value() == 1.5


def test_showing_a_colour_is_silent_and_leaves_one_entry_for_mixed_ones(
    qtbot: QtBot, row: ColourRow
) -> None:
    entries = row.choice.count()
    with qtbot.assertNotEmitted(row.edited):
        for colour in ((1, 2, 3), (4, 5, 6), BLUE, (7, 8, 9), None):
            row.show_colour(colour)
    assert row.choice.count() == entries + 1
    assert row.choice.currentText() == "As I am"


@pytest.fixture
def dialog(qtbot: QtBot, row: ColourRow) -> QColorDialog:
    row.show_colour(BLUE)
    choose(row, "other")
    dialog = row.findChild(QColorDialog)
    assert dialog is not None
    return dialog


def test_a_mixed_colour_counts_at_once_and_stays(
    qtbot: QtBot, row: ColourRow, dialog: QColorDialog
) -> None:
    assert dialog.currentColor() == QColor(*BLUE)
    with qtbot.waitSignal(row.edited) as edited:
        dialog.setCurrentColor(QColor(10, 20, 30))
    assert edited.args == [(10, 20, 30)]
    dialog.accept()
    assert row.choice.currentText() == "#0a141e"


def test_a_cancelled_mixture_brings_back_the_colour_before(
    qtbot: QtBot, row: ColourRow, dialog: QColorDialog
) -> None:
    dialog.setCurrentColor(QColor(10, 20, 30))
    with qtbot.waitSignal(row.edited) as edited:
        dialog.reject()
    assert edited.args == [BLUE]
    assert row.choice.currentText() == "Blue"


def test_scrolling_past_changes_no_colour(qtbot: QtBot, row: ColourRow) -> None:
    row.choice.clearFocus()
    middle = QPointF(row.choice.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.assertNotEmitted(row.edited):
        QApplication.sendEvent(row.choice, turned)
    assert row.choice.currentIndex() == 0
