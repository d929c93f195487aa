"""One window of the desktop as a source of frames; only under X11 so far.

The window is followed wherever it is moved and however it is resized; what covers it is not
recorded. A window that is closed or minimised is an error, from which the stream recovers once the
window is back.
"""

from __future__ import annotations

import time

import cv2

from engine.errors import SourceError
from engine.frames import Frame, Pixels, Size
from engine.video.sources.pacing import PacedSource
from engine.video.sources.x11 import X11, WindowGone, WindowInfo

DEFAULT_FPS = 30.0


def list_windows() -> list[WindowInfo]:
    """The windows to choose from, the lowest first. Raises SourceError: none can be recorded."""
    display = X11()
    try:
        return display.windows()
    finally:
        display.close()


class WindowSource(PacedSource):
    """Pictures of one window at a given rate. which: its title, a unique part of it, or number."""

    def __init__(self, which: str, *, fps: float | None = None) -> None:
        super().__init__(which, fps or DEFAULT_FPS)
        self.size = Size(0, 0)
        self._which = which
        self._display: X11 | None = None
        self._window = WindowInfo(0, which)
        self._picture: int | None = None

    def open(self) -> None:
        """Begin. Raises SourceError where there is no such window, or none can be recorded."""
        self._display = display = X11()
        try:
            self._window = _find(self._which, display.windows())
            self.name = self._window.title
            display.begin(self._window.number)
            self._start_over()
            self._grab(display)
        except WindowGone as error:
            self.close()
            raise self._gone() from error
        except SourceError:
            self.close()
            raise

    def read(self) -> Frame | None:
        """The window as it is when the next frame is due. Raises SourceError."""
        if self._display is None:
            raise self._not_open()
        self._wait_for_turn()
        captured_at = time.monotonic()
        try:
            pixels = self._grab(self._display)
        except WindowGone as error:
            raise self._gone() from error
        return self._frame(pixels, captured_at)

    def close(self) -> None:
        """Release the display, and with it the window's picture."""
        if self._display is not None:
            self._display.close()
        self._display, self._picture, self.size = None, None, Size(0, 0)

    def _grab(self, display: X11) -> Pixels:
        size = display.size(self._window.number)
        if self._picture is None or size != self.size:
            self._take_new_picture(display, size)
        assert self._picture is not None
        picture: Pixels = cv2.cvtColor(display.read(self._picture, size), cv2.COLOR_BGRA2RGB)
        return picture

    def _take_new_picture(self, display: X11, size: Size) -> None:
        """A window that has changed its size gets its picture in another pixmap."""
        if self._picture is not None:
            display.forget(self._picture)
        self._picture = None
        self._picture, self.size = display.picture(self._window.number), size

    def _gone(self) -> SourceError:
        return SourceError(
            "The window {name} was closed or is minimised.",
            "Show it again; the stream resumes when it is back.",
            name=self.name,
        )


def _find(which: str, windows: list[WindowInfo]) -> WindowInfo:
    """The window of this number or title (any case; a unique part of it is enough)."""
    wanted = which.strip().casefold()
    numbered = [window for window in windows if str(window.number) == wanted]
    exact = [window for window in windows if window.title.casefold() == wanted]
    partial = [window for window in windows if wanted and wanted in window.title.casefold()]
    found = numbered or exact or partial
    if not found:
        raise SourceError(
            "No window is called {which!r}.", "Open it, or choose another one.", which=which
        )
    if len(found) > 1:
        raise SourceError(
            "{count} windows are called {which!r}.",
            "Choose one by its number: {windows}.",
            count=len(found),
            which=which,
            windows=", ".join(f"window:{window.number} ({window.title})" for window in found),
        )
    return found[0]
