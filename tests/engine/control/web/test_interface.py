"""The interface as a window has it: on, off, and in a network that is played by 127.0.0.2."""

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from engine.control.local_access import API, find_access
from engine.control.pairing import Pairing
from engine.control.settings import WebSettings
from engine.control.tokens import TokenStore
from engine.control.web.access import Access
from engine.control.web.certificate import fingerprint, server_context
from engine.control.web.interface import ControlInterface
from engine.control.web.server import MOST_SHAKING
from engine.errors import SettingError
from tests.engine.control.hosts import Host, run

NETWORK = "127.0.0.2"
"""Linux answers at the whole of 127.0.0.0/8."""

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="there is one loopback address")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.fixture
def access(tmp_path: Path) -> Access:
    return Access(TokenStore(tmp_path / "paired.json"), Pairing())


@pytest.fixture
def interface(
    host: Host, access: Access, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ControlInterface]:
    monkeypatch.setattr("engine.control.web.interface.network_address", lambda: NETWORK)
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    interface = ControlInterface(host.inbox, host.board, access, tmp_path, runtime)
    yield interface
    assert interface.close()


def status_at(url: str, token: str, tls: Any = None, **headers: str) -> int:
    async def get(session: aiohttp.ClientSession) -> int:
        key = {"Authorization": f"Bearer {token}", **headers}
        async with session.get(f"{url}{API}/status", headers=key, ssl=tls or True) as answer:
            return answer.status

    return run(get)


def test_it_is_off_until_it_is_switched_on_and_off_again_after(
    interface: ControlInterface, access: Access, port: int, tmp_path: Path
) -> None:
    url = f"http://127.0.0.1:{port}"
    assert interface.apply(WebSettings(on=False, port=port)).here == ""
    with pytest.raises(aiohttp.ClientConnectionError):
        status_at(url, access.local_token)
    assert interface.apply(WebSettings(on=True, port=port)).here == url
    assert status_at(url, access.local_token) == 200
    assert find_access(tmp_path / "run").token == access.local_token
    interface.apply(WebSettings(on=False, port=port))
    with pytest.raises(aiohttp.ClientConnectionError):
        status_at(url, access.local_token)
    with pytest.raises(SettingError):
        find_access(tmp_path / "run")


@only_linux
def test_the_network_is_not_answered_before_it_is_chosen(
    interface: ControlInterface, access: Access, port: int
) -> None:
    interface.apply(WebSettings(on=True, port=port))
    with pytest.raises(aiohttp.ClientConnectionError):
        status_at(f"http://{NETWORK}:{port}", access.local_token)


@only_linux
def test_the_network_is_answered_encrypted_alone_with_a_certificate_that_can_be_compared(
    interface: ControlInterface, access: Access, port: int
) -> None:
    answering = interface.apply(WebSettings(on=True, network=True, port=port))
    assert answering.network == f"https://{NETWORK}:{port}"
    pinned = aiohttp.Fingerprint(bytes.fromhex(answering.fingerprint.replace(":", "")))
    assert status_at(answering.network, access.local_token, pinned) == 200
    with pytest.raises(aiohttp.ClientError):
        status_at(f"http://{NETWORK}:{port}", access.local_token)
    with pytest.raises(aiohttp.ServerFingerprintMismatch):
        status_at(answering.network, access.local_token, aiohttp.Fingerprint(b"x" * 32))


@only_linux
def test_names_and_origins_are_checked_in_the_network_as_well(
    interface: ControlInterface, access: Access, port: int
) -> None:
    answering = interface.apply(WebSettings(on=True, network=True, port=port))
    pinned = aiohttp.Fingerprint(bytes.fromhex(answering.fingerprint.replace(":", "")))
    for headers, status in (
        ({"Host": f"localhost:{port}"}, 421),
        ({"Host": f"127.0.0.1:{port}"}, 421),
        ({"Origin": f"http://{NETWORK}:{port}"}, 403),
        ({"Origin": f"https://{NETWORK}:{port}"}, 200),
    ):
        assert status_at(answering.network, access.local_token, pinned, **headers) == status


@only_linux
def test_those_who_never_shake_hands_are_few_and_keep_nobody_out(
    interface: ControlInterface, access: Access, port: int
) -> None:
    answering = interface.apply(WebSettings(on=True, network=True, port=port))
    pinned = aiohttp.Fingerprint(bytes.fromhex(answering.fingerprint.replace(":", "")))
    halves = [socket.create_connection((NETWORK, port)) for _ in range(4 * MOST_SHAKING)]
    assert status_at(answering.network, access.local_token, pinned) == 200
    for half in halves[:MOST_SHAKING]:
        half.settimeout(60)
        with suppress(ConnectionError):
            assert half.recv(1) == b""
    for half in halves:
        half.close()


def test_without_a_network_this_computer_is_answered_all_the_same(
    interface: ControlInterface, access: Access, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.control.web.interface.network_address", lambda: None)
    answering = interface.apply(WebSettings(on=True, network=True, port=port))
    assert "no local network" in str(answering.error)
    assert status_at(answering.here, access.local_token) == 200


def test_a_port_that_is_taken_is_said(interface: ControlInterface, port: int) -> None:
    taken = socket.create_server(("127.0.0.1", port))
    with taken, pytest.raises(SettingError, match=f"uses the port {port}"):
        interface.apply(WebSettings(on=True, port=port))
    assert interface.apply(WebSettings(on=True, port=port)).here


def test_the_certificate_stays_the_same_until_it_is_broken(tmp_path: Path) -> None:
    assert isinstance(server_context(tmp_path), ssl.SSLContext)
    first = fingerprint(tmp_path)
    server_context(tmp_path)
    assert fingerprint(tmp_path) == first
    (tmp_path / "certificate.pem").write_bytes(b"broken")
    server_context(tmp_path)
    assert fingerprint(tmp_path) != first
    assert (tmp_path / "certificate.pem").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match="certificate"):
        server_context(tmp_path / "file")
