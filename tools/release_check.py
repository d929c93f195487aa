"""Refuses a release whose metadata still has placeholders or contradicts itself.

`make release-check` runs it: it prints what must be fixed and exits with 1, or else with 0.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.paths import RESOURCES

ROOT = RESOURCES.parent
PINS = "installer/windows/unitycapture.txt"
UPDATES = "resources/updates.json"
TORCH = "installer/lock/torch-cpu-hashes.txt"
PLACEHOLDERS = ("example.invalid", "example.com", "example.org")
"""Hosts that belong to nobody: whoever releases the program puts the real ones in."""


def problems(root: Path = ROOT) -> list[str]:
    """What keeps the project in `root` from being released; empty when nothing does."""
    project = tomllib.loads(_read(root, "pyproject.toml"))["project"]
    version = str(project["version"])
    return [
        *_placeholders(_addresses(project)),
        *_unreleased(version, _read(root, "CHANGELOG.md")),
        *_other_version(version, _read(root, "CITATION.cff")),
        *_not_chosen(root),
    ]


def _read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _addresses(project: Mapping[str, Any]) -> dict[str, str]:
    """Where people find the project and its authors; "" for what is not given."""
    emails = [author["email"] for author in project.get("authors", []) if "email" in author]
    return {
        "home page": project.get("urls", {}).get("Homepage", ""),
        "authors' address": emails[0] if emails else "",
    }


def _placeholders(addresses: Mapping[str, str], where: str = "pyproject.toml") -> list[str]:
    missing = [f"{where}: the {name} is missing" for name, at in addresses.items() if not at]
    return missing + [
        f"{where}: the {name} is a placeholder: {at}"
        for name, at in addresses.items()
        if any(host in at for host in PLACEHOLDERS)
    ]


def _unreleased(version: str, changelog: str) -> list[str]:
    dated = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}$"
    if re.search(dated, changelog, re.MULTILINE):
        return []
    return [f"CHANGELOG.md: no dated section for {version}"]


def _other_version(version: str, citation: str) -> list[str]:
    cited = re.search(r"^version: (\S+)$", citation, re.MULTILINE)
    if cited and cited[1].strip("\"'") == version:
        return []
    return [f"CITATION.cff: the version is not {version}"]


def _not_chosen(root: Path) -> list[str]:
    """What only whoever releases can know: pinned files of others, and the key of the updates."""
    found = []
    if "not-chosen" in _read(root, PINS):
        found.append(f"{PINS}: placeholders; no copy of UnityCapture is pinned")
    if not (root / TORCH).exists():
        found.append(
            f"{TORCH}: torch's version alone is a placeholder; record the hashes of its files: "
            "python -m tools.torch_lock cpu"
        )
    updates = json.loads(_read(root, UPDATES))
    if not updates["key"]:
        found.append(f"{UPDATES}: the key is a placeholder; make one with: minisign -G -W")
    found.extend(_placeholders({"address of the updates": updates["feed"]}, UPDATES))
    return found


def main() -> int:
    """Print every problem. Returns the exit status: 1 if there is one."""
    found = problems()
    sys.stdout.write("".join(f"{problem}\n" for problem in found) or "Ready for release.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
