"""Compiled networks kept on the disk, in the user's own cache folder.

What is kept here is run as a program. So only files are taken that this program has written itself:
an index beside them has the length and the SHA-256 of each, and a file that does not agree is
deleted unopened. The folder is for its owner alone; whoever can write there can change the program
itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.errors import EngineError
from engine.files.digest import digest_of
from engine.files.json_data import read_json

logger = logging.getLogger(__name__)

INDEX = "index.json"
LARGEST_FOLDER = 20_000_000_000
"""Bytes of all that is kept; a network of Stable Diffusion 1.5's size has some 2.6 GB."""

LEFT_BEHIND_SECONDS = 24 * 3600
"""Age from which on a file that the index does not know is nobody's work under way."""


_changing = threading.RLock()
"""Held while an index is read and written anew."""


def engine_key(words: Iterable[object], network: nn.Module, inputs: Sequence[Tensor]) -> str:
    """Names what an engine was made of: a network by its layers and very weights, size and
    precision by the inputs, and by these words whatever else it depends on.
    """
    made_of = hashlib.sha256()
    for word in (*words, network):
        made_of.update(f"{word}\n".encode())
    for tensor in inputs:
        made_of.update(f"{tuple(tensor.shape)} {tensor.dtype}\n".encode())
    for name, parameter in network.named_parameters():
        made_of.update(f"{name} {tuple(parameter.shape)} {parameter.dtype}\n".encode())
        plain = parameter.detach().contiguous().cpu().flatten()
        made_of.update(plain.view(torch.uint8).numpy().data)
    return made_of.hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file of the folder. name: its key and an ending; sha256: of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Index:
    engines: tuple[_Kept, ...] = ()


class EngineCache:
    """Files by key, the oldest of which make room for new ones."""

    def __init__(self, folder: Path, largest: int = LARGEST_FOLDER) -> None:
        self._folder, self._largest = folder, largest

    def find(self, key: str) -> Path | None:
        """The file of a key, looked through from end to end; None where there is none to trust."""
        kept = self._entries().get(_name(key))
        if kept is None:
            return None
        path = self._folder / kept.name
        if _agrees(path, kept):
            return path
        logger.warning("%s is not as it was written, and is deleted", path)
        self.remove(key)
        return None

    def remove(self, key: str) -> None:
        """Delete what is kept under a key."""
        with _changing:
            entries = self._entries()
            if entries.pop(_name(key), None) is not None:
                (self._folder / _name(key)).unlink(missing_ok=True)
                self._write(entries)

    def add(self, key: str, write: Callable[[Path], None]) -> Path:
        """Keep what `write` puts into the file it is given. Raises OSError for a full disk."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / _name(key)
        partial = path.with_name(f"partial-{path.name}")
        try:
            write(partial)
            kept = _Kept(path.name, partial.stat().st_size, digest_of(partial))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        with _changing:
            entries = {name: entry for name, entry in self._entries().items() if name != path.name}
            self._write(self._with_room({**entries, path.name: kept}))
            self._sweep()
        return path

    def _with_room(self, entries: dict[str, _Kept]) -> dict[str, _Kept]:
        """The newest ones that fit; the others are deleted, but never the last one."""
        kept = dict(entries)
        while len(kept) > 1 and sum(entry.size for entry in kept.values()) > self._largest:
            oldest = next(iter(kept))
            del kept[oldest]
            (self._folder / oldest).unlink(missing_ok=True)
        return kept

    def _sweep(self) -> None:
        """Delete what a program that ended in the middle left behind."""
        known, before = {INDEX, *self._entries()}, time.time() - LEFT_BEHIND_SECONDS
        for path in self._folder.iterdir():
            if path.name not in known and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _entries(self) -> dict[str, _Kept]:
        """The index, oldest first; empty where it is missing or broken."""
        try:
            found = read_json(self._folder / INDEX, _Index).engines
        except EngineError:
            return {}
        return {kept.name: kept for kept in found if Path(kept.name).name == kept.name}

    def _write(self, entries: dict[str, _Kept]) -> None:
        partial = self._folder / f"{INDEX}.partial"
        partial.write_text(json.dumps({"engines": [asdict(e) for e in entries.values()]}, indent=1))
        partial.replace(self._folder / INDEX)


def _name(key: str) -> str:
    return f"{key}.ep"


def _agrees(path: Path, kept: _Kept) -> bool:
    try:
        return path.stat().st_size == kept.size and digest_of(path) == kept.sha256
    except OSError:
        return False
