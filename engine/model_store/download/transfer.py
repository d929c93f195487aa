"""Downloads one file: resumed where it broke off, checked, and complete or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from engine.concurrency.cancellation import CancellationToken
from engine.errors import DownloadError
from engine.files.atomic import written_whole
from engine.files.digest import BLOCK, digest_of
from engine.model_store.download.addresses import without_queries

ATTEMPTS = 5
"""Attempts in a row without a byte before the transfer is given up."""

LARGEST_FILE = 16 << 30
"""Bytes. No file of a Stable Diffusion model is larger; a host that says no size may send more."""

SPACE_TO_LEAVE = 256 << 20
"""Bytes that a download must not take from the disk."""

LONGEST_WAIT = 60.0
"""Seconds; a host that asks for a longer wait is tried again after this long."""

_DENIED, _MISSING, _BEYOND_END, _PATIENCE = (401, 403), (404, 410), 416, (429, 503)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """Where a file is and what it must be. digest "" and size None: not known."""

    url: str
    name: str
    digest: str = ""
    size: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


OnBytes = Callable[[int], None]
"""Called after each block, with the number of bytes received of the file."""


def partial_of(target: Path) -> Path:
    """Where the bytes of an unfinished transfer wait."""
    return target.with_name(target.name + ".partial")


class Transfer:
    """Downloads files with one HTTP client. backoff: seconds before the second attempt."""

    def __init__(
        self,
        client: httpx2.Client,
        cancellation: CancellationToken | None = None,
        *,
        backoff: float = 0.5,
    ) -> None:
        self._client = client
        self._cancellation = cancellation or CancellationToken()
        self._backoff = backoff

    def download(self, remote: RemoteFile, target: Path, on_bytes: OnBytes = lambda _: None) -> str:
        """Download to target, which appears only once complete and correct; return its digest.

        Raises DownloadError or Cancelled; what was received is kept and used the next time.
        """
        partial = partial_of(target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = self._complete(remote, partial, on_bytes)
            partial.replace(target)
        except OSError as error:
            raise disk_error(error, target.parent) from error
        return digest

    def _complete(self, remote: RemoteFile, partial: Path, on_bytes: OnBytes) -> str:
        """Fill the partial file; start over once where its earlier bytes may be wrong."""
        for _ in range(2 if partial.exists() else 1):
            self._receive_all(remote, partial, on_bytes)
            found = digest_of(partial, remote.digest, lambda _: self._cancellation.check())
            if remote.digest in {"", found}:
                return found
            partial.unlink()
        raise DownloadError(
            "{file} was downloaded, but differs from the published file.",
            "Try again later or from another mirror.",
            file=remote.name,
        )

    def _receive_all(self, remote: RemoteFile, partial: Path, on_bytes: OnBytes) -> None:
        """Receive until the file is complete, resuming after broken connections."""
        idle = 0
        while True:
            before = _size(partial)
            try:
                self._receive(remote, partial, on_bytes)
            except _Interrupted as interruption:
                idle = 0 if _size(partial) > before else idle + 1
                if idle >= ATTEMPTS:
                    raise DownloadError(
                        "{file} could not be downloaded: {reason}.",
                        "Check that this computer is online; what was received is kept.",
                        file=remote.name,
                        reason=interruption,
                    ) from interruption
                self._cancellation.sleep(interruption.wait or self._backoff * 2.0**idle)
            else:
                return

    def _receive(self, remote: RemoteFile, partial: Path, on_bytes: OnBytes) -> None:
        """One request, from where the partial file ends."""
        start = _size(partial)
        if remote.size is not None and start == remote.size:
            return
        headers = {**remote.headers, "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            with self._client.stream("GET", remote.url, headers=headers) as response:
                self._write(response, remote, partial, on_bytes)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.TooManyRedirects) as error:
            raise DownloadError(
                "The address of {file} is not valid: {reason}.",
                "Choose another mirror.",
                file=remote.name,
                reason=without_queries(str(error)),
            ) from None  # httpx2's own text would bring the signed address into the log
        except httpx2.RequestError as error:
            reason = without_queries(str(error)) or type(error).__name__
            raise _Interrupted(reason) from None

    def _write(
        self, response: httpx2.Response, remote: RemoteFile, partial: Path, on_bytes: OnBytes
    ) -> None:
        appending = response.status_code == httpx2.codes.PARTIAL_CONTENT
        if response.status_code == _BEYOND_END or (
            appending and not _continues(response, _size(partial))
        ):
            partial.unlink(missing_ok=True)
            raise _Interrupted("the host cannot resume where it stopped")
        _check_answer(response, remote)
        with partial.open("ab" if appending else "wb") as file:
            for block in response.iter_bytes(BLOCK):
                self._cancellation.check()
                _check_length(file.tell() + len(block), remote)
                _check_space(partial, len(block))
                file.write(block)
                on_bytes(file.tell())
        if remote.size is not None and _size(partial) < remote.size:
            raise _Interrupted("the host stopped in the middle")


class _Interrupted(Exception):  # noqa: N818 - a pause, not an error
    """Worth another attempt. wait: seconds that the host asked for, 0 where it did not."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def disk_error(error: OSError, folder: Path) -> DownloadError:
    """The user's message for a file that cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DownloadError(
            "The disk of {folder} is full.",
            "Free some space or move the models' folder, then download again: it will resume.",
            folder=folder,
        )
    return DownloadError(
        "{folder} cannot be written to: {reason}.",
        "Choose another folder for the models.",
        folder=folder,
        reason=error.strerror,
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _continues(response: httpx2.Response, start: int) -> bool:
    return response.headers.get("Content-Range", "").startswith(f"bytes {start}-")


def _check_answer(response: httpx2.Response, remote: RemoteFile) -> None:
    status = response.status_code
    if status in _DENIED:
        raise DownloadError(
            "The host requires a login for {file} (it answered {status}).",
            "Accept its terms on the host's website, and enter your access token here.",
            file=remote.name,
            status=status,
        )
    if status in _MISSING:
        raise DownloadError(
            "The host no longer has {file} (it answered {status}).",
            "Use a mirror or a local folder, or a newer version of this program.",
            file=remote.name,
            status=status,
        )
    if status in _PATIENCE or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        raise _Interrupted(f"the host answered {status}", _wait_asked_for(response))
    if not response.is_success:
        raise DownloadError(
            "The host answered {status} for {file}.",
            "Try again later.",
            status=status,
            file=remote.name,
        )
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise DownloadError(
            "The host sent a web page instead of {file}.",
            "It may require a login: enter your access token here.",
            file=remote.name,
        )


def _wait_asked_for(response: httpx2.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else 0.0


def _check_length(length: int, remote: RemoteFile) -> None:
    if remote.size is not None and length > remote.size:
        raise DownloadError(
            "{file} is longer than the published file.", "Use another mirror.", file=remote.name
        )
    if length > LARGEST_FILE:
        raise DownloadError(
            "{file} is larger than {size:.0f} GB, which no model's file should be.",
            "Use another mirror.",
            file=remote.name,
            size=LARGEST_FILE / 1e9,
        )


def _check_space(partial: Path, count: int) -> None:
    """Raise OSError if that many more bytes would leave too little free space on the disk."""
    if shutil.disk_usage(partial.parent).free - count < SPACE_TO_LEAVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def local_copy(
    source: Path, target: Path, cancellation: CancellationToken, on_bytes: OnBytes
) -> None:
    """Copy a file that is already on this computer. Raises DownloadError or Cancelled."""
    try:
        with (
            written_whole(target) as partial,
            source.open("rb") as reader,
            partial.open("wb") as writer,
        ):
            while block := reader.read(BLOCK):
                cancellation.check()
                writer.write(block)
                on_bytes(writer.tell())
    except OSError as error:
        raise disk_error(error, target.parent) from error
