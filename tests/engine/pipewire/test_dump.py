import json

import pytest

from engine.pipewire.dump import read_dump


def node(number: int, **properties: str) -> dict[str, object]:
    return {"id": number, "info": {"props": properties}}


def test_one_list_is_read_as_it_is() -> None:
    listed = [node(1, name="a"), node(2, name="b")]
    assert read_dump(json.dumps(listed).encode()) == listed
    assert read_dump("") == []


def test_what_changed_while_it_was_printed_counts_and_what_is_gone_does_not() -> None:
    printed = [[node(1, name="a"), node(2, name="b")], [{"id": 1, "info": None}], [node(2)]]
    assert read_dump("\n".join(json.dumps(one, indent=2) for one in printed) + "\n") == [node(2)]


@pytest.mark.parametrize("text", ["{", "no", "[1] {}", '"text"'])
def test_nonsense_is_said(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own is one
        read_dump(text)
