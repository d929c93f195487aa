"""OSC in and out, with one peer. The addresses are listed in docs/remote.md.

OSC knows no passwords: packets of any other address than the peer's are not looked at.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from pythonosc.osc_packet import OscPacket
from pythonosc.udp_client import SimpleUDPClient

from engine.concurrency.worker import Worker
from engine.control.board import Board
from engine.control.commands import (
    PANIC,
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetMark,
)
from engine.control.inbox import Inbox
from engine.control.rate_limit import RateLimit
from engine.control.settings import OscSettings
from engine.control.status import Status
from engine.control.targets import PRESSED, SLIDERS, set_slider
from engine.errors import EngineError, SettingError
from engine.events import Stats

ROOT = "/live2diff"
PER_S, AT_ONCE = 200.0, 400.0
POLL_S = 0.2
LARGEST_PACKET = 8192

ACTIONS: Mapping[str, Action] = {
    "panic": Action.PANIC,
    "panic/toggle": Action.TOGGLE_PANIC,
    "release": Action.RELEASE,
    "live": Action.LIVE,
    "live/toggle": Action.TOGGLE_LIVE,
    "stop": Action.STOP,
    "style/next": Action.NEXT_STYLE,
    "style/previous": Action.PREVIOUS_STYLE,
    "cue/next": Action.NEXT_CUE,
    "cue/previous": Action.PREVIOUS_CUE,
    "snapshot": Action.SNAPSHOT,
    "record": Action.RECORD,
    "record/stop": Action.STOP_RECORDING,
    "record/toggle": Action.TOGGLE_RECORDING,
}
"""Done without an argument, or at one that is not 0: a button that is let go does nothing."""


_TEXTS: Mapping[str, Callable[[str], Command]] = {
    "style": ChooseStyle,
    "preset": ApplyPreset,
    "prompt": lambda prompt: Adjust(prompt=prompt),
}
"""With one argument that is a text."""

_NUMBERS: Mapping[str, Callable[[float], Command]] = {
    "mark": lambda shown: SetMark(shown=shown >= PRESSED),
    "cue": lambda number: GoToCue(round(number)),
    "seed": lambda seed: Adjust(seed=round(seed)),
    **{name: partial(set_slider, name) for name in SLIDERS},
}
"""With one argument that is a number, sliders in their own range."""


def command_of(address: str, arguments: Sequence[Any]) -> Command | None:
    """The command that an OSC message stands for; None where it stands for none."""
    name = address.removeprefix(f"{ROOT}/") if address.startswith(f"{ROOT}/") else ""
    if name in ACTIONS:
        pressed = not arguments or (_is_number(arguments[0]) and arguments[0] >= PRESSED)
        return Do(ACTIONS[name]) if pressed else None
    match list(arguments):
        case [str(text)] if name in _TEXTS:
            return _TEXTS[name](text)
        case [value] if name in _NUMBERS and _is_number(value):
            return _NUMBERS[name](float(value))
        case [str(style), weight] if name == "blend" and _is_number(weight):
            return SetBlend(style, float(weight))
    return None


def messages_of(status: Status, figures: Stats | None) -> dict[str, str | float | int]:
    """Everything that is told the peer, by address."""
    live = status.live
    told: dict[str, str | float | int] = {
        "session": status.session.value,
        "on_air": status.on_air,
        "panic": int(status.panic),
        "panic_reached": int(status.panic_reached),
        "recording": int(status.recording),
        "watched": -1 if status.watched is None else int(status.watched),
        "style": live.style,
        "blend": live.blend.weight if live.blend is not None else 0.0,
        "strength": live.strength,
        "structure": live.structure,
        "noise_consistency": live.noise_consistency,
        "flicker_reduction": live.flicker_reduction,
        "steps": live.steps,
        "cue": status.cues.position,
    }
    if figures is not None:
        told |= {"latency_ms": figures.latency_p50_ms, "fps": figures.fps_out}
    return {f"{ROOT}/{name}": value for name, value in told.items()}


class OscSurface:
    """One thread at a time calls it."""

    def __init__(self, inbox: Inbox, board: Board) -> None:
        self._inbox, self._board = inbox, board
        self._link: _Link | None = None

    @property
    def port(self) -> int | None:
        """Where it receives; None while it is off."""
        return self._link.port if self._link is not None else None

    def apply(self, settings: OscSettings) -> None:
        """Exchange OSC as chosen from now on. Raises SettingError where that cannot be."""
        self.close()
        if settings.on:
            self._link = _Link(settings, self._inbox, self._board)

    def close(self, timeout: float = 1.0) -> bool:
        """End it; whether that was done within `timeout` seconds."""
        link, self._link = self._link, None
        return link is None or link.close(timeout)


class _Link:
    """A socket and a client, and the threads that use them."""

    def __init__(self, settings: OscSettings, inbox: Inbox, board: Board) -> None:
        self._inbox, self._board, self._peer = inbox, board, settings.peer
        self._limit = RateLimit(PER_S, AT_ONCE)
        self._socket = _receiving_socket(settings)
        self._client = SimpleUDPClient(settings.peer, settings.sends)
        self._news = threading.Event()
        self._told: dict[str, str | float | int] = {}
        self._end_listening = board.listen(self._news.set)
        self._workers = (Worker("OSC in", self._receive), Worker("OSC out", self._tell))
        for worker in self._workers:
            worker.start()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def close(self, timeout: float) -> bool:
        self._end_listening()
        for worker in self._workers:
            worker.stop()
        self._news.set()
        ended = [worker.join(timeout) for worker in self._workers]
        self._socket.close()
        return all(ended)

    def _receive(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                packet, (sender, _) = self._socket.recvfrom(LARGEST_PACKET)
            except OSError:  # nothing in time, or a peer that has refused what was sent to it
                continue
            if sender == self._peer:
                for address, arguments in read_packet(packet):
                    self._obey(address, arguments)

    def _obey(self, address: str, arguments: Sequence[Any]) -> None:
        command = command_of(address, arguments)
        if command is None or not (command == PANIC or self._limit.allows()):
            return
        with suppress(EngineError):  # too many wait: the next one may do
            self._inbox.submit(command)

    def _tell(self, stopping: threading.Event) -> None:
        self._news.set()
        while self._news.wait() and not stopping.is_set():
            self._news.clear()
            now = messages_of(self._board.status, self._board.figures)
            for address, value in now.items():
                if self._told.get(address) != value:
                    with suppress(OSError):  # nobody listens there now
                        self._client.send_message(address, value)
            self._told = now


def read_packet(packet: bytes) -> list[tuple[str, list[Any]]]:
    """The messages of a packet, at once: a bundle's own time, which might lie years ahead, is not
    waited for. There are none in a packet that is broken.
    """
    try:
        messages = [timed.message for timed in OscPacket(packet).messages]
        return [(message.address, list(message.params)) for message in messages]
    except Exception:  # noqa: BLE001 - whatever a stranger's bytes make the library raise
        return []


def _receiving_socket(settings: OscSettings) -> socket.socket:
    address = settings.peer if settings.here else "0.0.0.0"  # noqa: S104 - asked for by the user
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.bind((address, settings.receives))
    except OSError as error:
        made.close()
        raise SettingError(
            "OSC cannot be received at the port {port}: {reason}.",
            "Choose another port.",
            port=settings.receives,
            reason=error.strerror or error,
        ) from error
    made.settimeout(POLL_S)
    return made


def _is_number(value: object) -> bool:
    """Also true and false, which OSC has as types of their own."""
    return isinstance(value, int | float) and value == value and abs(value) < 2**63  # noqa: PLR0124
