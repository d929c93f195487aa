from engine.frames import Pixels
from engine.pipeline.easel import Easel, Still
from engine.settings import LiveSettings
from tests.engine.doubles import RAW, ScriptedTranslator, flat

PARTS = 3


def still(told: list[Pixels | None], style: str = "comic") -> Still:
    return Still(flat(RAW), LiveSettings(style=style), told.append)


def test_a_picture_is_made_one_part_a_turn() -> None:
    easel, model, told = Easel(), ScriptedTranslator(), list[Pixels | None]()
    easel.put(still(told))
    for _ in range(PARTS - 1):
        easel.turn(model)
    assert told == []
    easel.turn(model)
    (picture,) = told
    assert picture is not None
    assert picture.max() == RAW // 2


def test_without_a_picture_a_turn_does_nothing() -> None:
    model = ScriptedTranslator()
    Easel().turn(model)
    assert model.asides == []


def test_a_picture_that_fails_is_given_up_and_nothing_else() -> None:
    easel, told = Easel(), list[Pixels | None]()
    easel.put(still(told, "unknown"))
    easel.turn(ScriptedTranslator())
    assert told == [None]
    easel.turn(ScriptedTranslator())
    assert told == [None]


def test_a_newer_picture_replaces_one_that_is_not_done() -> None:
    easel, model, told = Easel(), ScriptedTranslator(), list[Pixels | None]()
    easel.put(still(told, "comic"))
    easel.turn(model)
    easel.put(still(told, "oil"))
    assert told == [None]
    easel.turn(model)
    assert model.asides == ["comic", "oil"]
