"""Asks for the list of new versions, and fetches the installer that it names.

Nothing here runs before the user has said yes: the window asks it only where the preference is set,
and the command line only in `update`.
"""

from __future__ import annotations

import datetime
import logging
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2
from packaging.version import Version

from engine.errors import DownloadError, EngineError
from engine.files.json_data import read_json, write_json
from engine.model_store.download.client import new_client
from engine.model_store.download.transfer import OnBytes, RemoteFile, Transfer
from engine.paths import app_version
from engine.updates.feed import Feed, InstallerFile, check_freshness, read_feed
from engine.updates.signature import UntrustedError, public_key, verify
from engine.updates.source import Source

LARGEST = 64 << 10
"""Bytes of a list or a signature."""

KINDS = {"win32": "windows", "darwin": "macos"}
"""Which installer serves a system; on Linux it depends on what installs there."""

MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}
"""What lists call a machine that the system calls otherwise."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest list that was believed."""

    number: int = 0


def look_for_update(
    source: Source,
    seen_at: Path,
    *,
    today: datetime.date,
    present: str | None = None,
    client: httpx2.Client | None = None,
) -> Feed | None:
    """The newest release, or None where this is it. present: this version. Raises DownloadError."""
    if not source.key:
        raise DownloadError(
            "This build of the program does not look for new versions.",
            "Look at the place where you got it.",
        )
    with client or new_client() as http:
        content = _fetched(http, source.feed)
        signature = _fetched(http, source.feed + ".minisig")
    try:
        comment = verify(content, signature.decode("utf-8", "replace"), public_key(source.key))
    except UntrustedError as error:
        raise DownloadError(
            "The list of new versions is not the makers' own: {reason}.",
            "Do not install anything that it offers; try again later from another network.",
            reason=error,
        ) from error
    logger.info("list of new versions: %s", comment)
    feed = read_feed(content.decode("utf-8", "replace"))
    check_freshness(feed, _seen(seen_at).number, today)
    write_json(seen_at, Seen(feed.number))
    return feed if Version(feed.version) > Version(present or app_version()) else None


def installer_for_here(feed: Feed) -> InstallerFile | None:
    """The installer for this system, if the release has one."""
    machine = platform.machine().lower()
    kind = KINDS.get(sys.platform) or ("deb" if shutil.which("dpkg") else "tar")
    wanted = (kind, MACHINES.get(machine, machine))
    return next((file for file in feed.files if (file.kind, file.machine) == wanted), None)


def fetch_installer(
    file: InstallerFile,
    folder: Path,
    on_bytes: OnBytes = lambda _: None,
    client: httpx2.Client | None = None,
) -> Path:
    """Download it, resumed where it broke off; it appears only once its digest is right.

    Raises DownloadError.
    """
    target = folder / file.name
    remote = RemoteFile(file.url, file.name, file.digest, file.size)
    with client or new_client() as http:
        Transfer(http).download(remote, target, on_bytes)
    return target


def _seen(path: Path) -> Seen:
    """A file that cannot be read protects nobody, and must not keep updates away for good."""
    if not path.exists():
        return Seen()
    try:
        return read_json(path, Seen)
    except EngineError:
        logger.exception("the number of the newest list is lost")
        return Seen()


def _fetched(client: httpx2.Client, url: str) -> bytes:
    content = b""
    try:
        with client.stream("GET", url) as response:
            response.raise_for_status()
            for block in response.iter_bytes():
                content += block
                if len(content) > LARGEST:
                    raise _not_had("it is far too large")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _not_had(_reason(error)) from error
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, httpx2.HTTPStatusError):
        return f"the host answered {error.response.status_code}"
    return str(error) or type(error).__name__


def _not_had(reason: str) -> DownloadError:
    return DownloadError(
        "The list of new versions could not be had: {reason}.",
        "Check that this computer is online, and try again later.",
        reason=reason,
    )
