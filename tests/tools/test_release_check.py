"""A release with a placeholder, or with two versions, is refused."""

from pathlib import Path

import pytest

from tools.release_check import PINS, ROOT, TORCH, UPDATES, problems

PYPROJECT = """
[project]
version = "1.2.3"
authors = [{{ name = "Everybody", email = "us@{host}" }}]
[project.urls]
Homepage = "https://{host}/live2diff-camera"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that may be released."""
    write(tmp_path, "pyproject.toml", PYPROJECT.format(host="camera.dev"))
    write(tmp_path, "CHANGELOG.md", "# Changelog\n\n## [1.2.3] - 2027-01-31\n")
    write(tmp_path, "CITATION.cff", "cff-version: 1.2.0\nversion: 1.2.3\n")
    write(tmp_path, PINS, "COMMIT 0123\nUnityCaptureFilter32.dll 4567\n")
    write(tmp_path, TORCH, "torch==2.0.0+cpu --hash=sha256:89ab\n")
    write(tmp_path, UPDATES, '{"feed": "https://camera.dev/feed.json", "key": "RWQ"}')
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_a_complete_project_may_be_released(root: Path) -> None:
    assert problems(root) == []


def test_a_placeholder_address_is_refused(root: Path) -> None:
    write(root, "pyproject.toml", PYPROJECT.format(host="example.invalid"))
    home_page, address = problems(root)
    assert "home page is a placeholder" in home_page
    assert "authors' address is a placeholder" in address


def test_a_project_without_addresses_is_refused(root: Path) -> None:
    write(root, "pyproject.toml", '[project]\nversion = "1.2.3"\n')
    assert problems(root) == [
        "pyproject.toml: the home page is missing",
        "pyproject.toml: the authors' address is missing",
    ]


def test_a_version_without_a_dated_section_is_refused(root: Path) -> None:
    write(root, "CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n")
    assert problems(root) == ["CHANGELOG.md: no dated section for 1.2.3"]


def test_a_citation_of_another_version_is_refused(root: Path) -> None:
    write(root, "CITATION.cff", "cff-version: 1.2.0\nversion: 1.2.2\n")
    assert problems(root) == ["CITATION.cff: the version is not 1.2.3"]


def test_this_checkout_has_only_its_placeholders_to_replace() -> None:
    assert all("placeholder" in problem for problem in problems(ROOT))


def test_files_of_others_that_are_not_pinned_are_refused(root: Path) -> None:
    write(root, PINS, "COMMIT not-chosen\n")
    assert problems(root) == [f"{PINS}: placeholders; no copy of UnityCapture is pinned"]


def test_updates_without_a_key_or_an_address_are_refused(root: Path) -> None:
    write(root, UPDATES, '{"feed": "https://example.invalid/feed.json", "key": ""}')
    assert [problem.split(";")[0] for problem in problems(root)] == [
        f"{UPDATES}: the key is a placeholder",
        f"{UPDATES}: the address of the updates is a placeholder: https://example.invalid/feed.json",
    ]


def test_a_torch_that_no_hash_pins_is_refused(root: Path) -> None:
    (root / TORCH).unlink()
    (problem,) = problems(root)
    assert problem.startswith(f"{TORCH}: torch's version alone")
