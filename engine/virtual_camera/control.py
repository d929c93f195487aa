"""What the application wants of the camera, said over whichever connection there is."""

from __future__ import annotations

import secrets
import threading
import time

from engine.frames import Pixels, Size, StyledFrame
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.link import FrameHeader, PublisherLink
from engine.virtual_camera.messages import CameraStatus
from engine.virtual_camera.transport.base import ChannelLostError


class CameraControl:
    """Keeps session, panic, format and placeholder, and brings them to the publisher.

    Any thread may call; nothing waits. While there is no connection, what is wanted is kept and
    said as soon as there is one; frames are left out, because nobody can see them.
    """

    def __init__(self, size: Size, fps: float, fit: FitMode) -> None:
        self._guard = threading.Lock()
        self._size, self._fps, self._fit = size, fps, fit
        self._session, self._panic = 0, False
        self._placeholder: Pixels | None = None
        self._placeholder_lies_in = 0
        self._link: PublisherLink | None = None
        self._broken = False

    def attach(self, link: PublisherLink | None) -> None:
        """Use this connection from now on; the one before is closed."""
        with self._guard:
            if self._link is not None:
                self._link.close()
            self._link, self._broken, self._placeholder_lies_in = link, False, 0
        self.refresh()

    @property
    def link(self) -> PublisherLink | None:
        """The connection of the moment, if it is one."""
        return None if self._broken else self._link

    def refresh(self) -> CameraStatus | None:
        """Hear the publisher, say everything again; what the publisher said last."""
        with self._guard:
            link = self.link
            if link is None:
                return None
            try:
                link.hear()
                self._say(link)
                link.wipe_idle(self._session)
            except ChannelLostError:
                self._broken = True
                return None
            return link.status

    def request_format(self, size: Size, fps: float) -> None:
        """Want this size and rate."""
        self._size, self._fps = size, fps
        self.refresh()

    def panic(self, on: bool) -> None:
        """Force the placeholder, or release it."""
        self._panic = on
        self.refresh()

    def set_placeholder(self, pixels: Pixels) -> None:
        """Use this picture where nothing else may be shown."""
        with self._guard:
            self._placeholder, self._placeholder_lies_in = pixels, 0
        self.refresh()

    def begin_session(self) -> int:
        """Begin a stream: nothing of an earlier one can be shown any more."""
        session = secrets.randbits(62) + 1
        self._session = session
        self.refresh()
        return session

    def end_session(self, session: int) -> None:
        """End this stream, if it is still the live one."""
        if session == self._session:
            self._session = 0
            self.refresh()

    def send(self, session: int, frame: StyledFrame) -> None:
        """Hand one frame over, brought to the camera's size."""
        header = FrameHeader(session, frame.original, frame.number, time.monotonic())
        with self._guard:
            link = self.link
            if link is None or session != self._session:
                return
            try:
                link.write_frame(header, lambda to: draw_fitted(frame.pixels, to, self._fit))
            except ChannelLostError:
                self._broken = True

    def _say(self, link: PublisherLink) -> None:
        link.send_state(self._session, self._panic, self._size, self._fps)
        placeholder, memory = self._placeholder, link.memory_number
        if placeholder is None or self._placeholder_lies_in == memory:
            return
        if link.write_placeholder(lambda to: draw_fitted(placeholder, to, FitMode.CROP)):
            self._placeholder_lies_in = memory
