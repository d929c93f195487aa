"""What every stream's engine is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.control.status import Named
from engine.errors import MissingComponentsError
from engine.frames import Size
from engine.hardware import check_build
from engine.model_store.catalog import Catalog, ModelEntry, load_catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.location import models_folder
from engine.model_store.resolve import resolve
from engine.model_store.styles import StyleEntry
from engine.server.settings import ServeSettings
from engine.session.job import TranslatorFactory
from engine.session.preload import preload
from engine.session.session import build_translator
from engine.settings import BuildSettings, LiveSettings


@dataclass(frozen=True, slots=True)
class EngineKind:
    """styles: those on offer. live: settings until a peer says others. largest: no picture has
    more pixels. prepare: what building needs, done as soon as a stream begins.
    """

    catalog: Catalog
    styles: tuple[StyleEntry, ...]
    build: BuildSettings
    live: LiveSettings
    largest: Size
    build_translator: TranslatorFactory
    prepare: Callable[[], None]

    @property
    def named_styles(self) -> tuple[Named, ...]:
        """The styles on offer, as a status lists them."""
        return tuple(Named(style.name, style.title) for style in self.styles)


def engine_kind(
    settings: ServeSettings,
    build_translator: TranslatorFactory = build_translator,
    prepare: Callable[[], None] = preload,
) -> EngineKind:
    """The engine that a server is to have. Raises EngineError where its model is not here, or
    cannot be used.
    """
    catalog = load_catalog()
    entry = catalog.model(settings.model)
    build = BuildSettings(model=settings.model, size=entry.default_size)
    check_build(build)
    styles = _installed(catalog, entry)
    live = LiveSettings(
        style=styles[0].name, strength=entry.default_strength, steps=entry.default_steps
    )
    return EngineKind(catalog, styles, build, live, settings.largest, build_translator, prepare)


def _installed(catalog: Catalog, entry: ModelEntry) -> tuple[StyleEntry, ...]:
    """The styles whose components are here. Raises MissingComponentsError where there is none."""
    styles = catalog.styles_of(entry.name)
    if entry.shipped:
        return styles
    installed = InstalledModels(models_folder())
    found, missing = [], None
    for style in styles:
        try:
            resolve(catalog, installed, entry.name, style.name)
            found.append(style)
        except MissingComponentsError as error:
            missing = missing or error
    if missing is not None and not found:
        raise missing
    return tuple(found)
