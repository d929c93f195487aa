"""What `devices` and `doctor` print."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from cli import app, info
from engine.accelerators import ACCELERATORS, AcceleratorInfo, DeviceInfo, accelerator_info
from engine.doctor.checks import Check, failed, passed, unknown
from engine.video.sources.camera_list import CameraInfo

CPU = DeviceInfo("cpu", "The CPU", None)
GPU = DeviceInfo("cuda:0", "A graphics card", 8 << 30)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cameras, no virtual one, a CPU and a GPU, with every accelerator."""

    def accelerators(device: str, _model: str) -> list[AcceleratorInfo]:
        return list(ACCELERATORS) if device == "cuda:0" else [accelerator_info("eager")]

    cameras = [CameraInfo(0, "Brio", "/dev/video0"), CameraInfo(4, "Capture card", "/dev/video4")]
    monkeypatch.setattr(info, "list_cameras", lambda: cameras)
    monkeypatch.setattr(info, "loopbacks", list)
    monkeypatch.setattr(info, "list_devices", lambda: [GPU, CPU])
    monkeypatch.setattr(info, "describe_accelerators", accelerators)


def printed_devices() -> str:
    paper = StringIO()
    info.print_devices(Console(width=240, file=paper))
    return paper.getvalue()


@pytest.mark.usefixtures("computer")
def test_every_camera_is_listed_as_the_input_option_takes_it() -> None:
    text = printed_devices()
    assert [word for word in text.split() if word.startswith("camera:")] == ["camera:0", "camera:4"]
    assert "Capture card" in text


@pytest.mark.usefixtures("computer")
def test_devices_are_listed_as_the_device_option_takes_them() -> None:
    lines = [line.split() for line in printed_devices().splitlines()]
    assert [line[3] for line in lines if line[1:2] == ["device"]] == ["cuda:0", "cpu"]


@pytest.mark.usefixtures("computer")
@pytest.mark.parametrize("accelerator", ACCELERATORS, ids=lambda each: each.name)
def test_every_accelerator_is_listed_with_its_title(accelerator: AcceleratorInfo) -> None:
    (line, *_) = [line for line in printed_devices().splitlines() if accelerator.title in line]
    assert accelerator.name in line.split()
    assert ("not yet run on one" in line) is not accelerator.verified


@pytest.mark.usefixtures("computer")
def test_a_computer_without_cameras_lists_its_devices_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(info, "list_cameras", list)
    text = printed_devices()
    assert "camera:" not in text
    assert "The CPU" in text


def examined(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> tuple[int, list[str]]:
    """Exit status and lines of `doctor`."""
    monkeypatch.setattr(info, "examine", lambda **_: list(checks))
    result = CliRunner().invoke(app.app, ["doctor"], env={"COLUMNS": "200"})
    return result.exit_code, result.output.splitlines()


def test_a_healthy_computer_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examined(monkeypatch, passed("Disk", "90 GiB free")) == (0, ["pass  Disk: 90 GiB free"])


def test_what_is_missing_ends_with_1_and_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    status, lines = examined(monkeypatch, failed("Webcam", "none found", "Connect one."))
    assert status == 1
    assert lines == ["fail  Webcam: none found", "      Connect one."]


def test_what_is_only_worth_saying_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    status, lines = examined(monkeypatch, unknown("Disk", "1 GiB free", "Free 2 GiB."))
    assert (status, lines[0].split()[0]) == (0, "?")
    assert lines[1].strip() == "Free 2 GiB."


def test_a_remedy_with_brackets_is_printed_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = examined(monkeypatch, failed("X", "missing", "pip install x[all] # [red]"))
    assert lines[1] == "      pip install x[all] # [red]"


def test_every_verified_accelerator_computes_its_first_frame_at_once() -> None:
    """`auto` may choose it, so nothing must wait for minutes."""
    assert all(each.ready_at_once for each in ACCELERATORS if each.verified)


def test_an_unknown_accelerator_has_no_row() -> None:
    with pytest.raises(KeyError):
        accelerator_info("warp drive")
