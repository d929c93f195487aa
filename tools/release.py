"""Makes a release out of a clean tree: `make release VERSION=1.2.3`.

It writes the version into every file that names it, dates the changelog, runs the checks, and makes
a commit and the tag vVERSION. Nothing is pushed. Where anything is amiss, nothing is changed.
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from packaging.version import InvalidVersion, Version

from engine.paths import RESOURCES
from tools.changelog import has_entries, released
from tools.release_check import problems

ROOT = RESOURCES.parent
METAINFO = "installer/linux/share/io.live2diff.Camera.metainfo.xml"
WRITTEN = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", METAINFO)
"""The files that name the version."""

CHECKS = (("make", "check"),)

Run = Callable[[Sequence[str]], str]
"""Runs a command in the project and gives what it prints. Raises CalledProcessError."""


class RefusedError(Exception):
    """Why there is no release: one sentence."""


def release(root: Path, version: str, day: datetime.date, run: Run) -> None:
    """Make it, or raise RefusedError and leave the tree as it was."""
    _refuse_unless_ready(root, version, run)
    before = {name: _read(root, name) for name in WRITTEN}
    try:
        _write_version(root, version, day)
        _check(root, run)
        run(["git", "commit", "--quiet", "--message", f"Release {version}", "--", *WRITTEN])
    except BaseException:
        for name, text in before.items():
            (root / name).write_text(text, encoding="utf-8")
        raise
    run(["git", "tag", "--annotate", f"v{version}", "--message", f"Release {version}"])


def _refuse_unless_ready(root: Path, version: str, run: Run) -> None:
    present = tomllib.loads(_read(root, "pyproject.toml"))["project"]["version"]
    try:
        newer = Version(version) > Version(present)
    except InvalidVersion as error:
        raise RefusedError(f"{version} is not a version, such as 1.2.3.") from error
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise RefusedError(f"{version} is not of the form 1.2.3.")
    if not newer:
        raise RefusedError(f"{version} is not newer than {present}.")
    if run(["git", "status", "--porcelain"]).strip():
        raise RefusedError("There are changes that are not committed.")
    if run(["git", "tag", "--list", f"v{version}"]).strip():
        raise RefusedError(f"The tag v{version} is there already.")
    if not has_entries(_read(root, "CHANGELOG.md")):
        raise RefusedError("CHANGELOG.md has nothing under Unreleased.")


def _check(root: Path, run: Run) -> None:
    found = problems(root)
    if found:
        raise RefusedError("\n".join(found))
    for command in CHECKS:
        try:
            run(command)
        except subprocess.CalledProcessError as error:
            raise RefusedError(f"{' '.join(command)} fails:\n{error.stdout}") from error


def _write_version(root: Path, version: str, day: datetime.date) -> None:
    date = day.isoformat()
    _change(root, "pyproject.toml", r'^version = ".*"$', f'version = "{version}"')
    _change(root, "CITATION.cff", r"^version: .*$", f"version: {version}")
    _change(root, "CITATION.cff", r"^date-released: .*$", f"date-released: {date}")
    entry = f'    <release version="{version}" date="{date}" />'
    _change(root, METAINFO, r"^  <releases>$", f"  <releases>\n{entry}")
    (root / "CHANGELOG.md").write_text(
        released(_read(root, "CHANGELOG.md"), version, date), encoding="utf-8"
    )


def _change(root: Path, name: str, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, lambda _: replacement, _read(root, name), count=1, flags=re.M)
    if not count:
        raise RefusedError(f"{name} does not name the version.")
    (root / name).write_text(text, encoding="utf-8")


def _read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True
    )
    return done.stdout


def main() -> int:
    """Release the version that is named; 1 where it is refused."""
    if len(sys.argv) != 2:
        sys.stderr.write("Name the version: make release VERSION=1.2.3\n")
        return 1
    today = datetime.datetime.now(datetime.UTC).date()
    try:
        release(ROOT, sys.argv[1], today, _run)
    except (RefusedError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"No release was made. {error}\n")
        return 1
    sys.stdout.write(f"v{sys.argv[1]} is ready. Publish it: git push --follow-tags\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
