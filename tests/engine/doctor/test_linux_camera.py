"""Two ways to one camera: what the doctor makes of each pair."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.doctor import linux_camera
from engine.doctor.checks import Check, can_run, failed, passed

FINE_DEVICE = [passed("Camera driver", "v4l2loopback 0.13")]
NO_DEVICE = [failed("Camera driver", "v4l2loopback is not installed for this kernel", "set up")]
FINE_NODE = [passed("PipeWire camera", "PipeWire 1.0")]
NO_NODE = [failed("PipeWire camera", "PipeWire is not running", "start")]


def _checks(monkeypatch: pytest.MonkeyPatch, node: list[Check], device: list[Check]) -> list[Check]:
    monkeypatch.setattr(linux_camera, "check_pipewire", lambda: node)
    monkeypatch.setattr(linux_camera, "check_loopback", lambda: device)
    return linux_camera.check_linux_camera()


@pytest.mark.parametrize(
    ("node", "device", "who"),
    [
        (FINE_NODE, FINE_DEVICE, "all programs"),
        (FINE_NODE, NO_DEVICE, "Zoom, Discord and Chromium need the camera driver as well"),
        (NO_NODE, FINE_DEVICE, "Flatpak programs and browsers that ask the desktop need PipeWire"),
    ],
)
def test_one_way_is_enough_and_the_doctor_says_for_whom(
    monkeypatch: pytest.MonkeyPatch, node: list[Check], device: list[Check], who: str
) -> None:
    checks = _checks(monkeypatch, node, device)
    assert can_run(checks)
    assert who in checks[-1].detail


def test_what_the_other_way_lacks_keeps_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = _checks(monkeypatch, FINE_NODE, NO_DEVICE)
    assert [check.remedy for check in checks if check.name == "Camera driver"] == ["set up"]


def test_without_either_there_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = _checks(monkeypatch, NO_NODE, NO_DEVICE)
    assert checks == [*NO_NODE, *NO_DEVICE]


def test_a_pipewire_that_does_not_listen_is_not_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(linux_camera, "library_version", lambda: "1.0.5")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (check,) = linux_camera.check_pipewire()
    assert check.detail == "PipeWire is not running"
