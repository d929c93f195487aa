"""The models and styles to choose from: those that ship with the program, and the user's own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import EngineError, ModelError, SettingError, TranslatableValue
from engine.files.json_data import OLD_NAMES, read_json
from engine.files.names import shown
from engine.frames import Size
from engine.model_store.components import ModelComponent, check_name, check_path
from engine.model_store.location import models_folder
from engine.model_store.styles import Recognisable, StyleEntry, read_style
from engine.paths import RESOURCES
from engine.settings import LiveSettings, parse_size

logger = logging.getLogger(__name__)

_PICTURES = (".jpg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model: what it is called, what it is made of, what suits it.

    prediction_type: "sample" or "epsilon", as in `engine.model.network.config`. folder: where the
    shipped weights are; None for a model that is downloaded, whose components say from where.
    retired: styles that it once had, each with the one that is nearest to it today.
    gains_by_steps: whether more than one denoising step makes its pictures any better.
    """

    name: str
    title: str
    description: str
    takes_prompt: bool
    prediction_type: str
    default_size: Size
    default_steps: int
    default_strength: float
    components: tuple[ModelComponent, ...] = ()
    folder: Path | None = None
    retired: Mapping[str, str] = field(default_factory=dict, hash=False)
    gains_by_steps: bool = True

    @property
    def shipped(self) -> bool:
        """Whether the weights come with the program, so that nothing is downloaded."""
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
            "There is no model '{name}'.",
            "The models are {models}.",
            name=shown(name),
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
            "The model {model} has no style '{name}'.",
            "Its styles are {styles}.",
            model=model_name,
            name=name,
            styles=", ".join(style.name for style in styles) or TranslatableValue("none"),
        )

    @property
    def published(self) -> dict[str, ModelComponent]:
        """The components of the catalogue itself by their names, without the user's own."""
        return _published(self.models, self.styles)

    def with_current_styles(
        self, model_name: str, live: LiveSettings
    ) -> tuple[LiveSettings, SettingError | None]:
        """The settings with the nearest style for each one that was removed, and what to say of it.

        Styles that never were stay as they are: `check` refuses them. Raises SettingError for an
        unknown model.
        """
        successors = self.successors(model_name)
        used = [live.style, *([live.blend.style] if live.blend else [])]
        removed = [name for name in used if name in successors]
        if not removed:
            return live, None
        style, blend = successors.get(live.style, live.style), live.blend
        if blend is not None:
            blend = replace(blend, style=successors.get(blend.style, blend.style))
        if blend is not None and blend.style == style:
            blend = None
        return replace(live, style=style, blend=blend), _removed(removed, successors)

    def usable(
        self, model_name: str, live: LiveSettings
    ) -> tuple[LiveSettings, SettingError | None]:
        """Settings from elsewhere as the model takes them, and what to say of a style that was
        removed. Raises SettingError where the model or a style does not exist.
        """
        live, removed = self.with_current_styles(model_name, live)
        live = self.with_useful_steps(model_name, live)
        self.check(model_name, live)
        return live, removed

    def with_useful_steps(self, model_name: str, live: LiveSettings) -> LiveSettings:
        """The settings with one step, if the model gains nothing by more. Raises SettingError."""
        return live if self.model(model_name).gains_by_steps else replace(live, steps=1)

    def successors(self, model_name: str) -> Mapping[str, str]:
        """The nearest style for each one that a model no longer has. Raises SettingError."""
        present = {style.name for style in self.styles_of(model_name)}
        retired = self.model(model_name).retired
        return {old: new for old, new in retired.items() if old not in present}

    def check(self, model_name: str, live: LiveSettings) -> None:
        """Raise SettingError where the model lacks a style that the settings name."""
        self.style(model_name, live.style)
        if live.blend is not None:
            self.style(model_name, live.blend.style)


def _removed(names: Sequence[str], successors: Mapping[str, str]) -> SettingError:
    if len(set(names)) == 1:
        return SettingError(
            "The style {name} has been removed; {successor} is used instead.",
            "Choose another style if you like one better.",
            name=names[0],
            successor=successors[names[0]],
        )
    first, second = names
    return SettingError(
        "The styles {first} and {second} have been removed; {nearest} and {next} are used instead.",
        "Choose other styles if you like them better.",
        first=first,
        second=second,
        nearest=successors[first],
        next=successors[second],
    )


def load_catalog(folder: Path | None = None, resources: Path = RESOURCES) -> Catalog:
    """Read the shipped catalogue and the user's own styles.

    folder: the models folder, by default the user's. A broken file of the user's is left out
    and reported in `problems`; a broken shipped one raises ModelError.
    """
    data = read_json(resources / "catalog" / "models.json", _CatalogFile).models
    models = tuple(model.entry(resources) for model in data)
    shipped = tuple(style for model in data for style in _shipped_styles(model, resources))
    own, problems = _users_styles(folder or models_folder(), models, shipped)
    return Catalog(models, shipped + own, problems)


@dataclass(frozen=True, slots=True)
class _ModelData:
    """A model as the shipped catalogue has it. folder: relative to the resources."""

    name: str
    title: str
    description: str
    prediction_type: str
    default_size: str
    default_steps: int
    default_strength: float
    takes_prompt: bool = False
    folder: str = ""
    styles: tuple[str, ...] = ()
    retired_styles: dict[str, str] = field(default_factory=dict)
    gains_by_steps: bool = True
    components: tuple[ModelComponent, ...] = field(default=(), metadata={OLD_NAMES: ("parts",)})

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.folder:
            check_path(self.folder)

    def entry(self, resources: Path) -> ModelEntry:
        return ModelEntry(
            name=self.name,
            title=self.title,
            description=self.description,
            takes_prompt=self.takes_prompt,
            prediction_type=self.prediction_type,
            default_size=parse_size(shown(self.default_size)),
            default_steps=self.default_steps,
            default_strength=self.default_strength,
            components=self.components,
            folder=resources / self.folder if self.folder else None,
            retired=self.retired_styles,
            gains_by_steps=self.gains_by_steps,
        )


@dataclass(frozen=True, slots=True)
class _CatalogFile:
    models: tuple[_ModelData, ...]


@dataclass(frozen=True, slots=True)
class _TrainedStyles:
    """The styles that shipped weights were trained for, as their configuration lists them."""

    styles: tuple[str, ...] = ()


def _shipped_styles(model: _ModelData, resources: Path) -> Iterator[StyleEntry]:
    """A shipped model's styles: the names its own weights give, else those of the catalogue."""
    described = {path.stem: path for path in (resources / "catalog" / "styles").glob("*.json")}
    for name in _trained(model, resources) or model.styles:
        if name in described:
            yield read_style(described[name], thumbnail=_picture(resources / "styles" / name))
        else:
            logger.warning("the style %s has no description and is left out", name)


def _trained(model: _ModelData, resources: Path) -> tuple[str, ...]:
    config = resources / model.folder / "config.json"
    if not model.folder or not config.is_file():
        return ()
    return read_json(config, _TrainedStyles).styles


def _picture(stem: Path) -> Path | None:
    candidates = (stem.with_name(stem.name + ending) for ending in _PICTURES)
    return next((path for path in candidates if path.is_file()), None)


def _users_styles(
    folder: Path, models: tuple[ModelEntry, ...], shipped: tuple[StyleEntry, ...]
) -> tuple[tuple[StyleEntry, ...], tuple[EngineError, ...]]:
    names = {model.name for model in models}
    published = _published(models, shipped)
    taken = {(style.model, style.name) for style in shipped}
    styles: list[StyleEntry] = []
    problems: list[EngineError] = []
    for path in _style_files(folder / "styles", problems):
        try:
            style = read_own_style(path, published, thumbnail=_picture(path.with_suffix("")))
            _check_new(style, names, taken)
        except EngineError as problem:
            logger.warning("a style of the user's own is left out: %s", problem)
            problems.append(problem)
        else:
            taken.update((model, style.name) for model in names)  # they share a folder
            styles.append(style)
    return tuple(styles), tuple(problems)


def read_own_style(
    path: Path, published: Mapping[str, ModelComponent], thumbnail: Path | None = None
) -> StyleEntry:
    """Read a style that did not come with the program. published: as in `Catalog.published`.

    Its components belong to it alone, except those that are the catalogue's own. Raises
    ModelError, also where it names one of these with other contents.
    """
    style = read_style(path, thumbnail=thumbnail, users_own=True)
    components = tuple(_own(each, style.name, published) for each in style.components)
    return replace(style, components=components, recognisable=Recognisable.UNKNOWN, faces=False)


def _own(
    component: ModelComponent, style: str, published: Mapping[str, ModelComponent]
) -> ModelComponent:
    known = published.get(component.name)
    if known is None:
        return replace(component, owner=style)
    if not component.same_as(known):
        raise ModelError(
            "The style {style} brings another {component} than the catalogue's.",
            "Give the component another name in the style's file.",
            style=style,
            component=component.name,
        )
    return known


def _published(
    models: tuple[ModelEntry, ...], styles: tuple[StyleEntry, ...]
) -> dict[str, ModelComponent]:
    of_models = {each.name: each for model in models for each in model.components}
    shipped = (style for style in styles if not style.users_own)
    return of_models | {each.name: each for style in shipped for each in style.components}


def _check_new(style: StyleEntry, models: set[str], taken: set[tuple[str, str]]) -> None:
    if style.model not in models:
        raise SettingError(
            "The style {style} is for the model '{model}', which does not exist here.",
            "The models are {models}.",
            style=style.name,
            model=style.model,
            models=", ".join(sorted(models)),
        )
    if (style.model, style.name) in taken:
        raise SettingError(
            "There is already a style {style} for {model}.",
            "Rename the file, and change the name in it.",
            style=style.name,
            model=style.model,
        )


def _style_files(folder: Path, problems: list[EngineError]) -> list[Path]:
    """The files in a folder; one that cannot be listed is a problem, and stops nothing."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        problem = SettingError(
            "The folder {folder} cannot be read: {reason}.",
            "Check it, or choose another folder for the models.",
            folder=shown(str(folder)),
            reason=shown(str(error)),
        )
        logger.warning("the folder of styles cannot be read: %s", type(error).__name__)
        problems.append(problem)
        return []
