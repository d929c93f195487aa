"""Both ends on a computer that is offline."""

from __future__ import annotations

import pytest
from aioice import ice

from engine.remote.loopback import allow_loopback


@pytest.mark.parametrize(
    ("found", "offered"), [([], ["127.0.0.1"]), (["192.168.1.20"], ["192.168.1.20"])]
)
def test_loopback_is_offered_where_there_is_nothing_else(
    monkeypatch: pytest.MonkeyPatch, found: list[str], offered: list[str]
) -> None:
    monkeypatch.setattr(ice, "get_host_addresses", lambda **_: found)
    allow_loopback()
    allow_loopback()
    assert ice.get_host_addresses(use_ipv4=True, use_ipv6=True) == offered
