"""A display without a monitor, and windows to put on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


def x11_library() -> Any:
    """The library that speaks to the display; skips where it, or X11's own, is not here."""
    try:
        import xcffib.xproto  # noqa: PLC0415
    except (ImportError, OSError):
        pytest.skip("there is no X11 here", allow_module_level=True)
    return xcffib


@contextmanager
def virtual_display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A screen of 640x480; its name."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        name = f":{server.stdout.readline().decode().strip()}"
        monkeypatch.setenv("DISPLAY", name)
        yield name
        server.terminate()


class PaintedWindow:
    """A window of one colour, given as 0xRRGGBB."""

    def __init__(self, title: str, colour: int, *, size: tuple[int, int] = (100, 80)) -> None:
        self._library = x11_library()
        self._connection = self._library.connect()
        screen = self._connection.setup.roots[0]
        self.number: int = self._connection.generate_id()
        back = self._library.xproto.CW.BackPixel
        self._connection.core.CreateWindow(
            0, self.number, screen.root, 10, 10, *size, 0, 1, 0, back, [colour]
        )
        self._set("WM_NAME", "STRING", title.encode())
        self.show()

    def show(self) -> None:
        """Put it on the screen, above all others."""
        self._connection.core.MapWindow(self.number)
        self._settle()

    def hide(self) -> None:
        """Minimise it."""
        self._connection.core.UnmapWindow(self.number)
        self._settle()

    def place(self, *, x: int, y: int, width: int, height: int) -> None:
        """Move it and change its size."""
        window = self._library.xproto.ConfigWindow
        which = window.X | window.Y | window.Width | window.Height
        self._connection.core.ConfigureWindow(self.number, which, [x, y, width, height])
        self._settle()

    def close(self) -> None:
        """Take it away."""
        self._connection.core.DestroyWindow(self.number)
        self._settle()
        self._connection.disconnect()

    def _set(self, name: str, kind: str, value: bytes) -> None:
        atoms = [self._atom(text) for text in (name, kind)]
        self._connection.core.ChangeProperty(0, self.number, *atoms, 8, len(value), value)

    def _atom(self, name: str) -> int:
        atom: int = self._connection.core.InternAtom(False, len(name), name).reply().atom
        return atom

    def _settle(self) -> None:
        """An answer to a question means that everything before it is done."""
        self._connection.core.GetInputFocus().reply()
