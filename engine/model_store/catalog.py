"""What there is to choose from: models and their styles, shipped ones and the user's own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineError, SettingError, TranslatableValue
from engine.files.json_fields import Fields, read_fields
from engine.frames import Size
from engine.model_store.components import ModelComponent, component_from
from engine.model_store.location import models_folder
from engine.model_store.styles import StyleEntry, read_style
from engine.paths import RESOURCES
from engine.settings import LiveSettings, parse_size

logger = logging.getLogger(__name__)

_PICTURES = (".jpg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model: what it is called, what it is made of, what suits it.

    prediction_type: "sample" or "epsilon", as in `engine.model.network.config`. folder: where the
    shipped weights are; None for a model that is fetched, whose parts say from where.
    """

    name: str
    title: str
    description: str
    takes_prompt: bool
    prediction_type: str
    default_size: Size
    default_steps: int
    default_strength: float
    parts: tuple[ModelComponent, ...] = ()
    folder: Path | None = None

    @property
    def shipped(self) -> bool:
        """The weights come with the program; nothing is fetched."""
        return self.folder is not None


@dataclass(frozen=True, slots=True)
class Catalog:
    """All models and styles. problems: files of the user's that could not be read, and why."""

    models: tuple[ModelEntry, ...]
    styles: tuple[StyleEntry, ...]
    problems: tuple[EngineError, ...] = field(default=())

    def model(self, name: str) -> ModelEntry:
        """The model of this name. Raises SettingError listing what there is."""
        for model in self.models:
            if model.name == name:
                return model
        raise SettingError(
            "There is no model {name!r}.",
            "The models are {models}.",
            name=name,
            models=", ".join(model.name for model in self.models),
        )

    def styles_of(self, model_name: str) -> tuple[StyleEntry, ...]:
        """A model's styles, in their order. Raises SettingError for an unknown model."""
        self.model(model_name)
        return tuple(style for style in self.styles if style.model == model_name)

    def style(self, model_name: str, name: str) -> StyleEntry:
        """One of a model's styles. Raises SettingError listing what there is."""
        styles = self.styles_of(model_name)
        for style in styles:
            if style.name == name:
                return style
        raise SettingError(
            "The model {model} has no style {name!r}.",
            "Its styles are {styles}.",
            model=model_name,
            name=name,
            styles=", ".join(style.name for style in styles) or TranslatableValue("none"),
        )

    def check(self, model_name: str, live: LiveSettings) -> None:
        """Raise SettingError where the model lacks a style that the settings name."""
        self.style(model_name, live.style)
        if live.blend is not None:
            self.style(model_name, live.blend.style)


def load_catalog(folder: Path | None = None, resources: Path = RESOURCES) -> Catalog:
    """Read the shipped catalogue and the user's own styles.

    folder: the models folder, by default the user's. A broken file of the user's is left out
    and told in `problems`; a broken shipped one raises ModelError.
    """
    data = tuple(read_fields(resources / "catalog" / "models.json").objects("models"))
    models = tuple(_model_from(fields, resources) for fields in data)
    shipped = tuple(style for fields in data for style in _styles_from(fields, resources))
    own, problems = _users_styles(folder or models_folder(), models, shipped)
    return Catalog(models, shipped + own, problems)


def _model_from(data: Fields, resources: Path) -> ModelEntry:
    folder = data.text("folder", "")
    return ModelEntry(
        name=data.text("name"),
        title=data.text("title"),
        description=data.text("description"),
        takes_prompt=data.flag("takes_prompt", default=False),
        prediction_type=data.text("prediction_type"),
        default_size=parse_size(data.text("default_size")),
        default_steps=data.whole("default_steps"),
        default_strength=data.number("default_strength"),
        parts=tuple(component_from(part) for part in data.objects("parts")),
        folder=resources / folder if folder else None,
    )


def _styles_from(model: Fields, resources: Path) -> Iterator[StyleEntry]:
    """A shipped model's styles: the names its own weights give, else those of the catalogue."""
    for name in _trained(model, resources) or model.texts("styles"):
        path = resources / "catalog" / "styles" / f"{name}.json"
        if path.is_file():
            yield read_style(path, thumbnail=_picture(resources / "styles" / name))
        else:
            logger.warning("the style %s has no description and is left out", name)


def _trained(model: Fields, resources: Path) -> tuple[str, ...]:
    """The styles that a shipped model's configuration lists, in its style table's order."""
    folder = model.text("folder", "")
    config = resources / folder / "config.json"
    return read_fields(config).texts("styles") if folder and config.is_file() else ()


def _picture(stem: Path) -> Path | None:
    candidates = (stem.with_name(stem.name + ending) for ending in _PICTURES)
    return next((path for path in candidates if path.is_file()), None)


def _users_styles(
    folder: Path, models: tuple[ModelEntry, ...], shipped: tuple[StyleEntry, ...]
) -> tuple[tuple[StyleEntry, ...], tuple[EngineError, ...]]:
    names = {model.name for model in models}
    taken = {(style.model, style.name) for style in shipped}
    styles: list[StyleEntry] = []
    problems: list[EngineError] = []
    for path in sorted((folder / "styles").glob("*.json")):
        try:
            style = read_style(path, thumbnail=_picture(path.with_suffix("")), users_own=True)
            _check_new(style, names, taken)
        except EngineError as problem:
            logger.warning("%s: %s", path.name, problem)
            problems.append(problem)
        else:
            taken.add((style.model, style.name))
            styles.append(style)
    return tuple(styles), tuple(problems)


def _check_new(style: StyleEntry, models: set[str], taken: set[tuple[str, str]]) -> None:
    if style.model not in models:
        raise SettingError(
            "The style {style} is for a model {model!r} that is not here.",
            "The models are {models}.",
            style=style.name,
            model=style.model,
            models=", ".join(sorted(models)),
        )
    if (style.model, style.name) in taken:
        raise SettingError(
            "There is already a style {style} for {model}.",
            "Give the file and the name in it another name.",
            style=style.name,
            model=style.model,
        )
