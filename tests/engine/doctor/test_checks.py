"""The whole examination, and what the command line makes of it."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from cli import info
from cli.info import print_examination
from engine.doctor.checks import Check, failed, passed, unknown
from engine.doctor.examine import examine

FINE, ODD = passed("Python", "3.11.7"), unknown("Disk", "1.0 GiB free", "Free 2 GiB.")
BROKEN = failed("Camera driver", "not loaded", "sudo modprobe v4l2loopback")


def _printed(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> tuple[bool, str]:
    monkeypatch.setattr(info, "examine", lambda **_: list(checks))
    paper = StringIO()
    return print_examination(Console(width=200, file=paper)), paper.getvalue()


def test_the_engine_the_webcam_and_the_virtual_camera_are_all_looked_at() -> None:
    names = {check.name for check in examine()}
    assert {"Python", "PyTorch", "Accelerator", "Model files", "Disk"} <= names
    assert any(name.startswith("Webcam") for name in names)
    assert names & {"Camera driver", "Virtual camera"}


def test_whatever_failed_has_a_remedy() -> None:
    assert all(check.remedy for check in examine() if check.passed is False)


def test_one_failure_is_enough_to_say_no(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _printed(monkeypatch, FINE, ODD)[0]
    assert not _printed(monkeypatch, FINE, ODD, BROKEN)[0]


def test_a_remedy_stands_under_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _printed(monkeypatch, FINE, BROKEN)[1].splitlines()
    assert lines == [
        "pass  Python: 3.11.7",
        "fail  Camera driver: not loaded",
        "      sudo modprobe v4l2loopback",
    ]
