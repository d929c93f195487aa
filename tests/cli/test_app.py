"""The command line is an interface: its options keep their names, and old names keep working."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli import app as commands
from cli.options import RunOptions
from engine.paths import app_version

OPTIONS = [
    "input",
    "output",
    "model",
    "style",
    "blend",
    "strength",
    "steps",
    "size",
    "engine-size",
    "seed",
    "prompt",
    "device",
    "accelerator",
    "frames",
    "loop",
    "report",
    "flicker-reduction",
    "cache",
    "precision",
]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[RunOptions]:
    """What `run` and `demo` were asked for; nothing is run."""
    found: list[RunOptions] = []
    monkeypatch.setattr(commands, "_run", found.append)
    return found


def invoke(*arguments: str) -> str:
    result = CliRunner().invoke(commands.app, arguments, env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("command", ["run", "demo"])
def test_every_option_of_the_interface_is_there(command: str) -> None:
    text = invoke(command, "-h")
    assert [name for name in OPTIONS if f"--{name} " not in text] == []


def test_what_is_typed_arrives_and_the_rest_has_its_default(ran: list[RunOptions]) -> None:
    invoke("run", "--input", "demo", "--output", "none", "--seed", "7", "--loop")
    assert ran == [RunOptions("demo", "none", seed=7, loop=True)]


def test_the_demo_needs_no_options(ran: list[RunOptions]) -> None:
    invoke("demo")
    assert ran == [RunOptions("demo", commands.DEMO_FILE)]


def test_an_option_of_an_older_name_works_but_is_not_shown(ran: list[RunOptions]) -> None:
    invoke("demo", "--steadiness", "0.3")
    assert ran[0].flicker_reduction == 0.3
    assert "steadiness" not in invoke("demo", "--help")


def test_options_of_colours_may_be_spelt_as_in_america(ran: list[RunOptions]) -> None:
    invoke("demo", "--eye-color", "green", "--hair-color", "#102030")
    assert (ran[0].eye_colour, ran[0].hair_colour) == ("green", "#102030")


def test_a_missing_option_is_a_usage_error() -> None:
    assert CliRunner().invoke(commands.app, ["run"]).exit_code == 2


@pytest.mark.parametrize(
    "command", ["run", "demo", "models", "devices", "doctor", "benchmark", "evaluate"]
)
def test_every_command_has_help(command: str) -> None:
    assert command in invoke("-h")
    assert "Usage" in invoke(command, "--help")


def test_the_version_is_told() -> None:
    assert app_version() in invoke("--version")
