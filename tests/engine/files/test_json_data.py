"""Broken, foreign and old JSON files: refused by file and field, or read as they were meant."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pytest

from engine.errors import EngineError, ModelError, SettingError
from engine.files.json_data import (
    LARGEST_FILE,
    NOT_STORED,
    OLD_NAMES,
    parse_json,
    read_json,
    to_json,
    write_json,
)
from engine.settings import Behind, Blend, Composition, LiveSettings, Styled


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Brush:
    width: int
    name: str = ""
    softness: float = 0.5
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Box:
    brushes: tuple[Brush, ...] = field(default=(), metadata={OLD_NAMES: ("pens",)})
    reach: tuple[float, float] = (0.0, 1.0)
    labels: dict[str, str] = field(default_factory=dict)
    lid: bool = True
    price: int | None = None
    folder: str = field(default="", metadata={NOT_STORED: True})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "b.json cannot be read: "),
        ("[]", "an object is expected"),
        ('{"brushes": 3}', "brushes: a list is expected"),
        ('{"brushes": "abc"}', "brushes: a list is expected"),
        ('{"brushes": [{}]}', r"brushes\[0\].width: it is missing"),
        ('{"brushes": [{"width": true}]}', r"brushes\[0\].width: a whole number is expected"),
        ('{"brushes": [{"width": 1.5}]}', "a whole number is expected"),
        ('{"brushes": [{"width": 1, "name": 2}]}', "name: text is expected"),
        ('{"brushes": [{"width": 1, "colour": "green"}]}', "colour: one of red, blue is expected"),
        ('{"brushes": [{"width": 1, "softness": "x"}]}', "softness: a number is expected"),
        ('{"brushes": [{"width": 1, "softness": 1e999}]}', "the number is too large"),
        ('{"brushes": [{"width": 1, "softness": NaN}]}', "NaN"),
        ('{"brushes": [{"width": 99999999999999999999}]}', "the number is too large"),
        ('{"brushes": [{"width": 1, "name": "\\ud800"}]}', "characters that cannot be stored"),
        ('{"reach": [1]}', "reach: 2 items are expected"),
        ('{"labels": []}', "labels: an object is expected"),
        ('{"labels": {"a": 1}}', "labels.*: text is expected"),
        ('{"lid": 1}', "lid: true or false is expected"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_said_by_file_and_field(text: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        parse_json(text, Box, "b.json")
    assert caught.value.message.startswith("b.json cannot be read: ")


def test_everything_survives_the_round_trip_but_what_is_not_stored(tmp_path: Path) -> None:
    box = Box((Brush(3, "ä", colour=Colour.BLUE),), (0.0, 2.5), {"a": "b"}, lid=False, folder="/x")
    write_json(tmp_path / "box.json", box)
    found = read_json(tmp_path / "box.json", Box)
    assert (found.brushes, found.reach, found.labels, found.lid) == (
        box.brushes, box.reach, box.labels, False,
    )  # fmt: skip
    assert found.folder == ""


def test_an_old_name_is_read_and_the_new_one_wins() -> None:
    old = '{"pens": [{"width": 1}]}'
    assert parse_json(old, Box, "").brushes == (Brush(1),)
    both = '{"brushes": [{"width": 2}], "pens": [{"width": 1}]}'
    assert parse_json(both, Box, "").brushes == (Brush(2),)


def test_live_settings_of_an_older_version_keep_their_values() -> None:
    text = '{"smoothness": 0.25, "steadiness": 0.5, "blend": {"style": "ink", "weight": 0.5}}'
    live = parse_json(text, LiveSettings, "")
    assert (live.noise_consistency, live.flicker_reduction) == (0.25, 0.5)
    assert live.blend == Blend("ink", 0.5)
    assert "steadiness" not in to_json(live)


@pytest.mark.parametrize("styled", list(Styled))
def test_who_is_unstyled_is_never_remembered(styled: Styled) -> None:
    live = LiveSettings(composition=Composition(styled, Behind.PICTURE, "/home/me/beach.png"))
    text = to_json(live)
    assert "composition" not in text
    assert "beach" not in text
    assert parse_json(text, LiveSettings, "").composition == Composition()
    forged = '{"composition": {"styled": "room"}}'
    assert parse_json(forged, LiveSettings, "").composition == Composition()


def test_a_value_out_of_its_range_keeps_its_own_message() -> None:
    with pytest.raises(SettingError, match=r"Strength is 9.*from 0.2 to 1"):
        parse_json('{"strength": 9}', LiveSettings, "")


def test_unknown_fields_are_ignored_unless_strictness_is_asked_for() -> None:
    assert parse_json('{"hologram": 1}', Box, "") == Box()
    with pytest.raises(ModelError, match="unknown fields: hologram"):
        parse_json('{"hologram": 1}', Box, "", strict=True)


@pytest.mark.parametrize("content", [b"\xff\xfe", b" " * (LARGEST_FILE + 1)])
def test_what_is_not_text_or_far_too_large_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "box.json"
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"box\.json cannot be read"):
        read_json(path, Box)


def test_a_missing_file_is_a_readable_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.json cannot be read"):
        read_json(tmp_path / "none.json", Box)


def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(ModelError, match="it is not a file"):
        read_json(tmp_path / "pipe.json", Box)


def test_a_device_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    with pytest.raises(ModelError, match="it is not a file"):
        read_json(tmp_path / "zero.json", Box)


@pytest.mark.parametrize("number", ["1" + 400 * "0", 5000 * "9", "-1e400"])
def test_a_number_beyond_all_bounds_is_refused(number: str) -> None:
    for name in ("width", "softness"):
        with pytest.raises(ModelError, match="cannot be read") as caught:
            parse_json(f'{{"width": 1, "{name}": {number}}}', Brush, "b.json")
        assert len(caught.value.message) < 400


def test_what_is_wrong_is_said_in_one_short_line() -> None:
    with pytest.raises(ModelError) as caught:
        parse_json(f'{{"{9000 * "x"}\\n": 1}}', Box, "b.json", strict=True)
    assert len(caught.value.message) < 400
    assert "\n" not in caught.value.message


def test_half_a_character_is_written_as_a_question_mark(tmp_path: Path) -> None:
    write_json(tmp_path / "b.json", Brush(1, "film\udcff.mp4"))
    assert read_json(tmp_path / "b.json", Brush).name == "film?.mp4"


def test_a_number_that_json_lacks_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "b.json", Brush(1, softness=float("nan")))
    assert not (tmp_path / "b.json").exists()
