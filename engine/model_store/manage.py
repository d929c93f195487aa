"""What `models list | download | import | remove | verify` do, for the command line and window."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.concurrency.cancellation import CancellationToken
from engine.errors import ModelError, SettingError
from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.files.digest import digest_of
from engine.model_store.catalog import Catalog, load_catalog
from engine.model_store.components import ComponentFile, Licence, ModelComponent, Role
from engine.model_store.download.downloader import Accept, Downloader, pinned
from engine.model_store.download.hosts import FetchOptions
from engine.model_store.installed import InstalledModels
from engine.model_store.location import models_folder
from engine.model_store.resolve import components_needed
from engine.model_store.styles import LoraUse, StyleEntry, read_style, write_style

SD15_MODEL = "live2diff-sd15"
_OWN = Licence("the user's own file", "")


@dataclass(frozen=True, slots=True)
class Store:
    """The catalogue and the library that a command works on."""

    catalog: Catalog
    library: InstalledModels


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model or style in the list. size: bytes as far as they are known. needs_token: civitai."""

    name: str
    title: str
    installed: bool
    size: int
    licences: tuple[str, ...]
    needs_token: bool


def open_store(folder: Path | None = None) -> Store:
    """The store in a folder, by default the user's. Raises ModelError for a broken catalogue."""
    folder = folder or models_folder()
    return Store(load_catalog(folder), InstalledModels(folder))


def list_models(store: Store) -> tuple[ModelStatus, ...]:
    """Every model and style, by the name that `download` takes."""
    return tuple(_status(name, title, parts, store) for name, title, parts in _items(store))


def download(
    name: str,
    store: Store,
    accept: Accept,
    *,
    options: FetchOptions | None = None,
    listener: ProgressListener = ignore_progress,
    control: CancellationToken | None = None,
) -> None:
    """Fetch what a model, or a model in a style, lacks. Raises SettingError, DownloadError."""
    downloader = Downloader(store.library, options, listener=listener, control=control)
    downloader.download(components_of(name, store.catalog), accept)


def remove(name: str, store: Store) -> int:
    """Delete a style's own parts, or all parts of a model; gives the bytes set free.

    A style of the user's own goes altogether. Raises SettingError for an unknown name.
    """
    style = _named_style(name, store.catalog)
    if style is None:
        return sum(store.library.remove(part) for part in components_of(name, store.catalog))
    shared = {p.name for other in store.catalog.styles if other != style for p in other.parts}
    freed = sum(store.library.remove(p) for p in style.parts if p.name not in shared)
    if style.users_own:
        (store.library.styles / f"{style.name}.json").unlink(missing_ok=True)
    return freed


def verify(
    name: str, store: Store, listener: ProgressListener = ignore_progress
) -> tuple[str, ...]:
    """Read every file again; names those that are missing or damaged, as PART/FILE."""
    parts = components_of(name, store.catalog)
    total = sum(file.size or 0 for part in parts for file in store.library.installed(part).files)
    done = 0

    def on_block(count: int) -> None:
        nonlocal done
        done += count
        listener(Progress(ProgressKind.VERIFYING, done, total, name))

    return tuple(
        f"{part.name}/{path}" for part in parts for path in store.library.verify(part, on_block)
    )


def import_file(
    path: Path, store: Store, recognise: Callable[[Path], Role], name: str | None = None
) -> str:
    """Take in a style (.json) or weights of the user's own; gives the name it has now.

    recognise looks into a weights file and says what it is, as
    `engine.model.checkpoints.recognise.recognise` does. Raises ModelError, SettingError.
    """
    if not path.is_file():
        raise ModelError("There is no file {path}.", "Check the path.", path=path)
    if path.suffix == ".json":
        return _import_style(path, store)
    role = recognise(path)
    published = _published(role, store.catalog)
    if published is not None:
        return _import_published(path, published, store.library)
    return _import_own(path, role, name or _name_from(path), store)


def export_style(name: str, target: Path, store: Store) -> None:
    """Write MODEL/STYLE as one file to share: with the hashes of what is here, without weights."""
    style = _named_style(name, store.catalog)
    if style is None:
        raise SettingError("{name!r} names no style.", "Write it as MODEL/STYLE.", name=name)
    parts = tuple(pinned(part, store.library) for part in style.parts)
    write_style(replace(style, parts=parts), target)


def components_of(name: str, catalog: Catalog) -> tuple[ModelComponent, ...]:
    """The parts behind MODEL or MODEL/STYLE. Raises SettingError listing what there is."""
    model_name, _, style_name = name.partition("/")
    model = catalog.model(model_name)
    return (
        components_needed(model, catalog.style(model_name, style_name))
        if style_name
        else model.parts
    )


def _named_style(name: str, catalog: Catalog) -> StyleEntry | None:
    model_name, _, style_name = name.partition("/")
    return catalog.style(model_name, style_name) if style_name else None


def _items(store: Store) -> Iterator[tuple[str, str, tuple[ModelComponent, ...]]]:
    for model in store.catalog.models:
        yield model.name, model.title, model.parts
        for style in store.catalog.styles_of(model.name):
            if style.parts:
                yield f"{model.name}/{style.name}", style.title, style.parts


def _status(name: str, title: str, parts: tuple[ModelComponent, ...], store: Store) -> ModelStatus:
    return ModelStatus(
        name=name,
        title=title,
        installed=all(store.library.has(part) for part in parts),
        size=sum(_size(part, store.library) for part in parts),
        licences=tuple(dict.fromkeys(part.licence.name for part in parts)),
        needs_token=any(part.civitai is not None for part in parts),
    )


def _size(part: ModelComponent, library: InstalledModels) -> int:
    here = sum(file.size or 0 for file in library.installed(part).files)
    return max(part.size, here)


def _import_style(path: Path, store: Store) -> str:
    style = read_style(path, users_own=True)
    _check_free(style.model, style.name, store)
    store.library.styles.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, store.library.styles / f"{style.name}.json")
    return f"{style.model}/{style.name}"


def _check_free(model: str, name: str, store: Store) -> None:
    if any(style.name == name for style in store.catalog.styles_of(model)):
        raise SettingError(
            "There is already a style {model}/{name}.",
            "Remove it first (models remove {model}/{name}) or choose another name.",
            model=model,
            name=name,
        )


def _published(role: Role, catalog: Catalog) -> ModelComponent | None:
    """The catalogue's own part that a single file of this role is."""
    if role in {Role.CHECKPOINT, Role.LORA, Role.EMBEDDING}:
        return None
    parts = catalog.model(SD15_MODEL).parts
    return next((part for part in parts if part.role is role and len(part.files) == 1), None)


def _import_published(path: Path, part: ModelComponent, library: InstalledModels) -> str:
    digest = digest_of(path, part.files[0].digest)
    if part.files[0].digest not in {"", digest}:
        raise ModelError(
            "{file} is not the {part} that was published.",
            "Fetch it from its host.",
            file=path.name,
            part=part.title,
        )
    _copy_in(path, part, library, digest)
    return part.name


def _import_own(path: Path, role: Role, name: str, store: Store) -> str:
    """Copy weights in and make a style that uses them."""
    if role not in {Role.CHECKPOINT, Role.LORA, Role.EMBEDDING}:
        raise ModelError(
            "{file} is a {role}, which cannot be imported by itself.",
            "Import a checkpoint, a LoRA or an embedding for Stable Diffusion 1.5.",
            file=path.name,
            role=role.value,
        )
    _check_free(SD15_MODEL, name, store)
    digest = digest_of(path)
    file = ComponentFile(f"{name}{path.suffix}", digest, path.stat().st_size)
    part = ModelComponent(name, path.stem, role, (file,), _OWN)
    _copy_in(path, part, store.library, digest)
    store.library.styles.mkdir(parents=True, exist_ok=True)
    write_style(_own_style(part), store.library.styles / f"{name}.json")
    return f"{SD15_MODEL}/{name}"


def _own_style(part: ModelComponent) -> StyleEntry:
    return StyleEntry(
        name=part.name,
        title=part.title,
        model=SD15_MODEL,
        prompt="{}",
        indices=(30, 40),
        checkpoint=part.name if part.role is Role.CHECKPOINT else "",
        loras=(LoraUse(part.name),) if part.role is Role.LORA else (),
        embeddings=(part.name,) if part.role is Role.EMBEDDING else (),
        source="imported by the user",
        parts=(part,),
        users_own=True,
    )


def _copy_in(path: Path, part: ModelComponent, library: InstalledModels, digest: str) -> None:
    target = library.path_of(part)
    if path.stat().st_size > library.free_bytes():
        raise ModelError(
            "There is no room for {file}.", "Make room on the models' disk.", file=path.name
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise ModelError(
            "{file} cannot be copied: {reason}.",
            "Choose another models' folder.",
            file=path.name,
            reason=error.strerror,
        ) from error
    library.record(part, part.files[0], digest, "imported")


def _name_from(path: Path) -> str:
    name = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower()).strip("-._")[:64]
    if not name:
        raise SettingError(
            "{file} gives no usable name.", "Choose one with --name.", file=path.name
        )
    return name
