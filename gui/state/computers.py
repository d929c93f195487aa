"""Which computer does the work, and what changes with it: the model and the styles on offer."""

from __future__ import annotations

from dataclasses import replace

from engine.accelerators import AUTO
from engine.errors import EngineError
from engine.model_store.catalog import Catalog
from engine.remote.catalogue import kept
from engine.settings import BUILT_IN, WHOLE, LiveSettings
from gui.state.preferences import Preferences


def moved(preferences: Preferences, engine: str, catalog: Catalog) -> Preferences:
    """With the work done elsewhere. engine: the address of the computer, "" for this one. catalog:
    what it has on offer. What is set stays, as far as it exists there.
    """
    names = [model.name for model in catalog.models]
    model = BUILT_IN if BUILT_IN in names else names[0]
    engines = preferences.engines
    if engine and engine not in engines:
        engines = (*engines, engine)
    return replace(
        preferences,
        build=replace(preferences.build, engine=engine, model=model, accelerator=AUTO),
        live=_suited(preferences, model, catalog),
        composition=WHOLE if engine else preferences.composition,
        engines=engines,
    )


def at_start(saved: Preferences, catalog: Catalog) -> tuple[Preferences, Catalog]:
    """The saved preferences, with the catalogue that they are for; where that of another computer
    is not known any more, the work is done here.
    """
    engine = saved.build.engine
    if not engine:
        return saved, catalog
    there = kept(engine)
    if there is None:
        return moved(saved, "", catalog), catalog
    return saved, there


def _suited(preferences: Preferences, model: str, catalog: Catalog) -> LiveSettings:
    """What is set live, as the model takes it; the first style where the chosen one is missing."""
    live = preferences.live
    if model != preferences.build.model:
        entry = catalog.model(model)
        live = replace(live, steps=entry.default_steps, strength=entry.default_strength)
    try:
        return catalog.usable(model, live)[0]
    except EngineError:
        return replace(live, style=catalog.styles_of(model)[0].name, blend=None)
