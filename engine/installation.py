"""How this program is installed: as a checkout that a Python runs, or as a bundle of its own."""

from __future__ import annotations

import sys
from pathlib import Path

PUBLISHER = "live2diff-camera-publisher"
"""The bundle's second program, beside the first."""

MICROPHONE = "microphone"
"""What that program is called with to pass the microphone's sound on instead."""

SET_UP = {
    "installer/linux/virtual_camera.sh": "webcam/virtual_camera.sh",
    "installer/macos/virtual_camera.sh": "webcam/virtual_camera.sh",
    "installer/windows/virtual_camera.ps1": "webcam/virtual_camera.ps1",
}
"""What sets the virtual camera up: in a checkout, and in a bundle's folder."""


def is_bundle() -> bool:
    """Whether it runs from a bundle, which brings its own Python and libraries."""
    return bool(getattr(sys, "frozen", False))


def publisher_program() -> Path:
    """The publisher's program in a bundle."""
    own = Path(sys.executable)
    return own.with_name(PUBLISHER + own.suffix)


def set_up_script(script: str) -> Path:
    """The file of one of `SET_UP`'s scripts, wherever this program is installed."""
    if is_bundle():
        return Path(sys.executable).parent / SET_UP[script]
    return Path(__file__).resolve().parents[1] / script


def with_own_commands(text: str) -> str:
    """The same sentence with its commands as they are called in this installation."""
    if not is_bundle():
        return text
    own = Path(sys.executable)
    text = text.replace("python main.py", own.stem)
    for script, place in SET_UP.items():
        text = text.replace(script, _pasted(own.parent / place))
    return text


def _pasted(path: Path) -> str:
    """As it can be pasted into a command."""
    return f'"{path}"' if " " in str(path) else str(path)
