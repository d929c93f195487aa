"""Reads CHANGELOG.md: what is not yet released, and the notes of a release.

`python -m tools.changelog VERSION` prints the notes of one.
"""

from __future__ import annotations

import re
import sys

from engine.paths import RESOURCES

CHANGELOG = RESOURCES.parent / "CHANGELOG.md"
UNRELEASED = "Unreleased"

_HEADING = re.compile(
    r"^## \[(?P<version>[^\]]+)\](?: - (?P<day>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE
)
_ENTRY = re.compile(r"^- \S", re.MULTILINE)


def section(changelog: str, version: str) -> str:
    """What stands under a version's heading, without it. Raises KeyError where there is none."""
    headings = list(_HEADING.finditer(changelog))
    ends = [following.start() for following in headings[1:]] + [len(changelog)]
    for heading, end in zip(headings, ends, strict=True):
        if heading["version"] == version:
            return changelog[heading.end() : end].strip()
    raise KeyError(version)


def has_entries(changelog: str) -> bool:
    """Whether anything is waiting to be released."""
    try:
        return bool(_ENTRY.search(section(changelog, UNRELEASED)))
    except KeyError:
        return False


def released(changelog: str, version: str, day: str) -> str:
    """The changelog with what is unreleased under a version of its own. day: YYYY-MM-DD."""
    heading = f"## [{UNRELEASED}]"
    return changelog.replace(heading, f"{heading}\n\n## [{version}] - {day}", 1)


def main() -> int:
    """Print the notes of the version that is named; 1 where there are none."""
    try:
        notes = section(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1])
    except (KeyError, IndexError):
        sys.stderr.write("Name a version that CHANGELOG.md has: python -m tools.changelog 1.2.3\n")
        return 1
    sys.stdout.write(notes + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
