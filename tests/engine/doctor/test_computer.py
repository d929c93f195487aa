"""The computer's own conditions."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from engine.doctor import computer
from engine.doctor.checks import Check, can_run, failed, passed, unknown
from engine.doctor.computer import check_computer
from engine.doctor.examine import check_inputs
from engine.video.sources.camera_list import CameraInfo

ROOT = Path(__file__).resolve().parents[3]


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


@pytest.mark.parametrize(("machine", "remedy"), [("x86_64", True), ("riscv64", False)])
def test_a_missing_openvino_stops_nothing_and_is_to_be_installed_where_it_can_be(
    machine: str, remedy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.machine", lambda: machine)
    check = _found("OpenVINO")
    assert check.passed is None
    assert ("pip install openvino" in check.remedy) is remedy


def test_the_doctor_knows_the_systems_that_openvino_is_a_dependency_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (needed,) = [r for r in map(Requirement, project["dependencies"]) if r.name == "openvino"]
    assert needed.marker is not None
    systems = [
        (s, m)
        for s in ("linux", "win32", "darwin", "freebsd")
        for m in ("x86_64", "aarch64", "AMD64", "arm64", "riscv64")
    ]
    wanted = {
        (system, machine)
        for system, machine in systems
        if needed.marker.evaluate({"sys_platform": system, "platform_machine": machine})
    }
    assert wanted == computer._WITH_OPENVINO


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
