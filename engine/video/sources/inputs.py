"""What an input can be, for everyone who has to know: `demo`, `screen:2`, a path and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class InputKind(Enum):
    """The word that an input's name begins with; a FILE has none."""

    DEMO = "demo"
    SYNTHETIC = "synthetic"
    SCREEN = "screen"
    WINDOW = "window"
    CAMERA = "camera"
    FILE = ""

    @property
    def is_live(self) -> bool:
        """Whether its pictures come at their own pace, whoever takes them."""
        return self in (InputKind.SCREEN, InputKind.WINDOW, InputKind.CAMERA)


INPUTS_HELP = (
    "demo, synthetic, screen:NUMBER, window:TITLE_OR_NUMBER, camera:INDEX_OR_NAME, or a video file."
)

_DEVICE = re.compile(r"/dev/video(\d+)")
_WITHOUT_CHOICE = (InputKind.DEMO, InputKind.SYNTHETIC)


@dataclass(frozen=True, slots=True)
class Input:
    """An input: its kind, and which one of these."""

    kind: InputKind
    which: str = ""

    @property
    def path(self) -> Path:
        """Of a file. A shell replaces `~` at the beginning of a word alone, and not in
        --input=~/film.mp4; a file of that very name comes first.
        """
        return user_path(self.which)


def input_of(name: str) -> Input:
    """The input of this name. What begins with no known word is a path, as is ./demo."""
    device = _DEVICE.fullmatch(name)
    if device is not None:
        return Input(InputKind.CAMERA, device[1])
    word, colon, which = name.partition(":")
    for kind in InputKind:
        known = kind is not InputKind.FILE and kind.value == word
        if known and not (colon and kind in _WITHOUT_CHOICE):
            return Input(kind, which)
    return Input(InputKind.FILE, name)


def user_path(text: str) -> Path:
    """A path as a user typed it, with `~` for the home folder unless a file has that name."""
    path = Path(text)
    if not text.startswith("~"):
        return path
    try:
        return path if path.exists() else path.expanduser()
    except (OSError, RuntimeError):  # there is no such user, or nobody knows the home folder
        return path
