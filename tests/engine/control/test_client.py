"""Programs of the same user, without pairing."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.control.client import ControlClient
from engine.control.commands import ChooseStyle
from engine.control.local_access import FILE, LocalAccess, announce, withdraw
from engine.errors import EngineError, SettingError
from tests.engine.control.hosts import Serving, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def web(tmp_path: Path, folder: Path) -> Iterator[Serving]:
    with serving(tmp_path) as running:
        announce(LocalAccess(running.port, running.access.local_token), folder)
        yield running


def test_a_program_of_the_same_user_finds_the_window(web: Serving, folder: Path) -> None:
    client = ControlClient(folder)
    assert client.send(ChooseStyle("ink"))["live"]["style"] == "ink"
    assert client.status()["live"]["style"] == "ink"
    assert client.figures() is None


def test_what_the_window_says_is_said(web: Serving, folder: Path) -> None:
    with pytest.raises(SettingError, match=r"There is no such style\. Look\."):
        ControlClient(folder).send(ChooseStyle("nowhere"))


def test_no_proxy_of_the_environment_is_asked(
    web: Serving, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ControlClient(folder).status()["session"] == "off"


def test_without_a_window_that_is_said(folder: Path) -> None:
    with pytest.raises(EngineError, match="No window can be controlled"):
        ControlClient(folder)
    (folder / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(EngineError, match="No window can be controlled"):
        ControlClient(folder)
    withdraw(folder)
    assert not (folder / FILE).exists()
    withdraw(folder)


def test_a_window_that_has_crashed_is_no_window(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        announce(LocalAccess(taken.getsockname()[1], "old"), folder)
    with pytest.raises(EngineError, match="No window can be controlled"):
        ControlClient(folder).status()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b'HTTP/1.1 401 Unauthorized\r\nContent-Length: 16\r\n\r\n{"message": "x"}',
    ],
)
def test_another_program_at_its_port_is_no_window(folder: Path, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        announce(LocalAccess(other.getsockname()[1], "old"), folder)

        def serve() -> None:
            peer, _ = other.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(EngineError, match="No window can be controlled"):
            ControlClient(folder).status()
        thread.join()


def test_the_file_is_readable_by_its_owner_alone(folder: Path) -> None:
    announce(LocalAccess(8732, "secret"), folder)
    assert (folder / FILE).stat().st_mode & 0o077 == 0
