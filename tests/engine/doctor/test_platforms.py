"""The doctor's conditions on other systems, and what breaks on a computer in turn."""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from engine.doctor import computer, examine
from engine.doctor.checks import Check, failed, passed, unknown
from engine.doctor.windows_macos import check_mac_camera, check_windows_camera
from engine.errors import ModelError
from engine.model_store.catalog import load_catalog
from engine.video.sources.camera_list import CameraInfo
from tests.engine.doctor.test_windows_macos import FakeRegistry


class EmptyRegistry(FakeRegistry):
    """A Windows without the category of video inputs."""

    def OpenKey(self, key: object, path: str) -> object:  # noqa: N802
        raise OSError("no such key")


class NamelessRegistry(FakeRegistry):
    """A camera whose driver has not said its name."""

    def QueryValueEx(self, key: object, name: str) -> tuple[object, int]:  # noqa: N802
        raise OSError("no such value")


def without_torch(name: str) -> Check:
    checks = computer.check_computer(with_torch=False)
    return next(check for check in checks if check.name == name)


@pytest.mark.parametrize("registry", [EmptyRegistry(), NamelessRegistry("HD Webcam")])
def test_a_registry_that_says_nothing_has_no_virtual_camera(registry: FakeRegistry) -> None:
    assert check_windows_camera(registry) == [
        failed(
            "Virtual camera",
            "none is registered",
            r"powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install",
        )
    ]


def test_our_own_camera_comes_before_that_of_obs() -> None:
    (check,) = check_windows_camera(FakeRegistry("OBS Virtual Camera", "Live2Diff Camera"))
    assert check.detail == "Live2Diff Camera is registered"


def test_a_mac_without_obs_is_told_to_install_it(tmp_path: Path) -> None:
    (check,) = check_mac_camera(tmp_path / "OBS.app")
    assert check.detail == "OBS Studio is not installed"
    assert check.remedy.startswith("brew install --cask obs")


@pytest.mark.parametrize(
    ("system", "check"), [("Windows", "check_windows_camera"), ("Darwin", "check_mac_camera")]
)
def test_each_system_has_its_own_virtual_camera(
    system: str, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = passed("Virtual camera", system)
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(examine, check, lambda: [found])
    assert examine._check_virtual_camera() == [found]


def test_an_old_python_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computer, "_NEEDED_PYTHON", (99, 0))
    check = without_torch("Python")
    assert check.passed is False
    assert check.detail == f"{platform.python_version()} is too old"
    assert check.remedy == "Install Python 3.11 or newer."


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("RTX 4090\nRTX 3060\n", "RTX 4090, RTX 3060"),
        ("", "an NVIDIA card without a working driver"),
    ],
)
def test_graphics_cards_are_named_by_their_tool(
    answer: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess([], 0, answer, "")
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/nvidia-smi")
    monkeypatch.setattr("engine.doctor.computer.subprocess.run", lambda *_, **__: done)
    assert without_torch("Accelerator") == passed("Accelerator", detail)


@pytest.mark.parametrize(
    ("system", "machine", "found"),
    [
        ("Darwin", "arm64", passed("Accelerator", "Apple GPU")),
        (
            "Darwin",
            "x86_64",
            unknown("Accelerator", "none found: the built-in model runs on the CPU"),
        ),
        (
            "Linux",
            "arm64",
            unknown("Accelerator", "none found: the built-in model runs on the CPU"),
        ),
    ],
)
def test_an_apple_gpu_is_known_by_its_system(
    system: str, machine: str, found: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert without_torch("Accelerator") == found


@pytest.mark.parametrize(
    ("cuda", "mps", "found"),
    [
        (True, False, passed("Accelerator", "RTX 4090")),
        (False, True, passed("Accelerator", "Apple GPU")),
        (False, False, unknown("Accelerator", "PyTorch uses the CPU")),
    ],
)
def test_pytorch_is_asked_for_its_accelerator(
    cuda: bool, mps: bool, found: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: cuda)
    monkeypatch.setattr("torch.cuda.get_device_name", lambda: "RTX 4090")
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: mps)
    checks = computer.check_computer(with_torch=True)
    assert found in checks


def test_a_missing_torch_is_installed_with_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("engine.doctor.computer.metadata.version", missing)
    assert without_torch("PyTorch").remedy == f"{sys.executable} -m pip install torch"


def test_a_broken_catalogue_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ModelError("{file} is damaged.", "Install the program again.", file="models.json")

    monkeypatch.setattr(computer, "load_catalog", broken)
    check = without_torch("Model files")
    assert (check.passed, check.detail) == (False, "models.json is damaged.")
    assert check.remedy == "Install the program again."


def test_missing_model_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = load_catalog()
    model = catalog.model("built-in")
    assert model.folder is not None
    monkeypatch.setattr(type(model.folder), "glob", lambda *_: iter(()))
    assert without_torch("Model files").detail == f"missing in {model.folder}"


@pytest.mark.parametrize(("free", "enough"), [(2 * 1024**3, True), (2 * 1024**3 - 1, None)])
def test_two_gibibytes_are_enough_and_less_is_worth_saying(
    free: int, enough: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    check = without_torch("Disk")
    assert check.passed is enough
    assert check.detail.startswith("2.0 GiB free in ")
    assert bool(check.remedy) is (enough is None)


def test_a_webcam_that_may_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    cameras = [CameraInfo(0, "Brio", ""), CameraInfo(2, "Other", "")]
    monkeypatch.setattr(examine, "list_cameras", lambda: cameras)
    assert [(c.name, c.detail, c.passed) for c in examine.check_inputs()] == [
        ("Webcam 0", "Brio", True),
        ("Webcam 2", "Other", True),
    ]


def test_whoever_lacks_the_rights_is_told_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    camera = CameraInfo(1, "Brio", str(tmp_path / "video1"))
    monkeypatch.setattr(examine, "list_cameras", lambda: [camera])
    (check,) = examine.check_inputs()
    assert check.detail == f"no permission to use Brio ({tmp_path / 'video1'})"
    assert check.remedy.startswith("sudo usermod -aG video $USER")
