"""The parts that are here: where each lies, whether it is whole, which terms were accepted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, ModelError
from engine.files.digest import digest_of
from engine.files.json_fields import read_fields
from engine.model_store.components import ComponentFile, Licence, ModelComponent

MANIFEST = "installed.json"
ACCEPTED = "accepted_licences.json"


@dataclass(frozen=True, slots=True)
class Installed:
    """What was found at the download: the revision, and each file's digest and size."""

    revision: str
    files: tuple[ComponentFile, ...]

    def file(self, path: str) -> ComponentFile | None:
        """The record of one file."""
        return next((file for file in self.files if file.path == path), None)


class InstalledModels:
    """One folder that holds every fetched or imported part. It may be moved as a whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def styles(self) -> Path:
        """The folder of the user's own styles."""
        return self.folder / "styles"

    def folder_of(self, part: ModelComponent) -> Path:
        """Where a part's files lie."""
        return self.folder / "parts" / part.name

    def path_of(self, part: ModelComponent, file: ComponentFile | None = None) -> Path:
        """Where one file of a part lies; by default its only one."""
        return self.folder_of(part) / (file or part.files[0]).path

    def installed(self, part: ModelComponent) -> Installed:
        """What is recorded of a part; empty where nothing is, or the record is broken."""
        try:
            data = read_fields(self.folder_of(part) / MANIFEST)
            files = tuple(
                ComponentFile(file.text("path"), file.text("digest"), file.whole("size"))
                for file in data.objects("files")
            )
            return Installed(data.text("revision"), files)
        except ModelError:
            return Installed("", ())

    def record(self, part: ModelComponent, file: ComponentFile, digest: str, revision: str) -> None:
        """Note a file that has arrived whole."""
        size = self.path_of(part, file).stat().st_size
        known = [other for other in self.installed(part).files if other.path != file.path]
        files = [*known, ComponentFile(file.path, digest, size)]
        rows = [{"path": f.path, "digest": f.digest, "size": f.size} for f in files]
        _write_json(self.folder_of(part) / MANIFEST, {"revision": revision, "files": rows})

    def missing(self, part: ModelComponent) -> tuple[ComponentFile, ...]:
        """The files that are not here, not whole, or of another version."""
        installed = self.installed(part)
        return tuple(file for file in part.files if not self._is_installed(part, file, installed))

    def has(self, part: ModelComponent) -> bool:
        """Every file of the part is here, by its record and size; `verify` looks closer."""
        return not self.missing(part)

    def _is_installed(
        self, part: ModelComponent, file: ComponentFile, installed: Installed
    ) -> bool:
        known = installed.file(file.path)
        path = self.path_of(part, file)
        if known is None or not path.is_file() or path.stat().st_size != known.size:
            return False
        comparable = len(known.digest) == len(file.digest)
        return not comparable or known.digest == file.digest

    def verify(
        self, part: ModelComponent, on_block: Callable[[int], None] = lambda _: None
    ) -> tuple[str, ...]:
        """Read every file again and name those that are missing or not as they arrived."""
        installed = self.installed(part)
        return tuple(
            file.path for file in part.files if not self._intact(part, file, installed, on_block)
        )

    def _intact(
        self,
        part: ModelComponent,
        file: ComponentFile,
        installed: Installed,
        on_block: Callable[[int], None],
    ) -> bool:
        known = installed.file(file.path)
        if known is None or not self._is_installed(part, file, installed):
            return False
        wanted = file.digest or known.digest
        return digest_of(self.path_of(part, file), wanted, on_block) == wanted

    def remove(self, part: ModelComponent) -> int:
        """Delete a part; gives the bytes set free, 0 where it was not here."""
        folder = self.folder_of(part)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        shutil.rmtree(folder, ignore_errors=True)
        return size

    def free_bytes(self) -> int:
        """Room left on the folder's disk."""
        folder = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        return shutil.disk_usage(folder).free

    def accepted(self, licence: Licence) -> bool:
        """The user has accepted these terms before."""
        try:
            known = read_fields(self.folder / ACCEPTED).texts("licences")
        except EngineError:
            return False
        return _key(licence) in known

    def accept(self, licences: Iterable[Licence]) -> None:
        """Remember that the user accepts these terms."""
        try:
            known = set(read_fields(self.folder / ACCEPTED).texts("licences"))
        except EngineError:
            known = set()
        known |= {_key(licence) for licence in licences}
        _write_json(self.folder / ACCEPTED, {"licences": sorted(known)})


def _key(licence: Licence) -> str:
    return f"{licence.name} {licence.url}".strip()


def _write_json(path: Path, data: object) -> None:
    """Write a small file so that it is whole or the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    fresh.replace(path)
