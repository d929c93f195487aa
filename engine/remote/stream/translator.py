"""The engine on another computer as a translator: the session notices no difference."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Sequence

import cv2
import numpy as np
from av.video.frame import VideoFrame

from engine.concurrency.cancellation import Cancelled
from engine.errors import EngineError, SettingError
from engine.events import Event, Failed, Progress, ProgressKind
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.imaging import resize
from engine.interfaces import TranslatorStatus, Wait, ignore_ready
from engine.remote import rtc
from engine.remote.limits import check
from engine.remote.pinned_http import Door
from engine.remote.stream.flight import Flight, Result
from engine.remote.stream.link import Link, LinkListener
from engine.remote.track import REPEATED_AFTER_S
from engine.remote.wire import MOST_IN_FLIGHT, End, WholeSettings
from engine.settings import LiveSettings

CONNECTING = Progress(ProgressKind.CONNECTING, 0, 0)
WARM_UP_FRAMES = 8
"""How many frames most models gather before their first result."""
ROOM_WITHIN_S = 2.0
"""Seconds after which a frame of a paced stream counts as lost, where nothing comes back."""
SETTLED_S = sum(REPEATED_AFTER_S) + 0.3
"""How long the last frame may take to arrive, sent again if need be: what says that none follows
goes another way.
"""
QUIET_S, END_WITHIN_S = 6.0, 30.0
"""How long the last results are waited for: after the engine's word, and without one. What says
which picture is which is sent again after three seconds, if a line has lost it.
"""
LETS_GO_WITHIN_S = 2.0
TOLD_EVERY_S = 0.1
"""How often it is said that the first connection is still waited for."""


class RemoteTranslator:
    """See `engine.interfaces.Translator`. Only the engine thread uses it.

    The first failure is raised by the next call, and everything is let go by then. While it is not
    connected, frames are not taken in. paced: every frame counts. patient: see `Link`. listener:
    hears what the engine does not carry out.
    """

    def __init__(
        self,
        door: Door,
        live: LiveSettings,
        listener: Callable[[Event], None],
        *,
        paced: bool,
        patient: bool,
    ) -> None:
        """Raises EngineError: not connected, unless `patient`; settings that cannot be had. While
        it connects, the listener may raise Cancelled.
        """
        check(live)
        self._paced, self._listener = paced, listener
        self._flight: Flight[VideoFrame] = Flight(MOST_IN_FLIGHT - 1 if paced else None)
        self._on_ready = ignore_ready
        self._composition = live.composition
        self._seconds_per_frame = 0.0
        self._link = Link(
            door,
            self._flight,
            LinkListener(self._wake, self._on_trouble),
            paced=paced,
            patient=patient,
        )
        self._link.start(WholeSettings(live).data())
        if not patient:
            self._wait_until_decided()
            self._check()

    @property
    def status(self) -> TranslatorStatus:
        flight = self._flight
        if not self._link.open:
            return TranslatorStatus(0, 0, dropped=flight.dropped)
        gathered = WARM_UP_FRAMES if flight.begun else min(flight.gathered, WARM_UP_FRAMES)
        wait = 0.0 if self._paced else flight.seconds_until_room()
        return TranslatorStatus(
            gathered, WARM_UP_FRAMES, wait, self._seconds_per_frame, flight.dropped
        )

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        self._on_ready = on_ready
        self._check()
        if not self._link.open:
            return
        if self._paced:
            self._flight.wait_for_room(ROOM_WITHIN_S)
            self._check()
        video = rtc.to_video(self._outgoing(frame.pixels))
        self._link.show(video, self._flight.add(frame))

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        if wait is Wait.NOTHING or self._paced:
            self._check()
        if wait is Wait.END and self._paced:
            self._flight.wait_until_sent(END_WITHIN_S)
            time.sleep(SETTLED_S)
            self._link.tell(End().data())
            self._flight.wait_for_end(QUIET_S, END_WITHIN_S)
            self._check()
        results = [self._styled(result) for result in self._flight.take()]
        if wait is Wait.END:
            self._flight.close()
        return results

    def apply(self, settings: LiveSettings) -> None:
        before, self._composition = self._composition, settings.composition
        if settings.composition != before:  # said once; the whole picture stays styled
            try:
                check(settings)
            except SettingError as error:
                self._on_trouble(error)
        self._link.tell(WholeSettings(settings).data())

    def render_still(
        self,
        pixels: Pixels,  # noqa: ARG002
        settings: LiveSettings,  # noqa: ARG002
    ) -> Generator[None, None, Pixels]:
        yield from ()
        raise SettingError(
            "Another computer cannot make other pictures while a stream runs.",
            "Stop the stream, then try again.",
        )

    def reset(self) -> None:
        self._flight.forget()

    def close(self) -> None:
        self._on_ready = ignore_ready
        self._link.close(LETS_GO_WITHIN_S)

    def _wait_until_decided(self) -> None:
        try:
            self._listener(CONNECTING)
            while not self._link.wait_until_decided(TOLD_EVERY_S):
                self._listener(CONNECTING)
        except Cancelled:
            self._link.close(0.0)
            raise

    def _check(self) -> None:
        error = self._flight.failure
        if error is not None:
            self._on_ready = ignore_ready
            self._link.close(0.0)
            raise error

    def _wake(self) -> None:
        self._on_ready()

    def _on_trouble(self, error: EngineError) -> None:
        self._listener(Failed(error, recovering=True))

    def _outgoing(self, pixels: Pixels) -> Pixels:
        """A picture as it is sent: no larger than the engine takes, and with even sides."""
        size = size_of(pixels)
        scale = min(1.0, math.sqrt(self._link.most_pixels / (size.width * size.height)))
        if scale < 1.0:
            return resize(pixels, Size(_even(size.width * scale), _even(size.height * scale)))
        if size.width % 2 or size.height % 2:
            padded: Pixels = cv2.copyMakeBorder(
                pixels, 0, size.height % 2, 0, size.width % 2, cv2.BORDER_REPLICATE
            )
            return padded
        return pixels

    def _styled(self, result: Result[VideoFrame]) -> StyledFrame:
        frame = result.sent.frame
        size = size_of(frame.pixels)
        pixels = rtc.to_pixels(result.picture)
        if size_of(pixels) == Size(size.width + size.width % 2, size.height + size.height % 2):
            pixels = np.ascontiguousarray(pixels[: size.height, : size.width])
        self._seconds_per_frame = result.engine_seconds
        return StyledFrame(
            resize(pixels, size),
            frame.number,
            frame.captured_at,
            span=frame.span,
            away=result.away,
        )


def _even(side: float) -> int:
    return max(2, 2 * int(side / 2))
