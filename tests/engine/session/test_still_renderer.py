from engine.frames import Pixels
from engine.session.commands import RenderStill
from engine.session.still_renderer import StillRenderer
from engine.settings import LiveSettings
from tests.engine.doubles import RAW, ScriptedTranslator, flat

PARTS = 3


def still(told: list[Pixels | None], style: str = "comic") -> RenderStill:
    return RenderStill(flat(RAW), LiveSettings(style=style), told.append)


def test_a_picture_is_made_one_part_a_turn() -> None:
    stills, model, told = StillRenderer(), ScriptedTranslator(), list[Pixels | None]()
    stills.put(still(told))
    for _ in range(PARTS - 1):
        stills.advance(model.render_still)
    assert told == []
    stills.advance(model.render_still)
    (picture,) = told
    assert picture is not None
    assert picture.max() == RAW // 2


def test_without_a_picture_a_turn_does_nothing() -> None:
    model = ScriptedTranslator()
    StillRenderer().advance(model.render_still)
    assert model.asides == []


def test_a_picture_that_fails_is_given_up_and_nothing_else() -> None:
    stills, told = StillRenderer(), list[Pixels | None]()
    stills.put(still(told, "unknown"))
    stills.advance(ScriptedTranslator().render_still)
    assert told == [None]
    stills.advance(ScriptedTranslator().render_still)
    assert told == [None]


def test_a_newer_picture_replaces_one_that_is_not_done() -> None:
    stills, model, told = StillRenderer(), ScriptedTranslator(), list[Pixels | None]()
    stills.put(still(told, "comic"))
    stills.advance(model.render_still)
    stills.put(still(told, "oil"))
    assert told == [None]
    stills.advance(model.render_still)
    assert model.asides == ["comic", "oil"]
