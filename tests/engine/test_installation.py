"""In a bundle, commands are called by the bundle's own names, and its own publisher is started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.doctor.checks import failed
from engine.errors import SinkError
from engine.installation import PUBLISHER, publisher_program, with_own_commands
from engine.virtual_camera.launch import publisher_command
from engine.virtual_camera.protocol import CameraSettings

SENTENCE = "Run python main.py doctor, then installer/linux/virtual_camera.sh install."


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program runs from."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "live2diff-camera"))
    return tmp_path


def test_a_checkout_names_its_own_commands() -> None:
    assert with_own_commands(SENTENCE) == SENTENCE


def test_a_bundle_names_its_own_commands(bundle: Path) -> None:
    script = bundle / "webcam" / "virtual_camera.sh"
    assert with_own_commands(SENTENCE) == f"Run live2diff-camera doctor, then {script} install."


def test_a_folder_with_a_blank_can_be_pasted(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/my programs/live2diff-camera")
    assert '"/my programs/webcam/virtual_camera.sh" install' in with_own_commands(SENTENCE)


def test_errors_and_checks_speak_that_way_with_their_values_in_place(bundle: Path) -> None:
    error = SinkError("No {thing}.", "Run: python main.py models download {thing}", thing="{x}")
    assert error.remedy == "Run: live2diff-camera models download {x}"
    assert failed("Camera", "gone", "python main.py demo").remedy == "live2diff-camera demo"


def test_the_publisher_is_the_program_beside(bundle: Path) -> None:
    command = publisher_command(bundle, CameraSettings())
    assert command[0] == str(publisher_program()) == str(bundle / PUBLISHER)
    assert "-I" not in command
    assert command[1:3] == ["--folder", str(bundle)]


def test_on_windows_it_keeps_the_ending(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(bundle / "live2diff-camera.exe"))
    assert publisher_program().name == f"{PUBLISHER}.exe"
