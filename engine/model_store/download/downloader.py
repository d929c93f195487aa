"""Downloads components: terms first, then free space, then the bytes, then a check of each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2

from engine.concurrency.cancellation import CancellationToken
from engine.errors import DownloadError
from engine.events import Progress, ProgressKind
from engine.files.digest import digest_of
from engine.model_store.components import Accept, ComponentFile, ModelComponent
from engine.model_store.download.client import new_client
from engine.model_store.download.hosts import DownloadOptions, Located, find_locally, locate
from engine.model_store.download.transfer import (
    SPACE_TO_LEAVE,
    Transfer,
    disk_error,
    local_copy,
    partial_of,
)
from engine.model_store.installed import InstalledModels


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to download; located is None where a local folder has it."""

    component: ModelComponent
    file: ComponentFile
    located: Located | None
    source: Path | None

    @property
    def size(self) -> int:
        """Bytes, 0 where the host did not say."""
        if self.source is not None:
            return self.source.stat().st_size
        return (self.located.remote.size if self.located else self.file.size) or 0


class Downloader:
    """Downloads components. One call at a time; `cancellation` works from any thread."""

    def __init__(
        self,
        installed: InstalledModels,
        options: DownloadOptions | None = None,
        *,
        listener: Callable[[Progress], None] = lambda _: None,
        cancellation: CancellationToken | None = None,
        backoff: float = 0.5,
    ) -> None:
        self._installed = installed
        self._options = options or DownloadOptions.from_environment()
        self._listener = listener
        self._cancellation = cancellation or CancellationToken()
        self._backoff = backoff

    def download(self, components: Sequence[ModelComponent], accept: Accept) -> None:
        """Download every missing file of the components. Raises DownloadError or Cancelled.

        accept is asked once for each licence that was not accepted before.
        """
        lacking = [component for component in components if self._installed.missing(component)]
        if not lacking:
            return
        try:
            self._ask(lacking, accept)
            with new_client(self._options.mirror) as client:
                wanted = [item for component in lacking for item in self._locate(component, client)]
                self._check_space(wanted)
                transfer = Transfer(client, self._cancellation, backoff=self._backoff)
                self._download_all(wanted, transfer)
        except OSError as error:  # of the records; transfers report their own
            raise disk_error(error, self._installed.folder) from error

    def _ask(self, components: Sequence[ModelComponent], accept: Accept) -> None:
        for component in components:
            if self._installed.accepted(component.licence):
                continue
            if not accept(component):
                raise DownloadError(
                    "{component} is published under terms that were not accepted.",
                    "Read {licence} and accept it to go on.",
                    component=component.title,
                    licence=component.licence.url or component.licence.name,
                )
            self._installed.accept([component.licence])

    def _locate(self, component: ModelComponent, client: httpx2.Client) -> list[_Wanted]:
        return [self._find(component, file, client) for file in self._installed.missing(component)]

    def _find(
        self, component: ModelComponent, file: ComponentFile, client: httpx2.Client
    ) -> _Wanted:
        self._cancellation.check()
        if self._options.local is not None:
            source = find_locally(component, file, self._options.local)
            if source is not None:
                return _Wanted(component, file, None, source)
        if self._options.offline:
            raise DownloadError(
                "{component} is not installed, and the program is set to stay offline.",
                "Allow network access, or choose a local folder that has it.",
                component=component.title,
            )
        return _Wanted(component, file, locate(component, file, self._options, client), None)

    def _check_space(self, wanted: Sequence[_Wanted]) -> None:
        received = sum(self._received(item) for item in wanted)
        needed = sum(item.size for item in wanted) - received
        free = self._installed.free_bytes()
        if needed + SPACE_TO_LEAVE > free:
            raise DownloadError(
                "The download needs {needed:.2f} GB, but {folder} has only {free:.2f} GB to spare.",
                "Free some space, or move the models' folder to another disk.",
                needed=needed / 1e9,
                folder=self._installed.folder,
                free=max(free - SPACE_TO_LEAVE, 0) / 1e9,
            )

    def _received(self, item: _Wanted) -> int:
        partial = partial_of(self._installed.path_of(item.component, item.file))
        return partial.stat().st_size if partial.exists() else 0

    def _download_all(self, wanted: Sequence[_Wanted], transfer: Transfer) -> None:
        total = sum(item.size for item in wanted)
        before = 0
        for item in wanted:
            meter = _Meter(self._listener, item.component.title, before, total)
            self._download_one(item, transfer, meter)
            before += item.size

    def _download_one(self, item: _Wanted, transfer: Transfer, meter: _Meter) -> None:
        target = self._installed.path_of(item.component, item.file)
        if item.source is not None:
            local_copy(item.source, target, self._cancellation, meter)
            digest, revision = self._check_copy(item, target), item.component.revision
        else:
            assert item.located is not None
            digest = transfer.download(item.located.remote, target, meter)
            revision = item.located.revision
        self._installed.record(item.component, item.file, digest, revision)

    def _check_copy(self, item: _Wanted, target: Path) -> str:
        digest = digest_of(target, item.file.digest, lambda _: self._cancellation.check())
        if item.file.digest not in {"", digest}:
            target.unlink()
            raise DownloadError(
                "{file} differs from the published file.",
                "Remove it from the local folder, so that the right one can be downloaded.",
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
