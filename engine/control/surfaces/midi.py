"""MIDI by learning: wiggle a knob or press a pad, and it is bound to what was waiting for it.

Messages are mido's. Opening a device needs its backend python-rtmidi, the extra "midi".
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

import mido

from engine.control.commands import PANIC
from engine.control.inbox import Inbox
from engine.control.settings import MidiBinding, MidiSettings
from engine.control.targets import PRESSED, command_for, is_slider
from engine.errors import EngineError, SettingError
from engine.installation import is_bundle

HIGHEST = 127

Message = Any
"""A message of mido's, which has no types."""


class MidiPort(Protocol):
    """A device that is open."""

    def close(self) -> None: ...


OpenPort = Callable[[str, Callable[[Message], None]], MidiPort]
"""Opens a device by its name and calls back with each message, on a thread of its own."""


class MidiMapper:
    """Turns messages into commands; any thread."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._guard = threading.Lock()
        self._bindings: tuple[MidiBinding, ...] = ()
        self._pressed: set[MidiBinding] = set()
        self._learn: Callable[[MidiBinding], object] | None = None
        self._target = ""

    def use(self, bindings: tuple[MidiBinding, ...]) -> None:
        """Obey these from now on."""
        with self._guard:
            self._bindings, self._pressed = bindings, set()

    def learn(self, target: str, learned: Callable[[MidiBinding], object]) -> None:
        """Bind what is moved next to a target: `learned` gets it, on the device's thread."""
        with self._guard:
            self._target, self._learn = target, learned

    def forget_learning(self) -> None:
        """Wait for nothing any more."""
        with self._guard:
            self._learn = None

    def handle(self, message: Message) -> None:
        """Obey a message, or learn it."""
        found = _read(message)
        if found is None:
            return
        channel, note, number, amount = found
        with self._guard:
            learned, self._learn = (self._learn, None) if amount > 0 else (None, self._learn)
        if learned is not None:
            learned(MidiBinding(channel, note, number, self._target))
            return
        for binding in self._bindings:
            if (binding.channel, binding.note, binding.number) == (channel, note, number):
                self._obey(binding, amount)

    def _obey(self, binding: MidiBinding, amount: float) -> None:
        """A slider follows; anything else is done once each time it is pressed."""
        was_pressed = binding in self._pressed
        if amount >= PRESSED:
            self._pressed.add(binding)
        else:
            self._pressed.discard(binding)
        command = command_for(binding.target, amount)
        if command is None or (was_pressed and not is_slider(binding.target) and command != PANIC):
            return
        with suppress(EngineError):  # too many wait: the next one may do
            self._inbox.submit(command)


class MidiSurface:
    """One thread at a time calls it."""

    def __init__(self, inbox: Inbox, open_port: OpenPort | None = None) -> None:
        self.mapper = MidiMapper(inbox)
        self._open_port = open_port or open_device
        self._port: MidiPort | None = None

    def apply(self, settings: MidiSettings) -> None:
        """Obey a device as chosen from now on. Raises SettingError where that cannot be."""
        self.close()
        self.mapper.use(settings.bindings)
        if settings.on:
            self._port = self._open_port(settings.port, self.mapper.handle)

    def close(self, _timeout: float = 0.0) -> bool:
        """Let go of the device; always done."""
        port, self._port = self._port, None
        if port is not None:
            port.close()
        return True


def bound(bindings: Sequence[MidiBinding], new: MidiBinding) -> tuple[MidiBinding, ...]:
    """With a new binding; a knob has one target, and a target one knob."""
    knob = (new.channel, new.note, new.number)
    kept = [
        one
        for one in bindings
        if one.target != new.target and (one.channel, one.note, one.number) != knob
    ]
    return (*kept, new)


def device_names() -> tuple[str, ...]:
    """The MIDI devices that are there. Raises SettingError without the backend."""
    try:
        return tuple(dict.fromkeys(mido.get_input_names()))
    except Exception as error:
        raise _unavailable(error) from error


def open_device(name: str, on_message: Callable[[Message], None]) -> MidiPort:
    """Open a device; "" is the first there is. Raises SettingError."""
    names = device_names()
    chosen = name or next(iter(names), "")
    if chosen not in names:
        raise SettingError(
            "The MIDI device {name} is not there.",
            "Connect it, then switch MIDI off and on again.",
            name=chosen,
        )
    try:
        port: MidiPort = mido.open_input(chosen, callback=on_message)
    except Exception as error:
        raise _unavailable(error) from error
    return port


def _read(message: Message) -> tuple[int, bool, int, float] | None:
    """Channel, whether it is a note, number, and amount of 0..1; None for any other message."""
    match message.type:
        case "control_change":
            return message.channel, False, message.control, message.value / HIGHEST
        case "note_on":
            return message.channel, True, message.note, float(message.velocity > 0)
        case "note_off":
            return message.channel, True, message.note, 0.0
        case _:
            return None


def _unavailable(error: Exception) -> EngineError:
    """Whatever the backend raises: it has errors of its own for each system."""
    if isinstance(error, ImportError):
        return SettingError(
            "MIDI needs the package python-rtmidi, which is not installed.",
            "Start the program from a copy of its repository, where .venv/bin/python -m pip "
            "install python-rtmidi adds it."
            if is_bundle()
            else "Install it with: pip install python-rtmidi",
        )
    return SettingError(
        "MIDI is not available: {reason}.",
        "Check that the system has MIDI, and that the device is connected.",
        reason=str(error).rstrip("."),
    )
