"""The command `remote`: the running window, controlled from a shell, a shortcut, a Stream Deck."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from engine.control.client import ControlClient
from engine.control.commands import (
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
from engine.settings import FitMode
from engine.video.watermark import Corner

remote_app = typer.Typer(
    help="Control the running window. Switch this on in its menu under Remote control.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
console = Console()

_HELP = {
    Action.PANIC: "Show the placeholder at once, until released.",
    Action.RELEASE: "End the panic.",
    Action.TOGGLE_PANIC: "Panic, or release.",
    Action.LIVE: "Go live; nothing changes if the stream runs.",
    Action.STOP: "Stop the stream.",
    Action.TOGGLE_LIVE: "Go live, or stop.",
    Action.NEXT_STYLE: "Fade over to the next style.",
    Action.PREVIOUS_STYLE: "Fade over to the style before.",
    Action.NEXT_CUE: "Fade over to the next cue.",
    Action.PREVIOUS_CUE: "Fade over to the cue before.",
    Action.SNAPSHOT: "Save the styled picture.",
    Action.RECORD: "Record the styled stream.",
    Action.STOP_RECORDING: "Complete the recording.",
    Action.TOGGLE_RECORDING: "Start or stop recording.",
}


def _send(command: Command) -> None:
    ControlClient().send(command)


def _add_action(action: Action) -> None:
    def do() -> None:
        _send(Do(action))

    remote_app.command(action.value, help=_HELP[action])(do)


for _action in Action:
    _add_action(_action)


@remote_app.command()
def style(name: Annotated[str, typer.Argument(help="A style: see `remote status`.")]) -> None:
    """Fade over to a style."""
    _send(ChooseStyle(name))


@remote_app.command()
def preset(name: Annotated[str, typer.Argument(help="A preset's name.")]) -> None:
    """Set everything as in a preset."""
    _send(ApplyPreset(name))


@remote_app.command()
def blend(
    style: Annotated[str, typer.Argument(help='A second style; "" ends the blend.')],
    weight: Annotated[float | None, typer.Argument(help="Its weight, 0 to 1.")] = None,
) -> None:
    """Mix in a second style."""
    _send(SetBlend(style, weight))


@remote_app.command()
def adjust(
    strength: Annotated[float | None, typer.Option(help="From 0.2 (slight) to 1 (full).")] = None,
    structure: Annotated[float | None, typer.Option(help="From 0 to 1.5.")] = None,
    noise_consistency: Annotated[float | None, typer.Option(help="From 0 to 1.")] = None,
    flicker_reduction: Annotated[float | None, typer.Option(help="From 0 to 0.9.")] = None,
    steps: Annotated[int | None, typer.Option(help="Denoising steps, 1 to 8.")] = None,
    seed: Annotated[int | None, typer.Option(help="The random seed.")] = None,
    prompt: Annotated[str | None, typer.Option(help="A prompt.")] = None,
) -> None:
    """Change what has a slider; what is not given stays."""
    _send(Adjust(strength, structure, noise_consistency, flicker_reduction, steps, seed, prompt))


@remote_app.command()
def mark(
    shown: Annotated[bool | None, typer.Option("--show/--hide", help="Show it or not.")] = None,
    corner: Annotated[Corner | None, typer.Option(help="Where it is.")] = None,
) -> None:
    """Show, hide or move the AI mark."""
    _send(SetMark(shown, corner))


@remote_app.command(name="input")
def input_(
    source: Annotated[str | None, typer.Argument(help="As for `run --input`.")] = None,
    mirror: Annotated[bool | None, typer.Option("--mirror/--no-mirror", help="Mirrored.")] = None,
    fit: Annotated[FitMode | None, typer.Option(help="How it is fitted.")] = None,
    rotate: Annotated[int | None, typer.Option(help="0, 90, 180 or 270 degrees.")] = None,
    auto_framing: Annotated[
        bool | None,
        typer.Option("--auto-framing/--no-auto-framing", help="Follow whoever is there."),
    ] = None,
) -> None:
    """Take frames from elsewhere."""
    _send(SetInput(source, mirror, fit, rotate, auto_framing))


@remote_app.command()
def cue(number: Annotated[int, typer.Argument(help="The cue's number, from 1.")]) -> None:
    """Fade over to a cue."""
    _send(GoToCue(number))


@remote_app.command()
def status(
    as_json: Annotated[
        bool, typer.Option("--json", help="As JSON, with the stream's figures.")
    ] = False,
) -> None:
    """Print what the window is doing."""
    client = ControlClient()
    found = client.status() | {"figures": client.figures()}
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        console.print(_table(found))


def _table(found: dict[str, Any]) -> Table:
    table = Table("what", "now")
    live, figures = found["live"], found["figures"] or {}
    rows = {
        "state": found["session"],
        "on air": found["on_air"],
        "panic": "yes" if found["panic"] else "no",
        "in use": {True: "yes", False: "no", None: "not known"}[found["watched"]],
        "recording": "yes" if found["recording"] else "no",
        "style": live["style"],
        "strength": f"{live['strength']:.2f}",
        "styles": ", ".join(style["name"] for style in found["styles"]),
        "presets": ", ".join(found["presets"]),
        "cue": f"{found['cues']['position']} of {len(found['cues']['names'])}",
    }
    if figures:
        rows["delay"] = f"{figures['latency_p50_ms']:.0f} ms"
        rows["frames/s"] = f"{figures['fps_out']:.1f}"
    if found["problem"]:
        rows["problem"] = f"{found['problem']['message']} {found['problem']['remedy']}"
    for name, value in rows.items():
        table.add_row(name, str(value))
    return table
