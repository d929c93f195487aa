import pytest

from engine.files.names import shown


@pytest.mark.parametrize("text", ["plain words", "猫\u3000and ä", "👩\u200d🎨", ""])
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_what_cannot_be_printed_is_replaced() -> None:
    assert shown("a\0b\nc\ud800d\u202ee") == "a�b�c�d�e"


def test_long_text_loses_its_middle() -> None:
    assert shown("a" * 50 + "b" * 50, 10) == "aaaaa…bbbbb"
