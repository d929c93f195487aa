"""The installed components: where each is, whether it is complete, which terms were accepted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import EngineError
from engine.files.digest import digest_of
from engine.files.json_data import read_json, write_json
from engine.model_store.components import MANIFEST, ComponentFile, Licence, ModelComponent

IMPORTED = "imported"
"""The revision of a file that the user has imported."""

ACCEPTED = "accepted_licences.json"


@dataclass(frozen=True, slots=True)
class InstallRecord:
    """What was found at the download: the revision, and each file's digest and size."""

    revision: str = ""
    files: tuple[ComponentFile, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every file can be checked against it."""
        return all(file.digest and file.size is not None for file in self.files)

    def file(self, path: str) -> ComponentFile | None:
        """The record of one file."""
        return next((file for file in self.files if file.path == path), None)


@dataclass(frozen=True, slots=True)
class _AcceptedLicences:
    licences: tuple[str, ...] = ()


class InstalledModels:
    """One folder with every downloaded or imported component. It may be moved as a whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def styles(self) -> Path:
        """The folder of the user's own styles."""
        return self.folder / "styles"

    def folder_of(self, component: ModelComponent) -> Path:
        """Where a component's files are: those that a style of the user's own brought are apart.

        What was installed before there was a folder for each such style is used where it is.
        """
        shared = self.folder / "parts" / component.name
        if not component.owner:
            return shared
        own = self.folder / "own" / component.owner / component.name
        return shared if not own.exists() and _holds(shared, component) else own

    def prepare(self, component: ModelComponent) -> None:
        """Give a new style's component a folder of its own, whatever was installed before.

        Raises OSError.
        """
        if component.owner:
            own = self.folder / "own" / component.owner / component.name
            own.mkdir(parents=True, exist_ok=True)

    def path_of(self, component: ModelComponent, file: ComponentFile | None = None) -> Path:
        """Where one file of a component is; by default its only one."""
        return self.folder_of(component) / (file or component.files[0]).path

    def record_of(self, component: ModelComponent) -> InstallRecord:
        """What is recorded of a component; empty where nothing is, or the record is broken."""
        return _recorded(self.folder_of(component))

    def pinned(self, component: ModelComponent) -> ModelComponent:
        """The component at the installed revision, with the digests found at its download."""
        record = self.record_of(component)
        files = tuple(record.file(file.path) or file for file in component.files)
        return replace(component, revision=record.revision or component.revision, files=files)

    def record(
        self, component: ModelComponent, file: ComponentFile, digest: str, revision: str
    ) -> None:
        """Note a file that has arrived complete. Raises OSError."""
        size = self.path_of(component, file).stat().st_size
        known = [other for other in self.record_of(component).files if other.path != file.path]
        files = (*known, ComponentFile(file.path, digest, size))
        write_json(self.folder_of(component) / MANIFEST, InstallRecord(revision, files))

    def missing(self, component: ModelComponent) -> tuple[ComponentFile, ...]:
        """The files that are not installed, not complete, or of another version."""
        record = self.record_of(component)
        return tuple(
            file for file in component.files if not self._is_installed(component, file, record)
        )

    def has(self, component: ModelComponent) -> bool:
        """Whether every file is installed, by its record and size; `verify` reads the files."""
        return not self.missing(component)

    def _is_installed(
        self, component: ModelComponent, file: ComponentFile, record: InstallRecord
    ) -> bool:
        known = record.file(file.path)
        path = self.path_of(component, file)
        if known is None or not path.is_file() or path.stat().st_size != known.size:
            return False
        return _fits(known, file) and (bool(file.digest) or _same_version(component, record))

    def verify(
        self, component: ModelComponent, on_block: Callable[[int], None] = lambda _: None
    ) -> tuple[str, ...]:
        """Read every file again and name those that are missing or have changed.

        on_block: called with the number of bytes after each block.
        """
        record = self.record_of(component)
        return tuple(
            file.path
            for file in component.files
            if not self._intact(component, file, record, on_block)
        )

    def _intact(
        self,
        component: ModelComponent,
        file: ComponentFile,
        record: InstallRecord,
        on_block: Callable[[int], None],
    ) -> bool:
        known = record.file(file.path)
        if known is None or not self._is_installed(component, file, record):
            return False
        wanted = file.digest or known.digest
        return digest_of(self.path_of(component, file), wanted, on_block) == wanted

    def remove(self, component: ModelComponent) -> int:
        """Delete a component; returns the bytes freed, 0 where it was not installed."""
        folder = self.folder_of(component)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        shutil.rmtree(folder, ignore_errors=True)
        if component.owner:
            with suppress(OSError):  # the style has other components
                folder.parent.rmdir()
        return size

    def free_bytes(self) -> int:
        """Bytes free on the folder's disk."""
        folder = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        return shutil.disk_usage(folder).free

    def accepted(self, licence: Licence) -> bool:
        """Whether the user has accepted these terms before."""
        return _key(licence) in self._accepted()

    def accept(self, licences: Iterable[Licence]) -> None:
        """Remember that the user accepts these terms. Raises OSError."""
        known = self._accepted() | {_key(licence) for licence in licences}
        write_json(self.folder / ACCEPTED, _AcceptedLicences(tuple(sorted(known))))

    def _accepted(self) -> set[str]:
        try:
            return set(read_json(self.folder / ACCEPTED, _AcceptedLicences).licences)
        except EngineError:
            return set()


def _recorded(folder: Path) -> InstallRecord:
    """The record in a component's folder; empty where there is none, or it is broken."""
    try:
        record = read_json(folder / MANIFEST, InstallRecord)
    except EngineError:
        return InstallRecord()
    return record if record.complete else InstallRecord()


def _holds(folder: Path, component: ModelComponent) -> bool:
    """Whether the record in a folder has every file of the component."""
    record = _recorded(folder)
    known = [(record.file(file.path), file) for file in component.files]
    return all(found is not None and _fits(found, file) for found, file in known)


def _same_version(component: ModelComponent, record: InstallRecord) -> bool:
    """Whether a record is of the component's own version, where no digest says so.

    Earlier, an imported style could put files of its own in place of the catalogue's.
    """
    if component.civitai is None and not component.pinned:
        return True
    return record.revision in {component.revision, str(component.civitai), IMPORTED}


def _fits(known: ComponentFile, wanted: ComponentFile) -> bool:
    return len(known.digest) != len(wanted.digest) or known.digest == wanted.digest


def _key(licence: Licence) -> str:
    return f"{licence.name} {licence.url}".strip()
