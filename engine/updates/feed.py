"""The list of what is new: what a release is, and when such a list may be believed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from engine.errors import DownloadError
from engine.files.json_data import parse_json

FORMAT = 1

_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class InstallerFile:
    """One installer. kind: "deb", "tar", "windows" or "macos"; machine: "x86_64" or "arm64".

    name: as it is saved; size in bytes; digest: SHA-256, in hexadecimal digits.
    """

    kind: str
    machine: str
    name: str
    url: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest release. number grows with every list; expires: YYYY-MM-DD, by which a newer list
    is promised, even if it says the same. page: where people read more. news: what is new, in
    English, one entry per line.
    """

    format: int
    number: int
    expires: str
    version: str
    page: str
    news: str
    files: tuple[InstallerFile, ...]


def read_feed(text: str) -> Feed:
    """Parse a list whose signature has been verified. Raises DownloadError."""
    try:
        feed = parse_json(text, Feed, "feed.json")
        Version(feed.version)
        datetime.date.fromisoformat(feed.expires)
    except (InvalidVersion, ValueError) as error:
        raise _unusable("it has no version or no date") from error
    if feed.format != FORMAT:
        raise _unusable("it is for a newer program")
    if not feed.page.startswith("https://") or not all(map(_is_allowed, feed.files)):
        raise _unusable("an address or a name in it is not allowed")
    return feed


def _is_allowed(file: InstallerFile) -> bool:
    """Whether it can be saved under its name on any system, and checked."""
    return bool(
        file.url.startswith("https://")
        and _NAME.fullmatch(file.name)
        and _DIGEST.fullmatch(file.digest)
    )


def check_freshness(feed: Feed, seen: int, today: datetime.date) -> None:
    """Raise DownloadError for a list older than one already seen, or past its day.

    The latter is how an abandoned program ends, and how a list looks that somebody keeps back: no
    program can tell the two apart.
    """
    if feed.number < seen:
        raise _unusable("an older list was put in its place")
    if today > datetime.date.fromisoformat(feed.expires):
        raise DownloadError(
            "The list of new versions was good until {day} and has not been renewed: nobody makes "
            "new versions any more, or newer lists are kept from this computer.",
            "Look at the program's page yourself: {page}",
            day=feed.expires,
            page=feed.page,
        )


def _unusable(reason: str) -> DownloadError:
    return DownloadError(
        "The list of new versions cannot be believed: {reason}.",
        "Look at the program's page yourself.",
        reason=reason,
    )
