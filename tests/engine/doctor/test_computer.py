"""The computer's own conditions."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from engine.doctor.checks import Check, can_run, failed, passed, unknown
from engine.doctor.computer import check_computer
from engine.doctor.examine import check_inputs
from engine.video.sources.camera_list import CameraInfo


def _found(name: str) -> Check:
    (check,) = [check for check in check_computer(with_torch=False) if check.name == name]
    return check


def test_only_a_failure_keeps_the_main_job_from_running() -> None:
    assert can_run([passed("a", ""), unknown("b", "")])
    assert not can_run([passed("a", ""), failed("b", "", "Mend it.")])


def test_the_python_that_runs_the_tests_is_new_enough() -> None:
    assert _found("Python").passed


def test_a_missing_torch_is_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert "pip install torch" in _found("PyTorch").remedy


def test_a_full_disk_is_worth_saying_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert _found("Disk").passed is None


def test_examining_does_not_import_torch() -> None:
    code = "import sys; from engine.doctor.examine import examine; examine();"
    code += "sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_webcam_fails_and_points_to_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.doctor.examine.list_cameras", list)
    (check,) = check_inputs()
    assert check.passed is False
    assert "demo" in check.remedy


def test_a_webcam_without_rights_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    camera = CameraInfo(0, "HD Webcam", str(tmp_path / "gone"))
    monkeypatch.setattr("engine.doctor.examine.list_cameras", lambda: [camera])
    assert "HD Webcam" in check_inputs()[0].detail
    assert check_inputs()[0].passed is False
