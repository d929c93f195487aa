"""Records of results and messages, as both ends read and write them."""

import json
import struct

import pytest

from engine.control.commands import PANIC, Adjust
from engine.errors import EngineError
from engine.remote.wire import (
    End,
    Record,
    WholeSettings,
    pack_records,
    read_message,
    unpack_records,
)
from engine.settings import WHOLE, Behind, Composition, LiveSettings, Styled

RECORD = Record(0xFFFFFFFF, 7, 12.5, 80.25)


def test_a_record_is_sixteen_bytes_in_network_order() -> None:
    assert pack_records([RECORD]) == struct.pack(">IIff", 0xFFFFFFFF, 7, 12.5, 80.25)


def test_a_message_repeats_at_most_three_records_before_the_newest() -> None:
    records = [Record(number, 0, 0.0, 0.0) for number in range(6)]
    assert unpack_records(pack_records(records)) == tuple(records[:4])


@pytest.mark.parametrize("size", [0, 1, 15, 17, 80])
def test_what_is_no_record_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="no records"):
        unpack_records(b"x" * size)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"command": "panic"}', PANIC),
        ('{"command": "adjust", "strength": 0.5}', Adjust(strength=0.5)),
        ('{"command": "end"}', End()),
    ],
)
def test_messages_are_the_commands_of_everywhere_and_the_end(text: str, message: object) -> None:
    assert read_message(text) == (message, None)


def test_an_id_comes_back() -> None:
    assert read_message('{"command": "panic", "id": [1]}') == (PANIC, [1])


def test_whole_settings_come_over_without_what_would_show_something_unstyled() -> None:
    raw = LiveSettings(
        style="ink", strength=0.4, composition=Composition(Styled.ROOM, Behind.PICTURE, "/etc/x")
    )
    message, _ = read_message(json.dumps(WholeSettings(raw).data()))
    assert message == WholeSettings(LiveSettings(style="ink", strength=0.4, composition=WHOLE))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        '{"command": "settings"}',
        '{"command": "settings", "live": 3}',
        '{"command": "settings", "live": {"strength": 9}}',
        '{"command": "show-original"}',
        '{"command": "end", "now": 1}',
        "[" * 10_000,
        '{"command": "panic"}' + " " * 20_000,
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(EngineError) as refused:
        read_message(text)
    assert refused.value.message
    assert refused.value.remedy
