"""What `models list | download | import | remove | verify` do, for the command line and window."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.concurrency.cancellation import CancellationToken
from engine.errors import EngineError, ModelError, SettingError
from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.files.atomic import written_whole
from engine.files.digest import digest_of
from engine.model_store.catalog import Catalog, load_catalog, read_own_style
from engine.model_store.components import (
    Accept,
    ComponentFile,
    Licence,
    ModelComponent,
    Role,
)
from engine.model_store.installed import IMPORTED, InstalledModels
from engine.model_store.location import models_folder
from engine.model_store.resolve import components_needed
from engine.model_store.styles import LoraUse, StyleEntry, read_style, write_style

if TYPE_CHECKING:
    from engine.model_store.download.hosts import DownloadOptions

SD15_MODEL = "live2diff-sd15"
_OWN = Licence("the user's own file", "")


@dataclass(frozen=True, slots=True)
class Store:
    """The catalogue and the installed models that a command works on."""

    catalog: Catalog
    installed: InstalledModels


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
    return tuple(_status(*item, store) for item in _items(store))


def download(
    name: str,
    store: Store,
    accept: Accept,
    *,
    options: DownloadOptions | None = None,
    listener: ProgressListener = ignore_progress,
    cancellation: CancellationToken | None = None,
) -> None:
    """Download what a model, or a model in a style, lacks. Raises SettingError, DownloadError."""
    from engine.model_store.download.downloader import Downloader  # noqa: PLC0415 - loads slowly

    downloader = Downloader(store.installed, options, listener=listener, cancellation=cancellation)
    downloader.download(components_of(name, store.catalog), accept)


def remove(name: str, store: Store) -> int:
    """Delete a style's own components, or all components of a model; returns the bytes freed.

    What others use stays. A style of the user's own is removed from the list as well, also one
    that can no longer be used. Raises SettingError for an unknown name.
    """
    catalog, installed = store.catalog, store.installed
    if _remove_unusable(name, store):
        return 0
    style = _named_style(name, catalog)
    if style is None:
        return sum(installed.remove(component) for component in components_of(name, catalog))
    used = [each for model in catalog.models for each in model.components]
    used += [each for other in catalog.styles if other != style for each in other.components]
    kept = {installed.folder_of(each) for each in used}
    freed = sum(
        installed.remove(each) for each in style.components if installed.folder_of(each) not in kept
    )
    if style.users_own:
        for path in _files_of(style, store):
            path.unlink(missing_ok=True)
    return freed


def _remove_unusable(name: str, store: Store) -> bool:
    """Remove a style file of the user's that the catalogue leaves out; whether it was one."""
    model_name, _, style_name = name.partition("/")
    if any(style.name == style_name for style in store.catalog.styles_of(model_name)):
        return False
    path = _own_file(style_name, store)
    listed = any(style.users_own and style.name == style_name for style in store.catalog.styles)
    if path is None or listed:
        return False
    path.unlink()
    return True


def _files_of(style: StyleEntry, store: Store) -> Iterator[Path]:
    """The files that define a style of the user's own, whatever they are called."""
    for path in store.installed.styles.glob("*.json"):
        with suppress(EngineError):
            if read_style(path).name == style.name:
                yield path


def _own_file(style_name: str, store: Store) -> Path | None:
    """The file of a style of the user's own, readable or not."""
    files = store.installed.styles.glob("*.json")
    return next((path for path in files if path.stem == style_name), None)


def verify(
    name: str, store: Store, listener: ProgressListener = ignore_progress
) -> tuple[str, ...]:
    """Read every file again; names those that are missing or damaged, as COMPONENT/FILE."""
    components = components_of(name, store.catalog)
    total = sum(
        file.size or 0
        for component in components
        for file in store.installed.record_of(component).files
    )
    done = 0

    def on_block(count: int) -> None:
        nonlocal done
        done += count
        listener(Progress(ProgressKind.VERIFYING, done, total, name))

    return tuple(
        f"{component.name}/{path}"
        for component in components
        for path in store.installed.verify(component, on_block)
    )


def import_file(
    path: Path, store: Store, recognise: Callable[[Path], Role], name: str | None = None
) -> str:
    """Import a style (.json) or weights of the user's own; returns the name it has now.

    recognise reads a weights file and says what it is, as
    `engine.model.checkpoints.recognise.recognise` does. Raises ModelError, SettingError.
    """
    if not path.is_file():
        raise ModelError("There is no file {path}.", "Check the path.", path=path)
    if path.suffix == ".json":
        return _import_style(path, store)
    role = recognise(path)
    known = _in_catalog(role, store.catalog)
    if known is not None:
        return _import_component(path, known, store.installed)
    return _import_own(path, role, name or _name_from(path), store)


def export_style(name: str, target: Path, store: Store) -> None:
    """Write MODEL/STYLE as one file to share: with the hashes of what is installed, no weights."""
    style = _named_style(name, store.catalog)
    if style is None:
        raise SettingError(
            "'{name}' is not the name of a style.", "Write it as MODEL/STYLE.", name=name
        )
    components = tuple(store.installed.pinned(component) for component in style.components)
    _save(replace(style, components=components), target)


def components_of(name: str, catalog: Catalog) -> tuple[ModelComponent, ...]:
    """The components behind MODEL or MODEL/STYLE. Raises SettingError listing what there is."""
    model_name, _, style_name = name.partition("/")
    model = catalog.model(model_name)
    return (
        components_needed(model, catalog.style(model_name, style_name))
        if style_name
        else model.components
    )


def _named_style(name: str, catalog: Catalog) -> StyleEntry | None:
    model_name, _, style_name = name.partition("/")
    return catalog.style(model_name, style_name) if style_name else None


def _items(store: Store) -> Iterator[tuple[str, str, tuple[ModelComponent, ...]]]:
    for model in store.catalog.models:
        yield model.name, model.title, model.components
        for style in store.catalog.styles_of(model.name):
            if style.components:
                yield f"{model.name}/{style.name}", style.title, style.components


def _status(
    name: str, title: str, components: tuple[ModelComponent, ...], store: Store
) -> ModelStatus:
    return ModelStatus(
        name=name,
        title=title,
        installed=all(store.installed.has(component) for component in components),
        size=sum(_size(component, store.installed) for component in components),
        licences=tuple(dict.fromkeys(component.licence.name for component in components)),
        needs_token=any(component.civitai is not None for component in components),
    )


def _size(component: ModelComponent, installed: InstalledModels) -> int:
    recorded = sum(file.size or 0 for file in installed.record_of(component).files)
    return max(component.size, recorded)


def _import_style(path: Path, store: Store) -> str:
    style = read_own_style(path, store.catalog.published)
    _check_free(style.model, style.name, store)
    _prepare(style, store.installed)
    _save(style, store.installed.styles / f"{style.name}.json")
    return f"{style.model}/{style.name}"


def _check_free(model: str, name: str, store: Store) -> None:
    taken = any(style.name == name for style in store.catalog.styles_of(model))
    if taken or _own_file(name, store) is not None:
        raise SettingError(
            "There is already a style {model}/{name}.",
            "Remove it first (models remove {model}/{name}) or choose another name.",
            model=model,
            name=name,
        )


def _in_catalog(role: Role, catalog: Catalog) -> ModelComponent | None:
    """The catalogue's own component that a single file of this role is."""
    if role in {Role.CHECKPOINT, Role.LORA, Role.EMBEDDING}:
        return None
    components = catalog.model(SD15_MODEL).components
    return next(
        (
            component
            for component in components
            if component.role is role and len(component.files) == 1
        ),
        None,
    )


def _import_component(path: Path, component: ModelComponent, installed: InstalledModels) -> str:
    digest = digest_of(path, component.files[0].digest)
    if component.files[0].digest not in {"", digest}:
        raise ModelError(
            "{file} differs from the published {component}.",
            "Download it from its host.",
            file=path.name,
            component=component.title,
        )
    _copy_in(path, component, installed, digest)
    return component.name


def _import_own(path: Path, role: Role, name: str, store: Store) -> str:
    """Copy weights into the models' folder and write a style that uses them."""
    if role not in {Role.CHECKPOINT, Role.LORA, Role.EMBEDDING}:
        raise ModelError(
            "{file} is a {role}, which cannot be imported by itself.",
            "Import a checkpoint, a LoRA or an embedding for Stable Diffusion 1.5.",
            file=path.name,
            role=role.value,
        )
    _check_free(SD15_MODEL, name, store)
    if name in store.catalog.published:
        raise SettingError(
            "'{name}' is the name of one of the catalogue's own components.",
            "Choose another one with --name.",
            name=name,
        )
    digest = digest_of(path)
    file = ComponentFile(f"{name}{path.suffix}", digest, path.stat().st_size)
    component = ModelComponent(name, path.stem, role, (file,), _OWN, owner=name)
    style = _own_style(component)
    _prepare(style, store.installed)
    _copy_in(path, component, store.installed, digest)
    _save(style, store.installed.styles / f"{name}.json")
    return f"{SD15_MODEL}/{name}"


def _own_style(component: ModelComponent) -> StyleEntry:
    return StyleEntry(
        name=component.name,
        title=component.title,
        model=SD15_MODEL,
        prompt="{}",
        indices=(30, 40),
        checkpoint=component.name if component.role is Role.CHECKPOINT else "",
        loras=(LoraUse(component.name),) if component.role is Role.LORA else (),
        embeddings=(component.name,) if component.role is Role.EMBEDDING else (),
        source="imported by the user",
        components=(component,),
        users_own=True,
    )


def _copy_in(
    path: Path, component: ModelComponent, installed: InstalledModels, digest: str
) -> None:
    target = installed.path_of(component)
    if path.stat().st_size > installed.free_bytes():
        raise ModelError(
            "There is not enough space for {file}.",
            "Free some space on the models' disk.",
            file=path.name,
        )
    try:
        with written_whole(target) as partial:
            shutil.copyfile(path, partial)
    except OSError as error:
        raise ModelError(
            "{file} cannot be copied: {reason}.",
            "Choose another folder for the models.",
            file=path.name,
            reason=error.strerror,
        ) from error
    installed.record(component, component.files[0], digest, IMPORTED)


def _prepare(style: StyleEntry, installed: InstalledModels) -> None:
    try:
        for component in style.components:
            installed.prepare(component)
    except OSError as error:
        raise _unwritable(style, error) from error


def _save(style: StyleEntry, path: Path) -> None:
    try:
        write_style(style, path)
    except OSError as error:
        raise _unwritable(style, error) from error


def _unwritable(style: StyleEntry, error: OSError) -> ModelError:
    return ModelError(
        "The style {style} cannot be written: {reason}.",
        "Choose another folder, or free some space.",
        style=style.name,
        reason=error.strerror,
    )


def _name_from(path: Path) -> str:
    name = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower()).strip("-._")[:64]
    if not name:
        raise SettingError(
            "No usable name can be made from {file}.", "Choose one with --name.", file=path.name
        )
    return name
