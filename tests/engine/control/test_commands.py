import json
import math
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.control.commands import (
    KINDS,
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetInput,
    SetMark,
    command_from,
    data_of,
    parse_command,
)
from engine.control.targets import SLIDERS, Scale
from engine.errors import EngineError, SettingError
from engine.paths import RESOURCES
from engine.settings import FitMode
from engine.video.watermark import Corner

EVERY_KIND: list[Command] = [
    *(Do(action) for action in Action),
    ChooseStyle("ink"),
    ApplyPreset("Evening"),
    SetBlend("oil", 0.5),
    SetBlend(weight=0.25),
    Adjust(strength=0.5, steps=2, prompt=""),
    SetMark(False, Corner.TOP_LEFT),
    SetInput("demo", mirror=True, fit=FitMode.CROP, rotate=90),
    GoToCue(3),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("command", EVERY_KIND, ids=str)
def test_what_is_written_is_read(command: Command) -> None:
    assert parse_command(json.dumps(data_of(command))) == command


def test_every_kind_is_tried() -> None:
    assert {type(command) for command in EVERY_KIND} == {Do, *KINDS.values()}


@given(JSON, st.sampled_from([*KINDS, *(action.value for action in Action)]))
def test_nonsense_is_refused_with_a_sentence(words: object, name: str) -> None:
    named = {"command": name} | (words if isinstance(words, dict) else {"name": words})
    for data in (words, named):
        with suppress(EngineError):  # and nothing else
            command_from(data)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_command_are_refused(text: bytes) -> None:
    with pytest.raises(SettingError):
        parse_command(text)


@pytest.mark.parametrize("text", ['{"command":"adjust","strength":NaN}', "[" * 4000, "1" * 5000])
def test_hostile_json_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        parse_command(text)
    assert math.isnan(json.loads("NaN"))  # the library itself would take it


def test_the_page_has_the_sliders_ranges() -> None:
    script = (RESOURCES / "remote" / "remote.js").read_text(encoding="utf-8")
    written = script.split("const SLIDERS = {")[1].split("}")[0]
    found = re.findall(r"(\w+): \[([\d.]+), ([\d.]+)\]", written)
    ranges = {name: Scale(float(low), float(high)) for name, low, high in found}
    assert len(ranges) == 4
    assert ranges == {name: SLIDERS[name] for name in ranges}
