"""Pairing and tokens."""

import json
import os
import sys
from pathlib import Path

import pytest

from engine.control.pairing import ALPHABET, LASTS_S, MOST_TRIES, Pairing
from engine.control.rate_limit import RateLimit
from engine.control.tokens import MOST_DEVICES, TokenStore
from engine.errors import SettingError


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "control" / "paired.json"


def test_a_code_is_two_halves_that_nobody_misreads() -> None:
    codes = {Pairing().begin() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        first, second = code.split("-")
        assert len(first) == len(second) == 4
        assert set(first + second) <= set(ALPHABET)
    assert not set("01ILO") & set(ALPHABET)


def test_a_code_is_good_once(clock: Clock) -> None:
    pairing = Pairing(clock=clock)
    code = pairing.begin()
    assert pairing.redeem(f" {code.lower().replace('-', '')} ")
    assert pairing.code is None
    assert not pairing.redeem(code)


def test_a_code_expires(clock: Clock) -> None:
    pairing, lasting = Pairing(clock=clock), Pairing(lasts_s=None, clock=clock)
    code, kept = pairing.begin(), lasting.begin()
    clock.now = LASTS_S + 1
    assert not pairing.redeem(code)
    assert lasting.redeem(kept)


def test_a_code_is_void_after_too_many_wrong_ones(clock: Clock) -> None:
    pairing = Pairing(clock=clock)
    code = pairing.begin()
    assert not any(pairing.redeem("AAAA-AAAA") for _ in range(MOST_TRIES))
    assert not pairing.redeem(code)


def test_without_a_code_nothing_is_one(clock: Clock) -> None:
    pairing = Pairing(clock=clock)
    assert not pairing.redeem("")
    pairing.begin()
    pairing.end()
    assert not pairing.redeem("")


def test_a_token_is_known_after_a_restart_and_not_written_down(path: Path) -> None:
    device, token = TokenStore(path).add("  Phone\n")
    again = TokenStore(path)
    assert again.find(token) == device
    assert again.find(token + "x") is None
    assert again.find("") is None
    assert token not in path.read_text(encoding="utf-8")
    assert "\n" not in device.name


@pytest.mark.skipif(sys.platform == "win32", reason="rights are different there")
def test_the_list_is_readable_by_its_owner_alone(path: Path) -> None:
    TokenStore(path).add("Phone")
    assert path.stat().st_mode & 0o077 == 0


def test_a_token_that_is_taken_back_is_refused_even_where_nothing_can_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TokenStore(path)
    device, token = store.add("Phone")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr("engine.control.tokens.write_text", fail)
        with pytest.raises(SettingError, match="cannot be written"):
            store.remove(device.id)
    assert store.find(token) is None


def test_there_is_a_limit_to_devices(path: Path) -> None:
    store = TokenStore(path)
    for number in range(MOST_DEVICES):
        store.add(str(number))
    with pytest.raises(SettingError, match="paired already"):
        store.add("one more")


@pytest.mark.parametrize("text", ["", "[]]", "null", '[{"id": 1}]', json.dumps({"a": 1})])
def test_a_broken_list_lets_nobody_in(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert TokenStore(path).devices == ()


def test_a_rate_limit_allows_a_burst_and_then_a_steady_rate(clock: Clock) -> None:
    limit = RateLimit(2.0, 3.0, clock=clock)
    assert [limit.allows() for _ in range(4)] == [True, True, True, False]
    clock.now = 1.0
    assert [limit.allows() for _ in range(3)] == [True, True, False]
    clock.now = 1000.0
    assert [limit.allows() for _ in range(4)] == [True, True, True, False]


def test_what_another_process_takes_back_or_adds_is_followed(path: Path) -> None:
    ours, theirs = TokenStore(path), TokenStore(path)
    device, token = ours.add("Phone")
    theirs.refresh()
    assert theirs.find(token) == device
    theirs.remove(device.id)
    other, _ = theirs.add("Tablet")
    ours.refresh()
    assert ours.find(token) is None
    assert ours.devices == (other,)
