"""What changes when another computer does the work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.frames import Size
from engine.model_store.catalog import Catalog, ModelEntry
from engine.model_store.styles import StyleEntry
from engine.settings import WHOLE, Blend, BuildSettings, Composition, LiveSettings, Styled
from gui.state import computers
from gui.state.app_model import AppModel
from gui.state.computers import at_start, moved
from gui.state.preferences import Preferences
from tests.gui.fakes import FakeSession

ENGINE = "https://studio:8733"


@pytest.fixture
def there() -> Catalog:
    model = ModelEntry("large", "Large", "", False, "epsilon", Size(512, 512), 4, 0.6)
    return Catalog((model,), tuple(StyleEntry(n, n.title(), "large") for n in ("glow", "ink")))


def test_what_is_set_stays_as_far_as_it_exists_there(there: Catalog) -> None:
    chosen = Preferences(live=LiveSettings(style="ink", blend=Blend("glow", 0.3), seed=7))
    away = moved(chosen, ENGINE, there)
    assert (away.build.engine, away.build.model) == (ENGINE, "large")
    assert (away.live.style, away.live.blend, away.live.seed) == ("ink", Blend("glow", 0.3), 7)
    assert (away.live.steps, away.live.strength) == (4, 0.6)
    assert away.engines == (ENGINE,)
    lost = moved(replace(chosen, live=LiveSettings(style="oil")), ENGINE, there)
    assert lost.live.style == "glow"


def test_nobody_is_put_together_elsewhere(there: Catalog) -> None:
    chosen = Preferences(composition=Composition(styled=Styled.ROOM))
    assert moved(chosen, ENGINE, there).composition == WHOLE


def test_back_here_the_engine_is_still_on_the_list(there: Catalog, catalog: Catalog) -> None:
    away = moved(Preferences(), ENGINE, there)
    here = moved(away, "", catalog)
    assert (here.build.engine, here.build.model, here.live.style) == ("", "built-in", "comic")
    assert here.engines == (ENGINE,)


def test_a_start_without_the_engines_styles_is_one_on_this_computer(
    there: Catalog, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = moved(Preferences(), ENGINE, there)
    monkeypatch.setattr(computers, "kept", {ENGINE: there}.get)
    assert at_start(saved, catalog) == (saved, there)
    monkeypatch.setattr(computers, "kept", lambda _: None)
    found, shown = at_start(saved, catalog)
    assert (found.build.engine, shown) == ("", catalog)


def test_a_running_stream_moves_to_the_other_computer_and_back(
    app_model: AppModel, session: FakeSession, there: Catalog
) -> None:
    app_model.set_composition(Composition(styled=Styled.PERSON))
    app_model.go_live()
    app_model.compute_on(ENGINE, there)
    assert [style.name for style in app_model.styles] == ["glow", "ink"]
    job = app_model._job()
    assert (job.build.engine, job.live.composition, job.automatic) == (ENGINE, WHOLE, False)
    app_model.compute_here()
    assert app_model._job().build == replace(BuildSettings(), engine="", model="built-in")
    assert len(app_model.styles) == 4
