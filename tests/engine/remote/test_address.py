"""Addresses of engines, as people write them."""

from __future__ import annotations

import pytest

from engine.errors import SettingError
from engine.remote.address import EngineAddress, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://192.168.1.20:8733", EngineAddress("192.168.1.20", 8733)),
        (" studio.local:9000 ", EngineAddress("studio.local", 9000)),
        ("studio", EngineAddress("studio", 8733)),
        ("https://[fd00::2]:8733/#pair=ABCD-EFGH", EngineAddress("fd00::2", 8733)),
        ("http://127.0.0.1:8000", EngineAddress("127.0.0.1", 8000, tls=False)),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, address: EngineAddress) -> None:
    assert parse_address(text) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://",
        "ftp://studio:1",
        "https://a b:1",
        "https://me:secret@studio:1",
        "https://studio:99999",
        "https://studio:0",
        "https://[fd00::2",
        "x" * 400,
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(SettingError, match="is not the address of an engine"):
        parse_address(text)


def test_pictures_never_leave_this_computer_unencrypted() -> None:
    with pytest.raises(SettingError, match="only over HTTPS"):
        parse_address("http://192.168.1.20:8733")
