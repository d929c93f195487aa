"""What the user has chosen about control from outside. Everything is off at first."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from engine.control.commands import Action
from engine.errors import SettingError, TranslatableValue
from engine.settings import check_range

PORT = 8732
OSC_RECEIVES, OSC_SENDS = 9000, 9001
THIS_COMPUTER = "127.0.0.1"


def check_port(name: TranslatableValue, port: int) -> None:
    """Raise SettingError unless a user's program may listen there."""
    check_range(name, port, 1024, 65_535)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The control interface. network: answer in the local network, too, and not only here."""

    on: bool = False
    network: bool = False
    port: int = PORT

    def __post_init__(self) -> None:
        check_port(TranslatableValue("The port of the control interface"), self.port)


@dataclass(frozen=True, slots=True)
class OscSettings:
    """OSC with one peer: only its packets are heard, and it is sent every change.

    peer: an address in digits. receives: our own port. sends: the peer's.
    """

    on: bool = False
    peer: str = THIS_COMPUTER
    receives: int = OSC_RECEIVES
    sends: int = OSC_SENDS

    def __post_init__(self) -> None:
        check_port(TranslatableValue("The port that OSC is received at"), self.receives)
        check_port(TranslatableValue("The port that OSC is sent to"), self.sends)
        try:
            address = ipaddress.ip_address(self.peer)
        except ValueError:
            address = None
        if address is None or address.version != 4 or address.is_unspecified:
            raise SettingError(
                "{peer} is not an address that OSC can be exchanged with.",
                "Enter one of four numbers, such as 192.168.1.20.",
                peer=self.peer,
            )

    @property
    def here(self) -> bool:
        """Whether the peer is this computer."""
        return ipaddress.ip_address(self.peer).is_loopback


@dataclass(frozen=True, slots=True)
class MidiBinding:
    """A knob or a key, and what it does. note: a key or pad, else a controller. target: see
    `engine.control.targets`.
    """

    channel: int
    note: bool
    number: int
    target: str


@dataclass(frozen=True, slots=True)
class MidiSettings:
    """A MIDI device. port: its name; "" for the first there is."""

    on: bool = False
    port: str = ""
    bindings: tuple[MidiBinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key that works in every program. keys: such as Ctrl+Shift+F9, in Qt's portable notation."""

    action: Action
    keys: str


@dataclass(frozen=True, slots=True)
class HotkeySettings:
    """The keys that work in every program."""

    on: bool = False
    keys: tuple[Hotkey, ...] = (
        Hotkey(Action.TOGGLE_PANIC, "Ctrl+Shift+F9"),
        Hotkey(Action.TOGGLE_LIVE, "Ctrl+Shift+F10"),
        Hotkey(Action.NEXT_STYLE, "Ctrl+Shift+F11"),
        Hotkey(Action.NEXT_CUE, "Ctrl+Shift+F12"),
    )


@dataclass(frozen=True, slots=True)
class ControlSettings:
    """All of them."""

    web: WebSettings = field(default_factory=WebSettings)
    osc: OscSettings = field(default_factory=OscSettings)
    midi: MidiSettings = field(default_factory=MidiSettings)
    hotkeys: HotkeySettings = field(default_factory=HotkeySettings)
