"""Who is styled: live, said upon the picture, in no preset, and nobody unstyled the next time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from engine.events import SessionState
from engine.settings import Behind, Composition, LiveSettings, Styled
from gui.panes.composition import ChoiceRow, CompositionControls
from gui.panes.preview import PreviewPane
from gui.state.app_model import AppModel
from gui.state.preferences import PreferenceStore
from gui.state.presets import Preset
from tests.gui.fakes import FakeSession

ROOM_RAW, PERSON_RAW = "Your room is shown unstyled", "You are shown unstyled"


@pytest.fixture
def controls(qtbot: QtBot, app_model: AppModel) -> CompositionControls:
    controls = CompositionControls(app_model)
    qtbot.addWidget(controls)
    controls.show()
    return controls


@pytest.fixture
def preview(qtbot: QtBot, app_model: AppModel) -> PreviewPane:
    preview = PreviewPane(app_model)
    qtbot.addWidget(preview)
    preview.show()
    return preview


@pytest.fixture
def live(qtbot: QtBot, app_model: AppModel, session: FakeSession) -> AppModel:
    app_model.go_live()
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    return app_model


def choose(row: ChoiceRow, index: int) -> None:
    row.choice.setCurrentIndex(index)
    row.choice.activated.emit(index)


def answer_with(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    answer: Callable[..., tuple[str, str]] = lambda *_, **__: (str(path or ""), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)


def test_each_choice_reaches_the_session_and_the_next_one(
    qtbot: QtBot, controls: CompositionControls, live: AppModel, session: FakeSession
) -> None:
    choose(controls.styled, 1)
    assert session.applied[-1].composition == Composition(Styled.PERSON)
    choose(controls.behind, 1)
    assert session.applied[-1].composition == Composition(Styled.PERSON, Behind.BLURRED)
    live.set_live(LiveSettings("oil"))
    assert session.applied[-1].composition == Composition(Styled.PERSON, Behind.BLURRED)
    live.stop()
    qtbot.waitUntil(lambda: live.state.session is SessionState.OFF)
    live.go_live()
    assert session.jobs[-1].live.composition == Composition(Styled.PERSON, Behind.BLURRED)


def test_a_picture_is_asked_for_and_a_bad_one_is_told(
    qtbot: QtBot,
    controls: CompositionControls,
    app_model: AppModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer_with(monkeypatch, None)
    choose(controls.behind, 2)
    assert app_model.preferences.composition == Composition()
    assert controls.behind.choice.currentIndex() == 0
    path = tmp_path / "beach.png"
    path.write_text("no picture")
    answer_with(monkeypatch, path)
    with qtbot.waitSignal(app_model.troubled) as told:
        choose(controls.behind, 2)
    assert isinstance(told.args[0], EngineError)
    assert "beach.png" in str(told.args[0])
    assert app_model.preferences.composition == Composition()
    Image.new("RGB", (4, 3)).save(path)
    choose(controls.behind, 2)
    assert app_model.preferences.composition == Composition(
        behind=Behind.PICTURE, picture=str(path)
    )
    assert controls.behind.choice.currentIndex() == 2


def test_a_colour_is_mixed(controls: CompositionControls, app_model: AppModel) -> None:
    choose(controls.behind, 3)
    assert app_model.preferences.composition == Composition()
    (dialog,) = controls.findChildren(QColorDialog)
    dialog.colorSelected.emit(QColor(1, 2, 3))
    dialog.close()
    assert app_model.preferences.composition == Composition(behind=Behind.COLOUR, colour=(1, 2, 3))


@pytest.mark.parametrize(("index", "text"), [(1, ROOM_RAW), (2, PERSON_RAW)])
def test_it_is_said_upon_the_picture_for_as_long_as_it_holds(
    controls: CompositionControls, preview: PreviewPane, live: AppModel, index: int, text: str
) -> None:
    choose(controls.styled, index)
    preview.show_briefly("a passing text")
    assert preview.badge.text() == text
    preview.show_briefly("")
    assert preview.badge.text() == text
    choose(controls.styled, 0)
    assert preview.badge.text() == ""


def test_an_unstyled_person_ends_with_the_session(
    qtbot: QtBot, controls: CompositionControls, live: AppModel, session: FakeSession
) -> None:
    choose(controls.styled, 2)
    choose(controls.behind, 1)
    live.stop()
    qtbot.waitUntil(lambda: live.state.session is SessionState.OFF)
    assert live.preferences.composition == Composition(behind=Behind.BLURRED)
    live.go_live()
    assert not session.jobs[-1].live.composition.raw_person


def test_neither_preferences_nor_presets_nor_cues_have_it(
    controls: CompositionControls, app_model: AppModel, tmp_path: Path
) -> None:
    choose(controls.styled, 2)
    store = PreferenceStore(tmp_path / "preferences.json")
    store.save(app_model.preferences)
    assert store.load().composition == Composition()
    assert "composition" not in (tmp_path / "preferences.json").read_text()
    assert app_model.preferences.live.composition == Composition()  # of which both are made


def test_a_preset_leaves_what_is_behind_you_as_it_is(
    controls: CompositionControls, live: AppModel, session: FakeSession
) -> None:
    choose(controls.behind, 1)
    preset = Preset("mine", live=LiveSettings("oil"))
    live.apply(preset.model, preset.live)
    assert session.applied[-1].style == "oil"
    assert session.applied[-1].composition == Composition(behind=Behind.BLURRED)


def test_an_unstyled_person_does_not_come_back_with_a_stream_that_starts_again(
    qtbot: QtBot, controls: CompositionControls, live: AppModel, session: FakeSession
) -> None:
    choose(controls.styled, 2)
    assert session.applied[-1].composition.raw_person
    live.set_input(replace(live.preferences.input, mirror=True))
    qtbot.waitUntil(lambda: len(session.jobs) == 2)
    assert not live.preferences.composition.raw_person
    assert not session.jobs[-1].live.composition.raw_person
