"""The list of new versions names every installer, and the program believes it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from engine.files.json_data import to_json
from engine.updates.feed import read_feed
from tools.feed import main, make_feed

CHANGELOG = "## [2.0.0] - 2027-01-01\n\n### Added\n\n- One.\n- Two.\n\n## [1.0.0] - 2026-01-01\n"
ADDRESS = "https://updates.test/download/v2"
PAGE = "https://updates.test/tag/v2"


def test_it_names_the_installers_of_a_folder_and_nothing_else(tmp_path: Path) -> None:
    names = [
        "live2diff-camera_2.0.0_amd64.deb",
        "live2diff-camera-2.0.0-linux-x86_64.tar.xz",
        "live2diff-camera-2.0.0-setup.exe",
        "live2diff-camera-2.0.0-macos-arm64.dmg",
        "SHA256SUMS",
        "sbom.cdx.json",
    ]
    for name in names:
        (tmp_path / name).write_text(name)
    feed = make_feed("2.0.0", ADDRESS, PAGE, "2027-04-01", tmp_path, CHANGELOG)
    assert read_feed(to_json(feed)) == feed
    assert {(file.kind, file.machine) for file in feed.files} == {
        ("deb", "x86_64"), ("tar", "x86_64"), ("windows", "x86_64"), ("macos", "arm64"),
    }  # fmt: skip
    for file in feed.files:
        assert file.digest == hashlib.sha256(file.name.encode()).hexdigest()
        assert file.size == len(file.name)
        assert file.url == f"{ADDRESS}/{file.name}"
    assert feed.page == PAGE
    assert feed.news == "One.\nTwo."


def test_a_list_made_later_has_a_higher_number(tmp_path: Path) -> None:
    first = make_feed("2.0.0", ADDRESS, PAGE, "2027-04-01", tmp_path, CHANGELOG)
    second = make_feed("2.0.0", ADDRESS, PAGE, "2027-05-01", tmp_path, CHANGELOG)
    assert second.number >= first.number > 1_700_000_000


def test_renewing_changes_the_number_and_the_day_alone(tmp_path: Path) -> None:
    (tmp_path / "live2diff-camera_2.0.0_amd64.deb").write_text("package")
    before = make_feed("2.0.0", ADDRESS, PAGE, "2027-04-01", tmp_path, CHANGELOG)
    (tmp_path / "feed.json").write_text(to_json(before))
    assert main(["renew", "2027-07-01", str(tmp_path)]) == 0
    after = read_feed((tmp_path / "feed.json").read_text())
    assert after.number > before.number
    assert after == replace(before, number=after.number, expires="2027-07-01")
