"""A model and a style resolved to installed files: all that loading needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MissingComponentsError, ModelError
from engine.model_store.catalog import Catalog, ModelEntry
from engine.model_store.components import ModelComponent, Role
from engine.model_store.installed import InstalledModels
from engine.model_store.styles import StyleEntry


@dataclass(frozen=True, slots=True)
class LoraFile:
    """A LoRA's file and how strongly it counts."""

    path: Path
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class PipelineFiles:
    """The files of a published model in one style.

    base: diffusers folders (unet, text_encoder, tokenizer, vae). motion: the motion modules'
    file. few_step: a LoRA. autoencoder, depth: folders. checkpoint: a single file that replaces
    the base network. embeddings: textual inversions by the word that calls them.
    """

    style: StyleEntry
    base: Path
    motion: Path
    few_step: LoraFile | None
    autoencoder: Path
    depth: Path
    checkpoint: Path | None = None
    loras: tuple[LoraFile, ...] = ()
    embeddings: tuple[tuple[str, Path], ...] = ()


def components_needed(model: ModelEntry, style: StyleEntry) -> tuple[ModelComponent, ...]:
    """The components of a model and of one of its styles, each once."""
    components = {(each.owner, each.name): each for each in (*model.components, *style.components)}
    return tuple(components.values())


def resolve(
    catalog: Catalog, installed: InstalledModels, model_name: str, style_name: str
) -> PipelineFiles:
    """The files of a downloaded model in a style.

    Raises SettingError for unknown names and MissingComponentsError where a component is missing.
    """
    model = catalog.model(model_name)
    style = catalog.style(model_name, style_name)
    if model.shipped:
        raise ValueError(f"{model_name} is shipped and needs no other files")
    _check_installed(components_needed(model, style), installed, f"{model_name}/{style_name}")
    by_name = {component.name: component for component in style.components}
    return PipelineFiles(
        style=style,
        base=_folder(model, Role.BASE, installed),
        motion=_file(model, Role.MOTION, installed),
        few_step=next(iter(_few_step(model, installed)), None),
        autoencoder=_folder(model, Role.AUTOENCODER, installed),
        depth=_folder(model, Role.DEPTH, installed),
        checkpoint=installed.path_of(by_name[style.checkpoint]) if style.checkpoint else None,
        loras=tuple(
            LoraFile(installed.path_of(by_name[use.component]), use.scale) for use in style.loras
        ),
        embeddings=tuple((name, installed.path_of(by_name[name])) for name in style.embeddings),
    )


def _check_installed(
    components: tuple[ModelComponent, ...], installed: InstalledModels, name: str
) -> None:
    lacking = [component.title for component in components if not installed.has(component)]
    if lacking:
        raise MissingComponentsError(
            "Not on this computer: {components}.",
            "Download it: python main.py models download {model}",
            components=", ".join(lacking),
            model=name,
        )


def _few_step(model: ModelEntry, installed: InstalledModels) -> Iterator[LoraFile]:
    return (LoraFile(installed.path_of(p)) for p in model.components if p.role is Role.FEW_STEP)


def _folder(model: ModelEntry, role: Role, installed: InstalledModels) -> Path:
    return installed.folder_of(_component(model, role))


def _file(model: ModelEntry, role: Role, installed: InstalledModels) -> Path:
    return installed.path_of(_component(model, role))


def _component(model: ModelEntry, role: Role) -> ModelComponent:
    for component in model.components:
        if component.role is role:
            return component
    raise ModelError(
        "The catalogue lists no {role} for {model}.",
        "Install the program again.",
        model=model.name,
        role=role.value,
    )
