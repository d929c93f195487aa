"""Pairing, the pin, and what is said where something is wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyStore

from engine.control.web.certificate import fingerprint
from engine.errors import ElsewhereError, SettingError
from engine.remote import pairing
from engine.remote.address import parse_address
from engine.remote.pairing import forget, pair, remember, remembered
from engine.remote.pinned_http import Door, Visit, ask
from tests.engine.remote.conftest import KeptInMemory
from tests.engine.remote.server import CODE, TOKEN, Conduct, Server


def test_the_certificate_seen_at_pairing_is_pinned(secure_server: Server, tmp_path: Path) -> None:
    door = pair(parse_address(secure_server.address), CODE)
    shown = fingerprint(tmp_path / "certificate").replace(":", "").lower()
    assert (door.pin, door.token) == (shown, TOKEN)
    assert ask(door, "GET", "/health").data["max_size"] == "1280x720"


def test_another_certificate_is_told_nothing(secure_server: Server) -> None:
    address = parse_address(secure_server.address)
    with pytest.raises(ElsewhereError, match="its certificate is another"):
        ask(Door(address, "0" * 64, TOKEN), "POST", "/pair", b'{"code": "x", "name": "y"}')


def test_a_wrong_code_is_refused_in_one_sentence(server: Server) -> None:
    with pytest.raises(SettingError, match="does not accept this code"):
        pair(parse_address(server.address), "ZZZZ-ZZZZ")
    with pytest.raises(SettingError, match="does not accept this code"):
        pair(parse_address(server.address), " ")


def test_a_pairing_is_kept_in_the_key_store_until_it_is_forgotten(
    secure_server: Server, key_store: KeptInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = pair(parse_address(secure_server.address), CODE)
    assert remember(door) is None
    monkeypatch.setattr(pairing, "_known", {})  # another run
    assert remembered(door.address) == door
    forget(door.address)
    assert not key_store.secrets
    with pytest.raises(ElsewhereError, match="is not paired"):
        remembered(door.address)


def test_without_a_key_store_a_pairing_lasts_until_the_program_ends(server: Server) -> None:
    keyring.set_keyring(NoKeyStore())  # type: ignore[no-untyped-call]
    door = pair(parse_address(server.address), CODE)
    unkept = remember(door)
    assert unkept is not None
    assert "no key store" in str(unkept)
    assert remembered(door.address) == door


def test_a_secret_of_the_key_store_that_is_none_counts_as_unpaired(
    key_store: KeptInMemory, server: Server
) -> None:
    remember(pair(parse_address(server.address), CODE))
    for key in key_store.secrets:
        key_store.secrets[key] = '{"token": 5'
    pairing._known.clear()
    with pytest.raises(ElsewhereError, match="is not paired"):
        remembered(parse_address(server.address))


def test_a_closed_port_and_an_unknown_name_are_told_apart() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ElsewhereError, match="No engine answers"):
        pair(parse_address(f"https://127.0.0.1:{port}"), CODE)
    with pytest.raises(ElsewhereError, match="There is no computer named"):
        pair(parse_address("https://no-such-computer.invalid:8733"), CODE)


@pytest.mark.parametrize(
    "words", [b"SSH-2.0-OpenSSH_9.2\r\n", b"", b"HTTP/1.1 200 OK\r\n\r\nhello"]
)
def test_whatever_is_no_engine_is_told_so(words: bytes) -> None:
    with answering(words) as port:
        for scheme in ("http", "https"):
            with pytest.raises(ElsewhereError, match=r"not an engine|No engine answers"):
                pair(parse_address(f"{scheme}://127.0.0.1:{port}"), CODE)


def test_a_connection_that_was_closed_between_two_requests_is_made_again() -> None:
    words = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with answering(words) as port, Visit(Door(parse_address(f"http://127.0.0.1:{port}"))) as visit:
        assert [visit.ask("GET", "/styles").status for _ in range(3)] == [200] * 3


def test_after_an_answer_without_end_the_next_one_is_read(server: Server, conduct: Conduct) -> None:
    with Visit(Door(parse_address(server.address), "", TOKEN)) as visit:
        conduct.picture = bytes(2 << 20)
        with pytest.raises(ElsewhereError, match="not an engine"):
            visit.ask("GET", "/styles/ink")
        conduct.picture = b"small"
        assert visit.ask("GET", "/styles/ink").body == b"small"


def test_an_answer_without_end_is_not_read(server: Server, conduct: Conduct) -> None:
    conduct.picture = bytes(2 << 20)
    with pytest.raises(ElsewhereError, match="not an engine"):
        ask(Door(parse_address(server.address), "", TOKEN), "GET", "/styles/ink")


@contextmanager
def answering(words: bytes) -> Iterator[int]:
    """Something else that listens: it says these words to everybody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                with peer:
                    peer.settimeout(0.2)
                    try:
                        peer.recv(4096)
                        peer.sendall(words)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join()
