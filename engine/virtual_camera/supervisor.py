"""Keeps one publisher running and connected; ends one that does not answer."""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.errors import SinkError
from engine.virtual_camera.control import CameraControl
from engine.virtual_camera.devices.v4l2loopback import open_elsewhere
from engine.virtual_camera.error_codec import decode_error
from engine.virtual_camera.launch import kill_process, start_publisher, waits_for_the_cpu
from engine.virtual_camera.link import PublisherLink, await_answer, connect_to_publisher
from engine.virtual_camera.messages import CameraStatus
from engine.virtual_camera.protocol import (
    CAMERA_NAME,
    SILENT_FOR,
    CameraKind,
    CameraSettings,
    OnAir,
    PublisherState,
    PublisherStatus,
)
from engine.virtual_camera.runtime_dir import publisher_errors
from engine.virtual_camera.silence import Silence
from engine.virtual_camera.transport.base import ChannelLostError

PULSE = 0.1
"""Seconds between two calls of `check`."""

_STARTS_WITHIN = 10.0
_NEVER_STARTS_AFTER = 60.0
"""Unless it is still at work, as on a slow, busy computer."""
_TRIES_AGAIN_AFTER = 2.0
_MOST_STARTS, _STARTS_COUNT_FOR = 4, 10.0
_ANSWERS_WITHIN = 3.0
_OPENS_WITHIN = 10.0
_DOUBTFUL_AFTER = 0.5
"""Seconds of silence after which a successor gets ready, which takes most of the time that a
replacement needs. It waits until the publisher is gone, and ends where that goes on after all.
"""
_SECONDS_FOR_A_FIRST_ANSWER = 0.5
_FAILS_OFTEN = 2
_SEES_EVERY = 0.5

logger = logging.getLogger(__name__)


def busy_error() -> SinkError:
    """Another application owns the camera."""
    return SinkError(
        "The virtual camera is in use by another window of this program.",
        "Close the other window, then try again.",
    )


class Supervisor:
    """Supervises one publisher. `check` belongs to one thread; any may read `status`.

    folder: makes sure of the folder and gives it; may raise SinkError. settings: the present ones.
    """

    def __init__(
        self,
        folder: Callable[[], Path],
        settings: Callable[[], CameraSettings],
        control: CameraControl,
    ) -> None:
        self._folder, self._settings, self._control = folder, settings, control
        self._process: subprocess.Popen[bytes] | None = None
        self._successor: subprocess.Popen[bytes] | None = None
        self._began = time.monotonic()
        self._started_at = float("-inf")
        self._checked_at = self._began
        self._heard, self._silence = 0, Silence()
        self._starts: deque[float] = deque(maxlen=_MOST_STARTS)
        self._failures = 0
        self._was_up = False
        self._problem: SinkError | None = None
        self._try_again_at = float("-inf")
        self._seen_watched: bool | None = None
        self._seen_at = float("-inf")

    def take_camera(self) -> None:
        """Own the camera if a publisher is there already. Raises SinkError where another
        application owns it.
        """
        self._began, self._problem = time.monotonic(), None
        try:
            link = connect_to_publisher(self._folder())
        except SinkError as error:
            self._problem = error
            return
        if link is None:
            return
        try:
            await_answer(link, _SECONDS_FOR_A_FIRST_ANSWER)
        except ChannelLostError:
            link.close()
            return
        if link.refusal is not None and link.refusal.busy:
            link.close()
            self._problem = busy_error()
            raise self._problem
        self._adopt(link)

    def check(self) -> None:
        """Hear the publisher; start one where none runs, replace one that is silent."""
        now = time.monotonic()
        since, self._checked_at = now - self._checked_at, now
        self._control.refresh()
        link = self._control.link
        if link is None:
            self._find(now)
        elif link.refusal is not None:
            self._turn_away(link.refusal.busy)
        else:
            self._watch(link, since)

    def status(self) -> PublisherStatus:
        """How the camera fares, by what the publisher has said."""
        said = self._control.refresh()
        if said is None:
            return self._status_unheard(time.monotonic())
        name, on_air = said.camera_name or CAMERA_NAME, OnAir(said.on_air)
        if said.sending:
            watched = said.watched if said.watched is not None else self._seen_watched
            kinds = frozenset(kind for kind in CameraKind if kind in said.kinds.split())
            return PublisherStatus(
                PublisherState.SENDING, name, on_air, watched, kinds=kinds, waited=said.waited
            )
        error = decode_error(said.error)
        state = PublisherState.UNAVAILABLE if error else PublisherState.STARTING
        return PublisherStatus(state, name, on_air, error=error)

    def _status_unheard(self, now: float) -> PublisherStatus:
        state, error = PublisherState.STARTING, None
        if self._problem is not None:
            state, error = PublisherState.UNAVAILABLE, self._problem
        elif self._was_up or now - max(self._began, self._started_at) > _STARTS_WITHIN:
            state = PublisherState.GONE
        return PublisherStatus(state, on_air=OnAir.UNKNOWN, error=error)

    def _adopt(self, link: PublisherLink) -> None:
        self._heard = 0
        self._silence.end()
        self._control.attach(link)

    def _watch(self, link: PublisherLink, since: float) -> None:
        silence = self._silence
        if link.heard != self._heard:
            self._heard = link.heard
            silence.end()
            self._failures, self._problem = 0, None
            self._was_up |= link.status is not None
            self._see_who_watches(link)
            return
        silence.grow(since, link.process)
        if silence.too_long(_patience(link.status), link.process):
            logger.warning("the publisher has been silent for %.1f s: replaced", silence.seconds)
            self._replace(link)
        elif link.status is not None and link.status.sending:
            self._prepare_successor(link)

    def _prepare_successor(self, link: PublisherLink) -> None:
        """Start another publisher in good time, unless the computer is merely busy."""
        if self._successor is not None and self._successor.poll() is not None:
            self._successor = None
        silence = self._silence
        if self._successor is None and silence.seconds > _DOUBTFUL_AFTER:
            if silence.starved(link.process):
                return
            with suppress(OSError, SinkError):  # told, should the publisher have to be replaced
                self._successor = start_publisher(self._folder(), self._settings())

    def _see_who_watches(self, link: PublisherLink) -> None:
        """Find out in the publisher's stead, whose sandbox hides other programs' open files."""
        said, now = link.status, time.monotonic()
        if said is None or said.watched is not None or not said.device:
            self._seen_watched = None
        elif now - self._seen_at > _SEES_EVERY:
            self._seen_at = now
            known = {os.getpid(), link.process or 0}
            # that nobody is seen says little: programs of other users, or in a sandbox, are not
            self._seen_watched = open_elsewhere(Path(said.device), known) or None

    def _replace(self, link: PublisherLink) -> None:
        process = link.process
        if process is None and self._process is not None:
            process = self._process.pid
        if process is not None:
            kill_process(process)
        self._control.attach(None)
        now = time.monotonic()
        if self._successor is not None:
            if self._process is not None:
                self._process.poll()
            self._process, self._successor, self._started_at = self._successor, None, now
        self._find(now)

    def _turn_away(self, busy: bool) -> None:
        """Let go; try again soon. A publisher of another build is on its way out then."""
        self._control.attach(None)
        if busy:
            self._give_up_for_now(busy_error())

    def _find(self, now: float) -> None:
        """Connect to a publisher, or start one."""
        if now < self._try_again_at:
            return
        try:
            folder = self._folder()
            link = connect_to_publisher(folder)
            if link is not None:
                self._adopt(link)
            else:
                self._start(folder, now)
        except SinkError as error:
            self._give_up_for_now(error)
        except OSError as error:
            self._give_up_for_now(_cannot_start(error))

    def _give_up_for_now(self, problem: SinkError) -> None:
        self._problem = problem
        self._try_again_at = time.monotonic() + _TRIES_AGAIN_AFTER

    def _start(self, folder: Path, now: float) -> None:
        if self._process is not None:
            if self._process.poll() is None and self._may_still_start(self._process.pid, now):
                return
            self._note_end(self._process, folder)
            self._process = None
        if len(self._starts) == _MOST_STARTS and now - self._starts[0] < _STARTS_COUNT_FOR:
            return  # something is wrong with it: no busy loop
        self._starts.append(now)
        logger.info("starting the publisher")
        self._started_at = now
        self._process = start_publisher(folder, self._settings())

    def _may_still_start(self, process: int, now: float) -> bool:
        return now - self._started_at < _NEVER_STARTS_AFTER or waits_for_the_cpu(process)

    def _note_end(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        """Note how the process ended that was started last and was never heard."""
        if process.poll() is None:
            process.kill()
        status = process.wait()
        self._failures += 1
        if self._failures >= _FAILS_OFTEN:
            self._give_up_for_now(_failed_to_start(status, _last_line(folder)))


def _patience(status: CameraStatus | None) -> float:
    """Seconds of silence that are forgiven: few while pictures go out."""
    if status is None:
        return _ANSWERS_WITHIN
    return SILENT_FOR if status.sending else _OPENS_WITHIN


def _last_line(folder: Path) -> str:
    try:
        text = publisher_errors(folder).read_text(errors="replace")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")


def _cannot_start(error: OSError) -> SinkError:
    return SinkError(
        "The virtual camera's process cannot be started: {reason}.",
        "Free memory or disk space; the camera then comes back by itself.",
        reason=error.strerror or error,
    )


def _failed_to_start(status: int, reason: str) -> SinkError:
    return SinkError(
        "The virtual camera's process ends as soon as it is started: {reason}",
        "Check the installation: python main.py doctor",
        reason=reason or f"exit status {status}",
    )
