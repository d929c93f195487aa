"""What can be asked of the program from outside: one frozen dataclass a kind, and one JSON form.

    {"command": "panic"}        {"command": "style", "name": "ink"}
    {"command": "adjust", "strength": 0.6, "steps": 2}

HTTP, WebSocket, OSC, MIDI, keys and the command line all make these; whoever carries them out
validates the values, as for a user's own clicks. There is none that shows the original: the
untouched picture goes on air by a click in the window alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from engine.errors import EngineError, SettingError
from engine.files.json_data import DataError, from_data, to_data
from engine.files.names import shown
from engine.settings import FitMode
from engine.video.watermark import Corner

LONGEST_COMMAND = 4096
"""Bytes of a command's JSON text."""


class Action(Enum):
    """What needs no further word. Panic hides the picture at once; release shows it again."""

    PANIC = "panic"
    RELEASE = "release"
    TOGGLE_PANIC = "toggle-panic"
    LIVE = "live"
    STOP = "stop"
    TOGGLE_LIVE = "toggle-live"
    NEXT_STYLE = "next-style"
    PREVIOUS_STYLE = "previous-style"
    NEXT_CUE = "next-cue"
    PREVIOUS_CUE = "previous-cue"
    SNAPSHOT = "snapshot"
    RECORD = "record"
    STOP_RECORDING = "stop-recording"
    TOGGLE_RECORDING = "toggle-recording"


@dataclass(frozen=True, slots=True)
class Do:
    """Do this."""

    action: Action


@dataclass(frozen=True, slots=True)
class ChooseStyle:
    """Fade over to a style of the model."""

    name: str


@dataclass(frozen=True, slots=True)
class ApplyPreset:
    """Set everything as in a preset of the user's."""

    name: str


@dataclass(frozen=True, slots=True)
class SetBlend:
    """Mix in a second style; weight: 0..1. Without a style, only the weight changes; a style of
    "" ends the blend.
    """

    style: str | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Adjust:
    """Change what has a slider or a field of its own; None stays. Ranges: `LiveSettings`."""

    strength: float | None = None
    structure: float | None = None
    noise_consistency: float | None = None
    flicker_reduction: float | None = None
    steps: int | None = None
    seed: int | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class SetMark:
    """Show, hide or move the AI mark; None stays."""

    shown: bool | None = None
    corner: Corner | None = None


@dataclass(frozen=True, slots=True)
class SetInput:
    """Take frames from elsewhere or fit them otherwise; None stays. See `InputSettings`, and for
    auto_framing `LiveSettings`.
    """

    source: str | None = None
    mirror: bool | None = None
    fit: FitMode | None = None
    rotate: int | None = None
    auto_framing: bool | None = None


@dataclass(frozen=True, slots=True)
class GoToCue:
    """Fade over to a cue; number: from 1."""

    number: int


Command = Do | ChooseStyle | ApplyPreset | SetBlend | Adjust | SetMark | SetInput | GoToCue

KINDS: Mapping[str, type[Command]] = {
    "style": ChooseStyle,
    "preset": ApplyPreset,
    "blend": SetBlend,
    "adjust": Adjust,
    "mark": SetMark,
    "input": SetInput,
    "cue": GoToCue,
}
"""Commands with further words, by the name that stands for them in JSON."""

_NAMES = {kind: name for name, kind in KINDS.items()}
_ACTIONS = {action.value: action for action in Action}

PANIC, RELEASE = Do(Action.PANIC), Do(Action.RELEASE)


def parse_command(text: str | bytes) -> Command:
    """Read a command's JSON text. Raises SettingError."""
    if len(text) > LONGEST_COMMAND:
        raise _not_understood("it is too long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_understood("it is not JSON") from error
    return command_from(data)


def command_from(data: object) -> Command:
    """A command from what its JSON text has been read as. Raises SettingError."""
    if not isinstance(data, dict):
        raise _not_understood("an object is expected")
    words = dict(data)
    name = words.pop("command", None)
    if isinstance(name, str) and name in _ACTIONS and not words:
        return Do(_ACTIONS[name])
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise _not_understood(f"there is no command {shown(str(name))} with these words")
    try:
        return from_data(words, kind, strict=True)
    except DataError as error:
        raise _not_understood(error.reason) from error


def data_of(command: Command) -> dict[str, object]:
    """What JSON holds of a command; words that are None are left out."""
    if isinstance(command, Do):
        return {"command": command.action.value}
    words = {name: word for name, word in to_data(command).items() if word is not None}
    return {"command": _NAMES[type(command)], **words}


def _not_understood(reason: str) -> EngineError:
    return SettingError(
        "The command cannot be understood: {reason}.",
        "The program's documentation lists the commands and their words.",
        reason=reason,
    )
