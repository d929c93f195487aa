"""A list of new versions on loopback: tampered with, rolled back, frozen, cut off."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engine.errors import DownloadError
from engine.updates.check import (
    LARGEST,
    Seen,
    fetch_installer,
    installer_for_here,
    look_for_update,
)
from engine.updates.feed import Feed, InstallerFile
from engine.updates.signature import UntrustedError, public_key, verify
from engine.updates.source import Source, built_in_source

TODAY = datetime.date(2027, 1, 10)
FEED_URL = "https://updates.test/feed.json"
CONTENT = os.urandom(300_000)
INSTALLER = InstallerFile(
    "deb", "x86_64", "live2diff.deb", "https://updates.test/live2diff.deb", len(CONTENT),
    hashlib.sha256(CONTENT).hexdigest(),
)  # fmt: skip


class Signer:
    """Makes the files of minisign that a release would have."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        self._number = os.urandom(8)

    @property
    def public(self) -> str:
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(b"Ed" + self._number + raw).decode()

    def sign(self, content: bytes, comment: str = "of 2027") -> str:
        signature = self._key.sign(hashlib.blake2b(content).digest())
        whole = self._key.sign(signature + comment.encode())
        return (
            f"untrusted comment: -\n{base64.b64encode(b'ED' + self._number + signature).decode()}\n"
            f"trusted comment: {comment}\n{base64.b64encode(whole).decode()}\n"
        )


class Host:
    """Serves a list and an installer; `answer` may be replaced by a host that misbehaves."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.files: dict[str, bytes] = {}
        self.publish()

    def publish(self, **changes: object) -> None:
        values: dict[str, object] = {
            "format": 1, "number": 5, "expires": "2027-03-01", "version": "9.0.0",
            "page": "https://updates.test/", "news": "Faster.", "files": [],
        }  # fmt: skip
        content = json.dumps(values | changes).encode()
        self.files["/feed.json"] = content
        self.files["/feed.json.minisig"] = self.signer.sign(content).encode()

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        content = self.files.get(request.url.path)
        return httpx2.Response(404) if content is None else httpx2.Response(200, content=content)

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.answer))


@pytest.fixture
def host() -> Host:
    return Host(Signer())


@pytest.fixture
def look(host: Host, tmp_path: Path) -> Callable[[], Feed | None]:
    source = Source(FEED_URL, host.signer.public)
    return lambda: look_for_update(
        source, tmp_path / "seen.json", today=TODAY, present="1.0.0", client=host.client()
    )


def test_a_newer_version_is_told_with_what_is_new(look: Callable[[], Feed | None]) -> None:
    feed = look()
    assert feed is not None
    assert (feed.version, feed.news) == ("9.0.0", "Faster.")


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9"])
def test_the_same_or_an_older_version_is_no_news(
    host: Host, look: Callable[[], Feed | None], version: str
) -> None:
    host.publish(version=version)
    assert look() is None


def test_a_list_that_was_tampered_with_is_not_believed(
    host: Host, look: Callable[[], Feed | None]
) -> None:
    host.files["/feed.json"] = host.files["/feed.json"].replace(b"9.0.0", b"9.0.1")
    with pytest.raises(DownloadError, match="not the makers' own: the signature is not of"):
        look()


def test_a_list_of_somebody_else_is_not_believed(
    host: Host, look: Callable[[], Feed | None]
) -> None:
    host.signer = Signer()
    host.publish()
    with pytest.raises(DownloadError, match="signed with another key"):
        look()


def test_a_changed_comment_is_noticed() -> None:
    signer = Signer()
    signature = signer.sign(b"content").replace("of 2027", "of 2028")
    with pytest.raises(UntrustedError):
        verify(b"content", signature, public_key(signer.public))


def test_rolling_back_to_an_older_list_is_refused(
    host: Host, look: Callable[[], Feed | None]
) -> None:
    look()
    host.publish(number=4, version="8.0.0")
    with pytest.raises(DownloadError, match="an older list"):
        look()
    host.publish(number=5)
    assert look() is not None


def test_a_frozen_list_is_noticed_after_its_day(
    host: Host, look: Callable[[], Feed | None]
) -> None:
    host.publish(expires="2027-01-09")
    with pytest.raises(DownloadError, match="2027-01-09 and has not been renewed") as told:
        look()
    assert "https://updates.test/" in told.value.remedy
    host.publish(number=6)
    assert look() is not None, "a list that is renewed is believed again"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"version": "soon"},
        {"expires": "never"},
        {"page": "http://updates.test/"},
        {"files": [asdict(replace(INSTALLER, name="../evil"))]},
        {"files": [asdict(replace(INSTALLER, name="..\\evil"))]},
        {"files": [asdict(replace(INSTALLER, name=".."))]},
        {"files": [asdict(replace(INSTALLER, digest=""))]},
        {"files": [asdict(replace(INSTALLER, digest="a" * 40))]},
        {"files": [asdict(replace(INSTALLER, url="http://127.0.0.1/a"))]},
    ],
)  # fmt: skip
def test_a_signed_list_with_nonsense_is_refused_with_a_reason(
    host: Host, look: Callable[[], Feed | None], changes: dict[str, object]
) -> None:
    host.publish(**changes)
    with pytest.raises(DownloadError, match="cannot be believed"):
        look()


@pytest.mark.parametrize("name", ["/feed.json", "/feed.json.minisig"])
def test_a_list_without_end_is_given_up(
    host: Host, look: Callable[[], Feed | None], name: str
) -> None:
    host.files[name] = b"x" * (LARGEST + 1)
    with pytest.raises(DownloadError, match="far too large"):
        look()


@pytest.mark.parametrize("name", ["/feed.json", "/feed.json.minisig"])
def test_a_missing_file_is_told_plainly(
    host: Host, look: Callable[[], Feed | None], name: str
) -> None:
    del host.files[name]
    with pytest.raises(DownloadError, match="answered 404"):
        look()


def test_a_cut_connection_is_told_plainly(host: Host, look: Callable[[], Feed | None]) -> None:
    def cut(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("cut")

    host.answer = cut  # type: ignore[method-assign]
    with pytest.raises(DownloadError, match="could not be had: cut"):
        look()


def test_a_broken_memory_of_lists_keeps_no_updates_away(
    host: Host, look: Callable[[], Feed | None], tmp_path: Path
) -> None:
    (tmp_path / "seen.json").write_text("{")
    assert look() is not None


def test_the_number_of_a_list_that_was_refused_is_not_remembered(
    host: Host, look: Callable[[], Feed | None], tmp_path: Path
) -> None:
    host.publish(number=99, expires="2020-01-01")
    with pytest.raises(DownloadError):
        look()
    assert not (tmp_path / "seen.json").exists()
    assert Seen().number == 0


@pytest.mark.parametrize(
    ("system", "machine", "dpkg", "name"),
    [
        ("linux", "x86_64", "/usr/bin/dpkg", "deb x86_64"),
        ("linux", "aarch64", "/usr/bin/dpkg", "deb arm64"),
        ("linux", "x86_64", None, "tar x86_64"),
        ("win32", "AMD64", None, "windows x86_64"),
        ("darwin", "arm64", None, "macos arm64"),
        ("linux", "riscv64", None, None),
    ],
)
def test_each_system_gets_what_it_can_install(
    host: Host,
    look: Callable[[], Feed | None],
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    dpkg: str | None,
    name: str | None,
) -> None:
    kinds = [("deb", "x86_64"), ("deb", "arm64"), ("tar", "x86_64"), ("windows", "x86_64"),
             ("macos", "arm64")]  # fmt: skip
    host.publish(files=[
        asdict(replace(INSTALLER, kind=kind, machine=of, name=f"{kind}-{of}")) for kind, of in kinds
    ])  # fmt: skip
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("shutil.which", lambda _: dpkg)
    feed = look()
    assert feed is not None
    found = installer_for_here(feed)
    assert (found and f"{found.kind} {found.machine}") == name


def test_an_installer_resumes_where_it_was_cut_and_is_checked(host: Host, tmp_path: Path) -> None:
    asked: list[str] = []

    def cut_once(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.headers.get("Range", ""))
        if len(asked) == 1:
            return httpx2.Response(200, content=CONTENT[:100_000])
        start = int(asked[-1].removeprefix("bytes=").removesuffix("-"))
        headers = {"Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"}
        return httpx2.Response(206, content=CONTENT[start:], headers=headers)

    host.answer = cut_once  # type: ignore[method-assign]
    found = fetch_installer(INSTALLER, tmp_path, client=host.client())
    assert found.read_bytes() == CONTENT
    assert asked == ["", "bytes=100000-"]


def test_another_installer_in_its_place_never_appears(host: Host, tmp_path: Path) -> None:
    host.files["/live2diff.deb"] = CONTENT[::-1]
    with pytest.raises(DownloadError, match="differs from the published file"):
        fetch_installer(INSTALLER, tmp_path, client=host.client())
    assert not (tmp_path / INSTALLER.name).exists()


def test_without_a_key_nobody_is_asked(host: Host, tmp_path: Path) -> None:
    source = replace(built_in_source(), key="")
    with pytest.raises(DownloadError, match="does not look for new versions"):
        look_for_update(source, tmp_path / "seen.json", today=TODAY, client=host.client())


def test_what_minisign_itself_has_signed_is_accepted() -> None:
    """A key, a file and a signature made with minisign 0.10."""
    folder = Path(__file__).parent / "data"
    key = public_key((folder / "minisign.pub").read_text())
    signature = (folder / "feed.json.minisig").read_text()
    content = (folder / "feed.json").read_bytes()
    assert verify(content, signature, key) == "number 5"
    with pytest.raises(UntrustedError):
        verify(content + b" ", signature, key)
