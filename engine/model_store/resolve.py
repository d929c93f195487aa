"""A model and a style resolved to files that are here: all that loading needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MissingPartsError, ModelError
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
    """The parts of a model and of one of its styles, each once."""
    parts = {part.name: part for part in (*model.parts, *style.parts)}
    return tuple(parts.values())


def resolve(
    catalog: Catalog, library: InstalledModels, model_name: str, style_name: str
) -> PipelineFiles:
    """The files of a model that is fetched, in a style.

    Raises SettingError for unknown names and MissingPartsError where a part is not here.
    """
    model = catalog.model(model_name)
    style = catalog.style(model_name, style_name)
    if model.shipped:
        raise ValueError(f"{model_name} is shipped and needs no other files")
    _check_installed(components_needed(model, style), library, f"{model_name}/{style_name}")
    by_name = {part.name: part for part in style.parts}
    return PipelineFiles(
        style=style,
        base=_folder(model, Role.BASE, library),
        motion=_file(model, Role.MOTION, library),
        few_step=next(iter(_few_step(model, library)), None),
        autoencoder=_folder(model, Role.AUTOENCODER, library),
        depth=_folder(model, Role.DEPTH, library),
        checkpoint=library.path_of(by_name[style.checkpoint]) if style.checkpoint else None,
        loras=tuple(LoraFile(library.path_of(by_name[use.part]), use.scale) for use in style.loras),
        embeddings=tuple((name, library.path_of(by_name[name])) for name in style.embeddings),
    )


def _check_installed(
    parts: tuple[ModelComponent, ...], library: InstalledModels, name: str
) -> None:
    lacking = [part.title for part in parts if not library.has(part)]
    if lacking:
        raise MissingPartsError(
            "Not on this computer: {parts}.",
            "Fetch what is missing: python main.py models download {model}",
            parts=", ".join(lacking),
            model=name,
        )


def _few_step(model: ModelEntry, library: InstalledModels) -> Iterator[LoraFile]:
    return (LoraFile(library.path_of(p)) for p in model.parts if p.role is Role.FEW_STEP)


def _folder(model: ModelEntry, role: Role, library: InstalledModels) -> Path:
    return library.folder_of(_part(model, role))


def _file(model: ModelEntry, role: Role, library: InstalledModels) -> Path:
    return library.path_of(_part(model, role))


def _part(model: ModelEntry, role: Role) -> ModelComponent:
    for part in model.parts:
        if part.role is role:
            return part
    raise ModelError(
        "The catalogue gives {model} no {role}.",
        "Install the program again.",
        model=model.name,
        role=role.value,
    )
