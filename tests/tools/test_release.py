"""A release is made out of a clean, checked tree with something to tell, or not at all."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.changelog import has_entries, section
from tools.release import METAINFO, RefusedError, release
from tools.release_check import PINS, TORCH, UPDATES

DAY = datetime.date(2027, 2, 3)
FILES = {
    "pyproject.toml": '[project]\nversion = "1.2.3"\nauthors = [{ name = "A", email = "a@b.dev" }]'
    "\n"
    '[project.urls]\nHomepage = "https://b.dev"\n',
    "CITATION.cff": "cff-version: 1.2.0\nversion: 1.2.3\ndate-released: 2026-01-01\n",
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n"
    "## [1.2.3] - 2026-01-01\n\nThe first.\n",
    PINS: "COMMIT 0123\n",
    TORCH: "torch==2.0.0+cpu\n",
    UPDATES: '{"feed": "https://b.dev/feed.json", "key": "RWQ"}',
    METAINFO: '<component>\n  <releases>\n    <release version="1.2.3" date="2026-01-01" />\n'
    "  </releases>\n</component>\n",
}


class Project:
    """A repository of its own, and a `make check` that ends as the test wants."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.check_fails = False
        for name, text in FILES.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "First"]):
            self.run(["git", *words])

    def run(self, command: Sequence[str]) -> str:
        if command[0] == "make":
            if self.check_fails:
                raise subprocess.CalledProcessError(2, list(command), "1 failed")
            return ""
        own = ["git", "-c", "user.name=A", "-c", "user.email=a@b.dev", *command[1:]]
        return subprocess.run(own, cwd=self.root, capture_output=True, text=True, check=True).stdout

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def release(self, version: str = "1.3.0") -> None:
        release(self.root, version, DAY, self.run)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_every_file_names_the_new_version_in_a_tagged_commit(project: Project) -> None:
    project.release()
    assert 'version = "1.3.0"' in project.text("pyproject.toml")
    assert "version: 1.3.0\ndate-released: 2027-02-03" in project.text("CITATION.cff")
    assert '<release version="1.3.0" date="2027-02-03" />\n    <release' in project.text(METAINFO)
    assert section(project.text("CHANGELOG.md"), "1.3.0") == "### Added\n\n- A thing."
    assert not has_entries(project.text("CHANGELOG.md"))
    assert project.run(["git", "tag", "--points-at", "HEAD"]).strip() == "v1.3.0"
    assert project.run(["git", "status", "--porcelain"]) == ""


@pytest.mark.parametrize("version", ["1.2.3", "1.2.2", "1.3", "soon", "1.3.0rc1", "1.3.0\n"])
def test_a_version_that_is_no_newer_one_is_refused(project: Project, version: str) -> None:
    with pytest.raises(RefusedError, match="is not"):
        project.release(version)


def test_a_tree_with_changes_is_refused(project: Project) -> None:
    (project.root / "new.txt").write_text("x")
    with pytest.raises(RefusedError, match="not committed"):
        project.release()


def test_a_version_whose_tag_is_there_is_refused_before_anything_is_written(
    project: Project,
) -> None:
    project.run(["git", "tag", "v1.3.0"])
    with pytest.raises(RefusedError, match="is there already"):
        project.release()
    assert {name: project.text(name) for name in FILES} == FILES
    assert project.run(["git", "rev-list", "--count", "HEAD"]).strip() == "1"


@pytest.mark.parametrize("entries", ["", "### Added\n\n"])
def test_a_release_without_anything_to_tell_is_refused(project: Project, entries: str) -> None:
    changelog = f"# Changelog\n\n## [Unreleased]\n\n{entries}## [1.2.3] - 2026-01-01\n\n- x\n"
    (project.root / "CHANGELOG.md").write_text(changelog)
    project.run(["git", "commit", "-qam", "Empty"])
    with pytest.raises(RefusedError, match="nothing under Unreleased"):
        project.release()


def test_failing_checks_leave_everything_as_it_was(project: Project) -> None:
    project.check_fails = True
    with pytest.raises(RefusedError, match="1 failed"):
        project.release()
    assert {name: project.text(name) for name in FILES} == FILES
    assert project.run(["git", "status", "--porcelain"]) == ""
    assert project.run(["git", "tag"]) == ""


def test_a_placeholder_is_refused(project: Project) -> None:
    path = project.root / "pyproject.toml"
    path.write_text(path.read_text().replace("https://b.dev", "https://example.invalid"))
    project.run(["git", "commit", "-qam", "Placeholder"])
    with pytest.raises(RefusedError, match="placeholder"):
        project.release()


def test_notes_that_are_not_there_are_not_invented() -> None:
    with pytest.raises(KeyError):
        section(FILES["CHANGELOG.md"], "9.9.9")
