"""The kind of connection that the system at hand has."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.virtual_camera.transport.base import Channel, Listener
from engine.virtual_camera.transport.named_pipe import NamedPipeListener, connect_pipe
from engine.virtual_camera.transport.unix import UnixListener, connect_unix


def listen(folder: Path) -> Listener:
    """Accept applications in `folder`. Raises OSError."""
    return NamedPipeListener(folder) if sys.platform == "win32" else UnixListener(folder)


def connect(folder: Path) -> Channel | None:
    """Connect to the publisher that listens in `folder`; None where there is none."""
    return connect_pipe(folder) if sys.platform == "win32" else connect_unix(folder)
