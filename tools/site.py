"""Gathers the pages of the documentation site, with their links adjusted, for MkDocs to build.

`make docs` runs it. The README and its companions stay where a repository's visitor expects them;
here they become pages next to those of docs/, and every module gets a page of the reference. Knows
only the standard library, so that the site can be built without the program's dependencies.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
SITE_SOURCE = ROOT / "build" / "site_source"

PAGES: Mapping[str, str] = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CODE_OF_CONDUCT.md": "code_of_conduct.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "resources/models/built_in/MODEL_CARD.md": "model_card.md",
    "tests/virtual_camera/README.md": "virtual_camera_tests.md",
    "training/README.md": "training.md",
}
"""Pages that live outside docs/: path in the repository -> path on the site."""

REFERENCE = ("engine", "gui", "cli")
"""Packages whose modules get a page."""

_LINK = re.compile(r"(?<=\]\()(?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?(?=\))")


class BrokenLinkError(Exception):
    """A page links to a file that is not in the repository."""


def page_of(source: str) -> str | None:
    """Where a file of the repository is on the site; None where it is not part of it."""
    if source in PAGES:
        return PAGES[source]
    inside = PurePosixPath(source)
    return str(inside.relative_to("docs")) if inside.parts[:1] == ("docs",) else None


def adjusted(text: str, source: str, root: Path = ROOT) -> str:
    """A page's Markdown with links that work on the site.

    source: the page's path in the repository. Links to files that are not on the site become
    their path, as plain text. Raises BrokenLinkError for a link to nothing.
    """
    here = posixpath.dirname(page_of(source) or source)

    def replace(match: re.Match[str]) -> str:
        linked = posixpath.normpath(posixpath.join(posixpath.dirname(source), match["target"]))
        if not (root / linked).exists():
            raise BrokenLinkError(f"{source} links to {match['target']}, which does not exist")
        page = page_of(linked)
        if page is None:
            return _ABSENT + linked
        return posixpath.relpath(page, here or ".") + (match["anchor"] or "")

    return _without_absent(_LINK.sub(replace, text))


_ABSENT = "absent:"


def _without_absent(text: str) -> str:
    return re.sub(rf"\[[^\]]*\]\({_ABSENT}([^)]*)\)", r"`\1`", text)


def modules(root: Path = ROOT) -> Iterator[str]:
    """The dotted names of all documented modules, in order."""
    for package in REFERENCE:
        for path in sorted((root / package).rglob("*.py")):
            if path.stem not in ("__init__", "__main__"):
                yield ".".join(path.relative_to(root).with_suffix("").parts)


def reference_pages(names: Iterator[str]) -> dict[str, str]:
    """Path -> Markdown: one page for each folder of modules, and a list of these pages."""
    folders: dict[str, list[str]] = {}
    for name in names:
        folders.setdefault(name.rpartition(".")[0], []).append(name)
    pages = {
        f"reference/{folder}.md": f"# {folder}\n\n" + "\n".join(f"::: {name}\n" for name in inside)
        for folder, inside in folders.items()
    }
    listed = "".join(f"- [{folder}]({folder}.md)\n" for folder in folders)
    return {"reference/index.md": f"# Reference\n\nFor contributors.\n\n{listed}", **pages}


def gather(target: Path = SITE_SOURCE, root: Path = ROOT) -> None:
    """Write the site's source into `target`, replacing what was there."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root / "docs", target)
    sources = [*PAGES, *(str(path.relative_to(root)) for path in (root / "docs").rglob("*.md"))]
    for source in sources:
        text = (root / source).read_text(encoding="utf-8")
        _write(target / (page_of(source) or source), adjusted(text, source, root))
    for path, text in reference_pages(modules(root)).items():
        _write(target / path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Gather the pages; a broken link is named, and ends with exit status 1."""
    try:
        gather()
    except BrokenLinkError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
