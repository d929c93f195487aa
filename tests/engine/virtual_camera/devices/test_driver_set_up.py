"""Setting up the driver: the script's own plan, and what becomes of a refusal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.errors import SinkError
from engine.virtual_camera.devices import driver_set_up
from engine.virtual_camera.devices.driver_set_up import (
    Change,
    StepKind,
    change_driver,
    plan_driver,
    read_steps,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the driver is Linux's")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script in the place of the real one; root's rights are asked for by `asker`."""
    path = tmp_path / "virtual_camera.sh"
    monkeypatch.setattr(driver_set_up, "set_up_script", lambda _: path)
    monkeypatch.setattr(driver_set_up, "FILES", (tmp_path / "options", tmp_path / "loading"))
    monkeypatch.setattr(driver_set_up, "_is_root", lambda: False)
    return path


def write(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def asker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pkexec"
    write(path, 'exec "$@"')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return path


def test_the_real_script_plans_in_words_that_are_known() -> None:
    for step in plan_driver().steps:
        assert step.subject


def test_a_plan_is_read_line_by_line() -> None:
    steps = read_steps("run\tapt-get install x\nwrite\t/etc/a\nload\tv4l2loopback\n")
    assert [step.kind for step in steps] == [StepKind.RUN, StepKind.WRITE, StepKind.LOAD]
    assert steps[0].subject == "apt-get install x"


def test_what_was_set_up_here_can_be_removed(script: Path, tmp_path: Path) -> None:
    write(script, "exit 0")
    assert not plan_driver().offered
    (tmp_path / "options").touch()
    assert plan_driver().removable


def test_in_a_sandbox_or_without_the_script_nothing_is_offered(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not plan_driver().offered
    write(script, "printf 'load\\tv4l2loopback\\n'")
    assert plan_driver().offered
    monkeypatch.setattr(driver_set_up, "_FLATPAK", tmp_path)
    assert not plan_driver().offered


def test_a_plan_that_cannot_be_made_says_why(script: Path) -> None:
    write(script, "echo 'error: unknown package manager' >&2; exit 1")
    with pytest.raises(SinkError, match="unknown package manager"):
        plan_driver()


@pytest.mark.parametrize("change", list(Change))
def test_the_script_is_called_through_the_asker(
    script: Path, asker: Path, tmp_path: Path, change: Change
) -> None:
    write(script, f'echo "$@" >{tmp_path}/called')
    change_driver(change)
    assert (tmp_path / "called").read_text() == f"{change} --yes\n"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("exit 126", "No administrator has agreed"),
        ("exit 127", "cannot ask for an administrator's password"),
        ("echo building >&2; echo 'error: Secure Boot refuses it' >&2; exit 1", "Secure Boot"),
        ("exit 1", "it failed"),
    ],
)
def test_what_was_not_done_is_told(script: Path, asker: Path, answer: str, said: str) -> None:
    write(asker, answer)
    with pytest.raises(SinkError, match=said):
        change_driver(Change.SET_UP)


def test_without_an_asker_the_sentence_has_the_command(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(SinkError) as told:
        change_driver(Change.SET_UP)
    assert "virtual_camera.sh install" in told.value.remedy
