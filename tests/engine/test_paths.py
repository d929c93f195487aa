"""The version has one source, wherever the program runs from."""

from importlib import metadata
from pathlib import Path

import pytest

from engine import paths


def test_a_checkout_reports_the_version_that_pyproject_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "7.8.9"\n', encoding="utf-8")
    monkeypatch.setattr(paths, "RESOURCES", tmp_path / "resources")
    assert paths.app_version() == "7.8.9"


def test_an_installed_copy_reports_its_packages_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "RESOURCES", tmp_path / "resources")
    assert paths.app_version() == metadata.version(paths.APP_ID)
