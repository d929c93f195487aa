"""The delayed microphone as the application has it."""

from __future__ import annotations

import json
import logging
import os
import site
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from engine.concurrency.mailbox import Mailbox
from engine.concurrency.worker import Worker
from engine.errors import EngineError, SinkError
from engine.installation import MICROPHONE, is_bundle, publisher_program
from engine.microphone.sound_pipe import HeardSound

PROCESS = Path(__file__).resolve().parent / "process.py"

_KEPT_VARIABLES = (
    "HOME", "USER", "LOGNAME", "PATH", "LANG", "TZ", "XDG_RUNTIME_DIR", "PIPEWIRE_RUNTIME_DIR",
    "PIPEWIRE_REMOTE",
)  # fmt: skip
_TRIES_AGAIN_AFTER = 2.0
_ENDS_WITHIN = 1.0

logger = logging.getLogger(__name__)


class MicrophoneState(Enum):
    """OFF: not asked for. WAITING: other programs can choose it, and hear silence. ON: sound goes
    through. UNAVAILABLE: it cannot be had now; it is tried again.
    """

    OFF = "off"
    WAITING = "waiting"
    ON = "on"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class MicrophoneStatus:
    """A moment of the microphone. error: why it is UNAVAILABLE."""

    state: MicrophoneState = MicrophoneState.OFF
    error: EngineError | None = None


@dataclass(frozen=True, slots=True)
class MicrophoneWish:
    """What the microphone shall do. source: its node's name, "" for the usual one. delay: seconds.
    on: whether the real microphone is listened to.
    """

    source: str = ""
    delay: float = 0.0
    on: bool = False


class DelayedMicrophone:
    """Keeps its process running while it is wanted. Everything returns at once."""

    def __init__(self) -> None:
        self._news: Mailbox[MicrophoneWish] = Mailbox()
        self._wish: MicrophoneWish | None = None
        self._status = MicrophoneStatus()
        self._worker: Worker | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.sound = HeardSound()
        """What it gives out, for a broadcast."""

    @property
    def status(self) -> MicrophoneStatus:
        """How it fares."""
        return self._status

    def wish(self, wanted: MicrophoneWish) -> None:
        """Start it if need be, and have it do this."""
        if wanted == self._wish:
            return
        self._wish = wanted
        self.sound.follow(wanted.delay, on=wanted.on)
        self._news.put(wanted)
        if self._worker is None:
            self._worker = Worker("microphone", self._keep_up)
            self._worker.start()

    def close(self) -> None:
        """End it; no program finds it any more."""
        if self._worker is not None:
            self._worker.stop()
            self._news.wake()
            if (process := self._process) is not None:
                process.terminate()
            self._worker.join()
            self._worker, self._wish = None, None
        self.sound.follow(0.0, on=False)
        self._status = MicrophoneStatus()

    def _keep_up(self, stopping: threading.Event) -> None:
        while not stopping.is_set() and (wanted := self._wish) is not None:
            try:
                self._run(wanted, stopping)
            except OSError as error:
                self._fail(_cannot_start(error))
            if stopping.wait(_TRIES_AGAIN_AFTER if self._failed else 0.0):
                return

    @property
    def _failed(self) -> bool:
        return self._status.state is MicrophoneState.UNAVAILABLE

    def _run(self, wanted: MicrophoneWish, stopping: threading.Event) -> None:
        """One process, until it ends or another source is wanted."""
        self._process = process = _start(self.sound.writing_end())
        try:
            _tell(process, wanted)
            if not self._hear_first_word(process):
                return
            self._show(wanted)
            while not stopping.is_set():
                found = self._news.get(1.0)
                if process.poll() is not None:
                    if not stopping.is_set():
                        self._fail(_gone())
                    return
                if found is not None:
                    if found.source != wanted.source:
                        return
                    _tell(process, found)
                    self._show(found)
        finally:
            self._process = None
            _end(process)

    def _hear_first_word(self, process: subprocess.Popen[bytes]) -> bool:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            found = json.loads(line)
        except ValueError:
            found = {}
        if "ready" in found:
            return True
        if "error" in found:
            *texts, values = found["error"]
            self._fail(SinkError(*texts, **values))
        else:
            self._fail(_gone())
        return False

    def _show(self, wanted: MicrophoneWish) -> None:
        on = MicrophoneState.ON if wanted.on else MicrophoneState.WAITING
        self._status = MicrophoneStatus(on)

    def _fail(self, error: EngineError) -> None:
        if not self._failed:
            logger.warning("the delayed microphone: %s", error)
        self._status = MicrophoneStatus(MicrophoneState.UNAVAILABLE, error)


def microphone_command(sound: int) -> list[str]:
    """A bundle's own program; in a checkout the isolated interpreter, and the process's file.

    sound: the descriptor that takes what is recorded.
    """
    if is_bundle():
        return [str(publisher_program()), MICROPHONE, str(sound)]
    command = [sys.executable, "-I", str(PROCESS), str(sound)]
    return [*command, "--user-site"] if site.ENABLE_USER_SITE else command


def _start(sound: int) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    passed = [sound] if os.name == "posix" else []
    return subprocess.Popen(
        microphone_command(sound), cwd="/", env=environment, pass_fds=passed,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _tell(process: subprocess.Popen[bytes], wanted: MicrophoneWish) -> None:
    assert process.stdin is not None
    words = {"source": wanted.source, "delay": wanted.delay, "on": wanted.on}
    process.stdin.write(json.dumps(words).encode() + b"\n")
    process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError):
        process.stdin.close()
    until = time.monotonic() + _ENDS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.kill()
    process.wait()
    process.stdout.close()


def _gone() -> SinkError:
    return SinkError(
        "PipeWire has ended, and the delayed microphone with it.",
        "It comes back by itself when PipeWire does.",
    )


def _cannot_start(error: OSError) -> SinkError:
    return SinkError(
        "The delayed microphone cannot be started: {reason}.",
        "Free memory; it then comes back by itself.",
        reason=error.strerror or error,
    )
