"""The command `serve`: ready in plain text, and devices that can be taken back."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import serve
from engine.cluster import availability
from engine.errors import SettingError
from engine.server import service
from engine.server.settings import Address, ServeSettings, parse_address
from tests.engine.server.peers import serving

ROOT = Path(__file__).parents[2]


def test_it_prints_a_code_as_a_plain_line_of_its_own_and_ends_in_peace(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "FORCE_COLOR": "1"}
    process = subprocess.Popen(
        [sys.executable, "main.py", "serve", "--listen", "127.0.0.1:0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
    finally:
        process.send_signal(signal.SIGTERM)
    assert re.fullmatch(r"code: [A-Z0-9]{4}-[A-Z0-9]{4}\n", lines[0])
    assert re.search(r"https://127\.0\.0\.1:\d+\n", lines[1])
    assert re.search(r"([0-9A-F]{2}:){31}[0-9A-F]{2}\n", lines[2])
    assert process.wait(60) == 0


class Unread(io.StringIO):
    """A pipe whose reader has gone."""

    def flush(self) -> None:
        raise BrokenPipeError


def test_a_server_goes_on_where_nobody_reads_its_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as server:
        monkeypatch.setattr(server.server, "_announce", serve._say)
        access = server.server.access
        code = access.pairing.code
        assert code is not None
        monkeypatch.setattr(sys, "stdout", Unread())
        token = server.token()
        assert access.pairing.redeem(code)
        wait_until(lambda: access.pairing.code not in (None, code))
        store = service.devices(tmp_path)  # as another process has it
        store.remove(store.devices[0].id)
        wait_until(lambda: access.caller(token) is None)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60.0
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0.0.0.0:8733", Address("0.0.0.0", 8733)),
        ("127.0.0.1:0", Address("127.0.0.1", 0)),
        ("localhost:9000", Address("127.0.0.1", 9000)),
        ("192.168.1.20", Address("192.168.1.20", 8733)),
    ],
)
def test_an_address_may_be_with_or_without_a_port(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize("text", ["", ":", "8733", "example.org:1", "1.2.3.4:x", "1.2.3.4:99999"])
def test_another_address_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SettingError, match="not an address"):
        parse_address(text)


def test_pictures_do_not_leave_the_computer_without_encryption() -> None:
    with pytest.raises(SettingError, match="without encryption"):
        ServeSettings(Address("0.0.0.0"), plain_http=True)
    assert ServeSettings(Address("127.0.0.1"), plain_http=True).plain_http


def test_paired_devices_are_listed_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "config_dir", lambda: tmp_path)
    device, token = service.devices().add("Laptop")
    shown = CliRunner().invoke(serve.serve_app, ["--devices"])
    assert device.id in shown.output
    assert "Laptop" in shown.output
    again = CliRunner().invoke(serve.serve_app, ["--revoke", device.id])
    assert device.id not in again.output
    assert service.devices().find(token) is None
    wrong = CliRunner().invoke(serve.serve_app, ["--revoke", device.id])
    assert isinstance(wrong.exception, SettingError)


def test_a_cluster_without_ray_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "find_spec", lambda _: None)
    asked = CliRunner().invoke(serve.serve_app, ["--cluster"])
    assert isinstance(asked.exception, SettingError)
    assert "pip install" in asked.exception.remedy


def test_a_file_of_settings_is_a_clusters() -> None:
    asked = CliRunner().invoke(serve.serve_app, ["--config", "cluster.yaml"])
    assert isinstance(asked.exception, SettingError)


def test_the_command_line_goes_before_the_clusters_file() -> None:
    given = serve._given(serve.ServeOptions(listen="127.0.0.1:0", streams=3, cluster=True))
    assert given == {"listen": "127.0.0.1:0", "streams": 3}
