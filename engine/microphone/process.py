"""The process that passes the microphone's sound on, started by this file's full name.

It is one of its own because sound has to be ready every 10 ms, whatever the window and the model
do. One line of JSON on stdin for every wish, one on stdout for every change; it ends with stdin.
"""

from __future__ import annotations

import gc
import json
import os
import select
import site
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.microphone.streams import MicrophoneStreams

OWN_FOLDER = Path(__file__).resolve().parents[2]
LOOKS_EVERY_S = 0.5
_MOST_BYTES = 65_536


def choose_code(arguments: list[str]) -> list[str]:
    """Run the code next to this file, whatever folder this was started in. Returns the arguments
    that are left.
    """
    own = str(OWN_FOLDER)
    sys.path[:] = [own, *(entry for entry in sys.path if entry != own)]
    if "--user-site" not in arguments:
        return arguments
    sys.path.append(site.getusersitepackages())
    return [argument for argument in arguments if argument != "--user-site"]


def main(arguments: Sequence[str]) -> int:
    """Serve until stdin ends. 1 where PipeWire cannot be had, or has gone.

    arguments: the pipe's descriptor that takes what is recorded.
    """
    from engine.errors import SinkError  # noqa: PLC0415 - its folder is known only now
    from engine.microphone.sound_pipe import SoundWriter  # noqa: PLC0415
    from engine.microphone.streams import MicrophoneStreams  # noqa: PLC0415

    wish = _next_wish()
    if wish is None:
        return 0
    try:
        listener = SoundWriter(int(arguments[0]))
        streams = MicrophoneStreams(str(wish["source"]), _number(wish), listener)
    except SinkError as error:
        _say({"error": [error.template, error.remedy_template, error.values]})
        return 1
    gc.freeze()  # nothing that is there now is garbage: collections stay short
    try:
        return _serve(streams, wish)
    except SinkError as error:
        _say({"error": [error.template, error.remedy_template, error.values]})
        return 1
    finally:
        streams.close()


def _serve(streams: MicrophoneStreams, wish: dict[str, object]) -> int:
    _say({"ready": True})
    while True:
        streams.aim_for(_number(wish))
        streams.switch(bool(wish["on"]))
        while not select.select([sys.stdin], [], [], LOOKS_EVERY_S)[0]:
            if not streams.alive:
                return 1
        found = _next_wish()
        if found is None:
            return 0
        wish = found


def _next_wish() -> dict[str, object] | None:
    """What is wished now; None at the end, or where it cannot be understood."""
    data = b""
    while not data.endswith(b"\n"):
        more = os.read(sys.stdin.fileno(), _MOST_BYTES)
        if not more:
            return None
        data += more
    found = json.loads(data.splitlines()[-1])
    return found if isinstance(found, dict) else None


def _number(wish: dict[str, object]) -> float:
    value = wish["delay"]
    return float(value) if isinstance(value, int | float) else 0.0


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(choose_code(sys.argv[1:])))
