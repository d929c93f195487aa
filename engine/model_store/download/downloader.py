"""Fetches parts: terms first, then room on the disk, then the bytes, then a look at each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from engine.concurrency.cancellation import CancellationToken
from engine.errors import DownloadError
from engine.events import Progress, ProgressKind
from engine.files.digest import digest_of
from engine.model_store.components import ComponentFile, ModelComponent
from engine.model_store.download.hosts import FetchOptions, Located, find_locally, locate
from engine.model_store.download.transfer import Transfer, local_copy, partial_of
from engine.model_store.installed import InstalledModels

Accept = Callable[[ModelComponent], bool]
"""Shows a part's licence and says whether the user accepts it."""

SPACE_TO_LEAVE = 256 << 20
"""Bytes that a download must not take from the disk."""

TIMEOUT = httpx2.Timeout(20.0, read=60.0)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to bring here; located is None where a local folder has it."""

    part: ModelComponent
    file: ComponentFile
    located: Located | None
    source: Path | None

    @property
    def size(self) -> int:
        """Bytes, 0 where the host did not tell."""
        if self.source is not None:
            return self.source.stat().st_size
        return (self.located.remote.size if self.located else self.file.size) or 0


class Downloader:
    """Fetches parts into a library. One call at a time; control works from any thread."""

    def __init__(
        self,
        library: InstalledModels,
        options: FetchOptions | None = None,
        *,
        listener: Callable[[Progress], None] = lambda _: None,
        control: CancellationToken | None = None,
        backoff: float = 0.5,
    ) -> None:
        self._library = library
        self._options = options or FetchOptions.from_environment()
        self._listener = listener
        self._control = control or CancellationToken()
        self._backoff = backoff

    def download(self, parts: Sequence[ModelComponent], accept: Accept) -> None:
        """Bring every missing file of the parts here. Raises DownloadError or Cancelled.

        accept is asked once for each licence that was not accepted before.
        """
        lacking = [part for part in parts if self._library.missing(part)]
        if not lacking:
            return
        self._ask(lacking, accept)
        with httpx2.Client(timeout=TIMEOUT, follow_redirects=True) as client:
            wanted = [item for part in lacking for item in self._locate(part, client)]
            self._check_space(wanted)
            self._fetch_all(wanted, Transfer(client, self._control, backoff=self._backoff))

    def _ask(self, parts: Sequence[ModelComponent], accept: Accept) -> None:
        for part in parts:
            if self._library.accepted(part.licence):
                continue
            if not accept(part):
                raise DownloadError(
                    "{part} is published under terms that were not accepted.",
                    "Read {licence} and accept it to go on.",
                    part=part.title,
                    licence=part.licence.url or part.licence.name,
                )
            self._library.accept([part.licence])

    def _locate(self, part: ModelComponent, client: httpx2.Client) -> list[_Wanted]:
        return [self._find(part, file, client) for file in self._library.missing(part)]

    def _find(self, part: ModelComponent, file: ComponentFile, client: httpx2.Client) -> _Wanted:
        self._control.check()
        if self._options.local is not None:
            source = find_locally(part, file, self._options.local)
            if source is not None:
                return _Wanted(part, file, None, source)
        if self._options.offline:
            raise DownloadError(
                "{part} is not here, and the program is set to stay offline.",
                "Allow the network, or name a local folder that has it.",
                part=part.title,
            )
        return _Wanted(part, file, locate(part, file, self._options, client), None)

    def _check_space(self, wanted: Sequence[_Wanted]) -> None:
        here = sum(self._already(item) for item in wanted)
        needed = sum(item.size for item in wanted) - here
        free = self._library.free_bytes()
        if needed + SPACE_TO_LEAVE > free:
            raise DownloadError(
                "The download needs {needed:.2f} GB, but {folder} has room for {room:.2f} GB.",
                "Make room, or move the models' folder to another disk.",
                needed=needed / 1e9,
                folder=self._library.folder,
                room=max(free - SPACE_TO_LEAVE, 0) / 1e9,
            )

    def _already(self, item: _Wanted) -> int:
        partial = partial_of(self._library.path_of(item.part, item.file))
        return partial.stat().st_size if partial.exists() else 0

    def _fetch_all(self, wanted: Sequence[_Wanted], transfer: Transfer) -> None:
        total = sum(item.size for item in wanted)
        before = 0
        for item in wanted:
            meter = _Meter(self._listener, item.part.title, before, total)
            self._fetch(item, transfer, meter)
            before += item.size

    def _fetch(self, item: _Wanted, transfer: Transfer, meter: _Meter) -> None:
        target = self._library.path_of(item.part, item.file)
        if item.source is not None:
            local_copy(item.source, target, self._control, meter)
            digest, revision = self._check_copy(item, target), item.part.revision
        else:
            assert item.located is not None
            digest = transfer.fetch(item.located.remote, target, meter)
            revision = item.located.revision
        self._library.record(item.part, item.file, digest, revision)

    def _check_copy(self, item: _Wanted, target: Path) -> str:
        digest = digest_of(target, item.file.digest, lambda _: self._control.check())
        if item.file.digest not in {"", digest}:
            target.unlink()
            raise DownloadError(
                "{file} is not the file that was published.",
                "Take it out of the local folder, so that the right one can be fetched.",
                file=item.source,
            )
        return digest


@dataclass(frozen=True, slots=True)
class _Meter:
    """Turns one file's bytes into the whole download's progress."""

    listener: Callable[[Progress], None]
    subject: str
    before: int
    total: int

    def __call__(self, done: int, /) -> None:
        self.listener(
            Progress(ProgressKind.DOWNLOADING, self.before + done, self.total, self.subject)
        )


def pinned(part: ModelComponent, library: InstalledModels) -> ModelComponent:
    """The part at the revision that is here, with the digests found when it came."""
    installed = library.installed(part)
    files = tuple(installed.file(file.path) or file for file in part.files)
    return replace(part, revision=installed.revision or part.revision, files=files)
