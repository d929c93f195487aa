"""Messages of mido's into the mapper: there need not be a device."""

from collections.abc import Callable
from typing import Any

import mido
import pytest

from engine.control.commands import (
    PANIC,
    Action,
    Adjust,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
)
from engine.control.inbox import Inbox
from engine.control.settings import MidiBinding, MidiSettings
from engine.control.surfaces.midi import MidiMapper, MidiSurface, bound, device_names
from engine.control.targets import command_for
from engine.errors import SettingError


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(lambda: None, lambda: None)


@pytest.fixture
def mapper(inbox: Inbox) -> MidiMapper:
    return MidiMapper(inbox)


def taken(inbox: Inbox) -> list[Command]:
    return [asked.command for asked in inbox.take()]


def knob(value: int, number: int = 7, channel: int = 0) -> Any:
    return mido.Message("control_change", control=number, value=value, channel=channel)


def pad(velocity: int, number: int = 60) -> Any:
    return mido.Message("note_on", note=number, velocity=velocity)


STRENGTH = MidiBinding(0, False, 7, "strength")


def test_a_knob_moves_its_slider_over_the_whole_range(mapper: MidiMapper, inbox: Inbox) -> None:
    mapper.use((STRENGTH,))
    values = []
    for value in (0, 127):
        mapper.handle(knob(value))
        values += taken(inbox)
    assert values == [Adjust(strength=0.2), Adjust(strength=1.0)]


def test_other_knobs_and_channels_do_nothing(mapper: MidiMapper, inbox: Inbox) -> None:
    mapper.use((STRENGTH,))
    for message in (knob(5, number=8), knob(5, channel=1), pad(100, number=7)):
        mapper.handle(message)
    assert taken(inbox) == []


def test_a_pad_acts_once_each_time_it_is_pressed(mapper: MidiMapper, inbox: Inbox) -> None:
    mapper.use((MidiBinding(0, True, 60, Action.NEXT_STYLE.value),))
    for velocity in (1, 100, 0, 30):  # pressed, pressed further, let go, pressed
        mapper.handle(pad(velocity))
    assert taken(inbox) == [Do(Action.NEXT_STYLE)] * 2


def test_letting_go_of_the_panic_pad_does_not_end_the_panic(
    mapper: MidiMapper, inbox: Inbox
) -> None:
    mapper.use((MidiBinding(0, True, 60, Action.PANIC.value),))
    mapper.handle(pad(100))
    mapper.handle(mido.Message("note_off", note=60))
    assert taken(inbox) == [PANIC]


def test_what_is_moved_next_is_learned_and_not_obeyed(mapper: MidiMapper, inbox: Inbox) -> None:
    learned: list[MidiBinding] = []
    mapper.use((STRENGTH,))
    mapper.learn("structure", learned.append)
    mapper.handle(mido.Message("clock"))
    mapper.handle(pad(0))  # let go: that is no wiggle
    mapper.handle(knob(64))
    assert learned == [MidiBinding(0, False, 7, "structure")]
    assert taken(inbox) == []
    mapper.handle(knob(127))
    assert taken(inbox) == [Adjust(strength=1.0)]


def test_a_knob_has_one_target_and_a_target_one_knob() -> None:
    structure = MidiBinding(0, False, 7, "structure")
    other = MidiBinding(0, False, 9, "strength")
    assert bound((STRENGTH,), structure) == (structure,)
    assert bound((STRENGTH,), other) == (other,)
    assert bound((STRENGTH,), MidiBinding(1, False, 7, "steps"))[0] == STRENGTH


@pytest.mark.parametrize(
    ("target", "amount", "command"),
    [
        ("blend", 0.5, SetBlend(weight=0.5)),
        ("steps", 1.0, Adjust(steps=8)),
        ("style:ink", 1.0, ChooseStyle("ink")),
        ("cue:12", 1.0, GoToCue(12)),
        ("cue:x", 1.0, None),
        ("cue:12", 0.1, None),
        ("nothing", 1.0, None),
    ],
)
def test_each_target_stands_for_a_command(
    target: str, amount: float, command: Command | None
) -> None:
    assert command_for(target, amount) == command


class Port:
    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def opened() -> list[tuple[str, Callable[[Any], None], Port]]:
    return []


def test_a_device_is_opened_and_let_go(
    inbox: Inbox, opened: list[tuple[str, Callable[[Any], None], Port]]
) -> None:
    def open_port(name: str, on_message: Callable[[Any], None]) -> Port:
        opened.append((name, on_message, Port()))
        return opened[-1][2]

    midi = MidiSurface(inbox, open_port)
    midi.apply(MidiSettings(on=True, port="nanoKONTROL", bindings=(STRENGTH,)))
    name, on_message, port = opened[0]
    on_message(knob(127))
    assert (name, taken(inbox)) == ("nanoKONTROL", [Adjust(strength=1.0)])
    midi.apply(MidiSettings(on=False))
    assert port.closed
    assert len(opened) == 1


def test_without_its_backend_midi_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> list[str]:
        raise ImportError("No module named 'rtmidi'")

    monkeypatch.setattr("mido.get_input_names", missing)
    with pytest.raises(SettingError, match="python-rtmidi"):
        device_names()
