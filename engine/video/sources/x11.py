"""The windows of an X11 desktop and their pictures. Only this file imports xcffib."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import SourceError
from engine.frames import Size

_REPLY_HEADER = 32
_LONGEST_TEXT = 4096
_ALL_PLANES = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class WindowInfo:
    """A window that can be recorded. number: the system's name for it while it is open."""

    number: int
    title: str


class WindowGone(Exception):  # noqa: N818 - users see another error
    """The window was closed, or is not on the screen."""


def under_wayland() -> bool:
    """Whether the desktop is a Wayland one, where X11 shows the windows of X11 programs alone."""
    return bool(os.environ.get("WAYLAND_DISPLAY"))


class X11:
    """A connection to the display. One thread uses it.

    The Composite extension lets every window keep a picture of its own: what lies over a window
    is not in it, nor is its frame. Raises SourceError where there is no display, or no library to
    speak to it.
    """

    def __init__(self) -> None:
        self._library = _library()
        try:
            self._connection: Any = self._library.connect()
            self._composite: Any = self._connection(self._library.composite.key)
            self._composite.QueryVersion(0, 4).reply()
        except (self._library.XcffibException, KeyError) as error:
            raise SourceError(
                "There is no X11 display whose windows can be recorded.",
                "Under Wayland, log in to an X11 session.",
            ) from error
        setup = self._connection.setup
        self._root: int = setup.roots[self._connection.pref_screen].root

    def windows(self) -> list[WindowInfo]:
        """The windows with a title, our own left out: it would film itself."""
        found = []
        for number in self._numbers():
            try:
                title = self._title(number)
                if title and self._owner(number) != os.getpid() and self._viewable(number):
                    found.append(WindowInfo(number, title))
            except self._library.XcffibException:
                continue  # closed meanwhile
        return found

    def begin(self, number: int) -> None:
        """Have the window keep its picture, until the connection is closed. Raises WindowGone."""
        by_itself = self._library.composite.Redirect.Automatic
        with self._gone():
            self._composite.RedirectWindow(number, by_itself, is_checked=True).check()

    def size(self, number: int) -> Size:
        """The size of the window now. Raises WindowGone, also where it is minimised."""
        with self._gone():
            asked = self._connection.core.GetGeometry(number)
            if not self._viewable(number):
                raise WindowGone
            geometry = asked.reply()
        return Size(geometry.width, geometry.height)

    def picture(self, number: int) -> int:
        """Where the window keeps its picture, until its size changes. Raises WindowGone."""
        picture: int = self._connection.generate_id()
        with self._gone():
            self._composite.NameWindowPixmap(number, picture, is_checked=True).check()
        return picture

    def forget(self, picture: int) -> None:
        """Free a picture."""
        self._connection.core.FreePixmap(picture)

    def read(self, picture: int, size: Size) -> NDArray[np.uint8]:
        """A picture of this size, (height, width, 4) as BGRX. Raises WindowGone."""
        whole = (0, 0, size.width, size.height, _ALL_PLANES)
        layout = self._library.xproto.ImageFormat.ZPixmap
        with self._gone():
            asked = self._connection.core.GetImage(layout, picture, *whole)
            # not `reply()`, which makes a list of every byte
            answer = self._connection.wait_for_reply(asked.sequence)
        flat = np.frombuffer(answer.buf, np.uint8)[_REPLY_HEADER:]
        if flat.size < size.height * size.width * 4:
            raise SourceError(
                "Windows of this display's colour depth cannot be recorded.",
                "Set the display to millions of colours.",
            )
        return flat[: size.height * size.width * 4].reshape(size.height, size.width, 4)

    def close(self) -> None:
        """Close the connection."""
        self._connection.disconnect()

    @contextmanager
    def _gone(self) -> Iterator[None]:
        try:
            yield
        except self._library.XcffibException as error:
            raise WindowGone from error

    def _numbers(self) -> Sequence[int]:
        """What the window manager lists, or without one the windows at the top."""
        listed = self._property(self._root, "_NET_CLIENT_LIST")
        if listed:
            return struct.unpack(f"={len(listed) // 4}I", listed)
        children: Sequence[int] = self._connection.core.QueryTree(self._root).reply().children
        return children

    def _viewable(self, number: int) -> bool:
        attributes = self._connection.core.GetWindowAttributes(number).reply()
        return bool(attributes.map_state == self._library.xproto.MapState.Viewable)

    def _title(self, number: int) -> str:
        modern = self._property(number, "_NET_WM_NAME")
        if modern:
            return modern.decode("utf-8", errors="replace")
        return self._property(number, "WM_NAME").decode("latin-1")

    def _owner(self, number: int) -> int | None:
        """The process that it belongs to, where it says so."""
        text = self._property(number, "_NET_WM_PID")
        return int.from_bytes(text[:4], "little") if text else None

    def _property(self, number: int, name: str) -> bytes:
        core = self._connection.core
        atom = core.InternAtom(False, len(name), name).reply().atom
        answer = core.GetProperty(False, number, atom, 0, 0, _LONGEST_TEXT).reply()
        return bytes(answer.value.buf())


def _library() -> Any:
    try:
        import xcffib.composite  # noqa: PLC0415 - installed on Linux only
        import xcffib.xproto  # noqa: PLC0415
    except (ImportError, OSError) as error:  # OSError: the library is there, X11's own is not
        raise SourceError(
            "A single window can be recorded only on Linux with X11.",
            "Record the screen instead.",
        ) from error
    return xcffib
