from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import SettingError
from engine.settings import Blend, LiveSettings
from gui.features.cue_player import CuePlayer
from gui.state.app_model import AppModel
from gui.state.cues import Cue, CueList, CueStore
from tests.gui.fakes import FakeSession

INK = LiveSettings("ink", strength=0.4)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cues(app_model: AppModel, tmp_path: Path, clock: Clock) -> CuePlayer:
    return CuePlayer(app_model, CueStore(tmp_path), clock=clock)


def test_a_fade_mixes_one_style_into_the_other_and_ends_at_the_cue(
    cues: CuePlayer, app_model: AppModel, clock: Clock
) -> None:
    cues.edit(CueList((Cue("Dusk", live=INK, fade_s=4.0),)))
    cues.go_to(1)
    assert cues.status.fading
    clock.now = 1.0
    cues.advance()
    now = app_model.preferences.live
    assert (now.style, now.blend) == ("comic", Blend("ink", 0.25))
    assert now.strength == pytest.approx(0.85)
    clock.now = 5.0
    cues.advance()
    assert app_model.preferences.live == INK
    assert not cues.status.fading


def test_a_fade_goes_on_by_itself(cues: CuePlayer, clock: Clock, qtbot: QtBot) -> None:
    cues.edit(CueList((Cue("Dusk", live=INK, fade_s=4.0),)))
    cues.go_to(1)
    clock.now = 4.0
    qtbot.waitUntil(lambda: not cues.status.fading)


def test_whoever_moves_a_slider_during_a_fade_takes_over(
    cues: CuePlayer, app_model: AppModel, clock: Clock
) -> None:
    cues.edit(CueList((Cue("Dusk", live=INK, fade_s=4.0),)))
    cues.go_to(1)
    mine = LiveSettings("pencil")
    app_model.set_live(mine)
    clock.now = 3.0
    cues.advance()
    assert app_model.preferences.live == mine
    assert not cues.status.fading


def test_the_next_cue_may_come_during_a_fade(
    cues: CuePlayer, app_model: AppModel, clock: Clock
) -> None:
    cues.edit(CueList((Cue("Dusk", live=INK, fade_s=4.0), Cue("Night", live=LiveSettings("oil")))))
    cues.go_to(1)
    cues.step(1)
    assert app_model.preferences.live == LiveSettings("oil")
    assert cues.status.position == 2


def test_another_model_is_not_faded_to(
    cues: CuePlayer, app_model: AppModel, session: FakeSession
) -> None:
    cues.edit(CueList((Cue("Words", "words", LiveSettings("free"), fade_s=4.0),)))
    cues.go_to(1)
    assert not cues.status.fading
    assert app_model.preferences.build.model == "words"


def test_a_cue_whose_style_is_gone_changes_nothing(cues: CuePlayer, app_model: AppModel) -> None:
    before = app_model.preferences
    cues.edit(CueList((Cue("Old", live=LiveSettings("gone")),)))
    with pytest.raises(SettingError):
        cues.go_to(1)
    assert app_model.preferences == before
    assert cues.status.position == 0


@pytest.mark.parametrize("fade_s", [0.0, 2.0])
def test_a_removed_style_of_a_cue_is_replaced_and_that_is_said(
    cues: CuePlayer, app_model: AppModel, clock: Clock, qtbot: QtBot, fade_s: float
) -> None:
    built_in, *others = app_model.catalog.models
    later = replace(built_in, retired={"poster": "ink"})
    app_model.catalog = replace(app_model.catalog, models=(later, *others))
    cues.edit(CueList((Cue("Old", live=LiveSettings("poster"), fade_s=fade_s),)))
    with qtbot.waitSignal(app_model.troubled) as told:
        cues.go_to(1)
    assert told.args is not None
    assert "poster has been removed; ink is used" in str(told.args[0])
    clock.now = 3.0
    cues.advance()
    assert app_model.preferences.live == LiveSettings("ink")


def test_the_list_is_kept_and_can_be_taken_along(
    cues: CuePlayer, app_model: AppModel, tmp_path: Path
) -> None:
    cues.add("One", 2.0)
    cues.save_as(tmp_path / "show.cues.json")
    kept = CuePlayer(app_model, CueStore(tmp_path))
    assert kept.cues == cues.cues == CueList((Cue("One", live=LiveSettings("comic"), fade_s=2.0),))
    kept.edit(CueList())
    kept.open(tmp_path / "show.cues.json")
    assert kept.cues == cues.cues
    (tmp_path / "bad.cues.json").write_text("{", encoding="utf-8")
    with pytest.raises(SettingError, match="not a list of cues"):
        kept.open(tmp_path / "bad.cues.json")
    assert kept.cues == cues.cues
