"""Records the hashes of torch's wheels for every system, for installer/bundle/build.sh.

    python -m tools.torch_lock            PyPI's wheels: installer/lock/torch-hashes.txt
    python -m tools.torch_lock cpu        those of PyTorch's own index: torch-cpu-hashes.txt
    python -m tools.torch_lock check      whether the record is of the version that is pinned

Set-up pins torch by version alone (`installer/lock/torch.txt`), because the right build depends on
the graphics card. What is shipped in an installer is known: there, pip gets the record with
--require-hashes --no-deps, and refuses any other file: PyPI's for Windows and macOS, PyTorch's
own for Linux, without which there is no release.
"""

from __future__ import annotations

import re
import sys
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

FOLDER = Path(__file__).resolve().parent.parent / "installer" / "lock"
PYTHONS = ("cp311", "cp312", "cp313")
SYSTEMS = {
    "Linux": r"linux.*_(x86_64|aarch64)",
    "Windows": r"win_amd64",
    "macOS": r"macosx_.*arm64",
}
"""What the names of wheels say of the systems that are served."""


@dataclass(frozen=True, slots=True)
class Index:
    """Where wheels come from. local: the version's suffix there. file: the record."""

    address: str
    local: str
    file: str


INDEXES = {
    "": Index("https://pypi.org/simple/torch/", "", "torch-hashes.txt"),
    "cpu": Index("https://download.pytorch.org/whl/cpu/torch/", "+cpu", "torch-cpu-hashes.txt"),
}


class _Links(HTMLParser):
    """The addresses on an index's page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.addresses += [value for name, value in attrs if name == "href" and value]


def main(arguments: Sequence[str]) -> int:
    """Write a record, or check it; 1 where it is not what it should be, 2 for other words."""
    version = pinned_version()
    if arguments == ["check"]:
        return check(version)
    index = INDEXES.get(" ".join(arguments))
    if index is None:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with urllib.request.urlopen(index.address, timeout=60) as page:  # noqa: S310 - always https
        wheels = wheels_of(page.read().decode(), version + index.local)
    missing = [system for system in SYSTEMS if not _of_system(wheels, system)]
    if missing and not index.local:  # PyTorch's own index has no such suffix for macOS
        sys.stderr.write(f"There is no wheel of torch {version} for: {', '.join(missing)}\n")
        return 1
    (FOLDER / index.file).write_text(record(version + index.local, wheels), encoding="utf-8")
    return 0


def pinned_version() -> str:
    """The version that set-up installs."""
    return (FOLDER / "torch.txt").read_text(encoding="utf-8").strip().removeprefix("torch==")


def wheels_of(page: str, version: str) -> dict[str, str]:
    """The SHA-256 of each wheel of this version that a served system can use, by its name."""
    links = _Links()
    links.feed(page)
    found = {}
    for address in links.addresses:
        path, fragment = urldefrag(address)
        name, (algorithm, _, digest) = unquote(path.rpartition("/")[2]), fragment.partition("=")
        if algorithm == "sha256" and _is_served(name, version):
            found[name] = digest
    return dict(sorted(found.items()))


def _is_served(name: str, version: str) -> bool:
    words = name.removesuffix(".whl").split("-")
    if not name.endswith(".whl") or words[:2] != ["torch", version] or len(words) != 5:
        return False
    python, abi, platform = words[2:]
    known = any(re.search(f"{system}$", platform) for system in SYSTEMS.values())
    return known and python == abi and python in PYTHONS


def record(version: str, wheels: dict[str, str]) -> str:
    """A requirement with all hashes; pip takes the wheel of the system at hand."""
    lines = ["# Made by `python -m tools.torch_lock`; for --require-hashes --no-deps."]
    for system in SYSTEMS:
        lines += [f"# {system}: {wheels[name]} {name}" for name in _of_system(wheels, system)]
    hashes = [f"    --hash=sha256:{digest}" for digest in dict.fromkeys(wheels.values())]
    return "\n".join([*lines, " \\\n".join([f"torch=={version}", *hashes]), ""])


def check(version: str) -> int:
    """0 where every record there is, at least PyPI's, is of the pinned version."""
    wrong = []
    for index in INDEXES.values():
        path = FOLDER / index.file
        if not path.exists():
            wrong += [] if index.local else [f"{path.name} is missing"]
        elif f"\ntorch=={version}{index.local} \\\n" not in path.read_text(encoding="utf-8"):
            wrong.append(f"{path.name} is not of torch {version}{index.local}")
    for sentence in wrong:
        sys.stderr.write(f"{sentence}; run: python -m tools.torch_lock\n")
    return 1 if wrong else 0


def _of_system(wheels: dict[str, str], system: str) -> list[str]:
    return sorted(name for name in wheels if re.search(rf"{SYSTEMS[system]}\.whl$", name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
