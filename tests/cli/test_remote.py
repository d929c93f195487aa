"""The command `remote` says in JSON what is typed."""

import json
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app as commands
from cli import remote
from engine.control.commands import (
    PANIC,
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetInput,
    SetMark,
)
from engine.control.status import Named, Status
from engine.errors import EngineError
from engine.files.json_data import to_data
from engine.video.watermark import Corner


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    found: list[Command] = []

    class Client:
        def send(self, command: Command) -> None:
            found.append(command)

        def status(self) -> dict[str, Any]:
            status: dict[str, Any] = to_data(Status(styles=(Named("ink", "Ink"),)))
            return status

        def figures(self) -> None:
            return None

    monkeypatch.setattr(remote, "ControlClient", Client)
    return found


def invoke(*arguments: str) -> str:
    result = CliRunner().invoke(commands.app, ("remote", *arguments), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("panic", PANIC),
        ("release", Do(Action.RELEASE)),
        ("live", Do(Action.LIVE)),
        ("next-cue", Do(Action.NEXT_CUE)),
        ("style ink", ChooseStyle("ink")),
        ("preset Evening", ApplyPreset("Evening")),
        ("blend oil 0.5", SetBlend("oil", 0.5)),
        ("adjust --strength 0.5 --steps 2", Adjust(strength=0.5, steps=2)),
        ("mark --hide", SetMark(shown=False)),
        ("mark --corner", SetMark(corner=Corner.TOP_LEFT)),
        ("input camera:0 --mirror", SetInput("camera:0", mirror=True)),
        ("input --no-auto-framing", SetInput(auto_framing=False)),
        ("cue 3", GoToCue(3)),
    ],
)
def test_each_command_is_sent(sent: list[Command], typed: str, command: Command) -> None:
    words = typed.split()
    invoke(*words, *(["top left"] if words[-1] == "--corner" else []))
    assert sent == [command]


def test_every_action_is_a_command() -> None:
    text = invoke("--help")
    assert [action.value for action in Action if action.value not in text] == []


def test_the_status_is_told_to_people_and_to_programs(sent: list[Command]) -> None:
    found = json.loads(invoke("status", "--json"))
    assert (found["session"], found["figures"]) == ("off", None)
    assert "ink" in invoke("status")


def test_without_a_window_a_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr("engine.control.local_access.runtime_dir", lambda: tmp_path)
    result = CliRunner().invoke(commands.app, ["remote", "panic"])
    assert isinstance(result.exception, EngineError)
    assert "No window can be controlled" in str(result.exception)


def test_a_panic_waits_for_no_library_that_it_does_not_need() -> None:
    code = "import sys, cli.remote; sys.exit(len({'torch', 'PySide6', 'av'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
