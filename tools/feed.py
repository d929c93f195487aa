"""Writes the list of new versions out of a folder of installers.

    python -m tools.feed VERSION ADDRESS PAGE EXPIRES FOLDER     writes FOLDER/feed.json
    python -m tools.feed renew EXPIRES FOLDER                    gives the one there a later day

Sign it afterwards. ADDRESS is the folder that people download from, PAGE where they read about the
release, EXPIRES the day by which it is renewed at the latest.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.files.digest import digest_of
from engine.files.json_data import to_json
from engine.updates.check import MACHINES
from engine.updates.feed import FORMAT, Feed, InstallerFile, read_feed
from tools.changelog import CHANGELOG, section

_INSTALLERS = {
    "deb": re.compile(r"_(?P<machine>amd64|arm64)\.deb$"),
    "tar": re.compile(r"-linux-(?P<machine>\w+)\.tar\.xz$"),
    "windows": re.compile(r"-setup\.exe$"),
    "macos": re.compile(r"-macos-(?P<machine>\w+)\.dmg$"),
}


def installers(folder: Path, address: str) -> tuple[InstallerFile, ...]:
    """What the folder has to install from. address: where people download it from."""
    found = []
    for path in sorted(folder.iterdir()):
        for kind, pattern in _INSTALLERS.items():
            match = pattern.search(path.name)
            if match is not None:
                named = match.groupdict().get("machine", "amd64")
                machine = MACHINES.get(named, named)
                url = f"{address}/{path.name}"
                size, digest = path.stat().st_size, digest_of(path)
                found.append(InstallerFile(kind, machine, path.name, url, size, digest))
    return tuple(found)


def make_feed(
    version: str, address: str, page: str, expires: str, folder: Path, changelog: str
) -> Feed:
    """The list. Its number is the time of day, in seconds since 1970: it only ever grows."""
    entries = re.findall(r"^- (.*)$", section(changelog, version), re.MULTILINE)
    return Feed(
        FORMAT, int(time.time()), expires, version, page, "\n".join(entries),
        installers(folder, address),
    )  # fmt: skip


def renewed(feed: Feed, expires: str) -> Feed:
    """The same list with a later day; no program takes the former one any more that has seen it."""
    return replace(feed, number=max(int(time.time()), feed.number + 1), expires=expires)


def main(arguments: Sequence[str]) -> int:
    """Write it."""
    file = Path(arguments[-1]) / "feed.json"
    if arguments[0] == "renew":
        feed = renewed(read_feed(file.read_text(encoding="utf-8")), arguments[1])
    else:
        version, address, page, expires, folder = arguments
        changelog = CHANGELOG.read_text(encoding="utf-8")
        feed = make_feed(version, address, page, expires, Path(folder), changelog)
    file.write_text(to_json(feed), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
