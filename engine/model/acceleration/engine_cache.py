"""Keeps compiled networks on disk, in the user's own cache folder.

They are executed like a program. So only files that this program wrote itself are used: an index
in the same folder has the length and SHA-256 of each, and a file that differs is deleted unopened.
Only its owner may enter the folder; whoever can write there could change the program as well.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.errors import EngineError
from engine.files.atomic import written_whole
from engine.files.digest import digest_of
from engine.files.json_data import read_json, write_json

logger = logging.getLogger(__name__)

INDEX = "index.json"
LARGEST_FOLDER = 20_000_000_000
"""Limit in bytes for all files; one for Stable Diffusion 1.5 has about 2.6 GB."""

LEFT_BEHIND_SECONDS = 24 * 3600
"""Age at which a file that is not in the index counts as abandoned."""


_changing = threading.RLock()
"""Locked while an index is read and rewritten."""


def engine_key(words: Iterable[object], network: nn.Module, inputs: Sequence[Tensor]) -> str:
    """A key for everything that an engine depends on: the layers and weights of the network,
    the shapes and precision of the inputs, and these words for the rest.
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
    """Files by key; the oldest are deleted when space is needed for new ones."""

    def __init__(self, folder: Path, largest: int = LARGEST_FOLDER) -> None:
        self._folder, self._largest = folder, largest

    def find(self, key: str) -> Path | None:
        """The file of a key, after checking its digest; None if there is no trustworthy one."""
        kept = self._entries().get(_name(key))
        if kept is None:
            return None
        path = self._folder / kept.name
        if _agrees(path, kept):
            return path
        logger.warning("%s was changed after it was written, and is deleted", path)
        self.remove(key)
        return None

    def remove(self, key: str) -> None:
        """Delete the file of a key."""
        with _changing:
            entries = self._entries()
            if entries.pop(_name(key), None) is not None:
                (self._folder / _name(key)).unlink(missing_ok=True)
                self._write(entries)

    def add(self, key: str, write: Callable[[Path], None]) -> Path:
        """Keep the file that `write` fills. Raises OSError for a full disk."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / _name(key)
        with written_whole(path, suffix=path.suffix) as partial:
            write(partial)
            kept = _Kept(path.name, partial.stat().st_size, digest_of(partial))
        with _changing:
            entries = {name: entry for name, entry in self._entries().items() if name != path.name}
            self._write(self._within_limit({**entries, path.name: kept}))
            self._sweep()
        return path

    def _within_limit(self, entries: dict[str, _Kept]) -> dict[str, _Kept]:
        """The newest files that fit; the others are deleted, but never the newest one."""
        kept = dict(entries)
        while len(kept) > 1 and sum(entry.size for entry in kept.values()) > self._largest:
            oldest = next(iter(kept))
            del kept[oldest]
            (self._folder / oldest).unlink(missing_ok=True)
        return kept

    def _sweep(self) -> None:
        """Delete files left behind by an interrupted program."""
        known, before = {INDEX, *self._entries()}, time.time() - LEFT_BEHIND_SECONDS
        for path in self._folder.iterdir():
            if path.name not in known and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _entries(self) -> dict[str, _Kept]:
        """The index, oldest first; empty if it is missing or damaged."""
        try:
            found = read_json(self._folder / INDEX, _Index).engines
        except EngineError:
            return {}
        return {kept.name: kept for kept in found if Path(kept.name).name == kept.name}

    def _write(self, entries: dict[str, _Kept]) -> None:
        write_json(self._folder / INDEX, _Index(tuple(entries.values())))


def _name(key: str) -> str:
    return f"{key}.ep"


def _agrees(path: Path, kept: _Kept) -> bool:
    try:
        return path.stat().st_size == kept.size and digest_of(path) == kept.sha256
    except OSError:
        return False
