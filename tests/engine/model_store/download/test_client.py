"""Downloads are encrypted, bounded, and keep signed addresses out of every message."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from engine.errors import DownloadError
from engine.model_store.download import transfer as transfers
from engine.model_store.download.addresses import without_queries
from engine.model_store.download.client import new_client
from engine.model_store.download.transfer import RemoteFile, Transfer, partial_of
from tests.engine.model_store.hub import Handler, Hub, redirect, refusal

NAME = "owner/name/file.bin"
CONTENT = b"x" * 3_000_000
SIGNED = "X-Amz-Signature=SIGNED-SECRET"


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def remote(hub: Hub) -> RemoteFile:
    """A file of which nothing is known beforehand."""
    hub.put("owner/name", "file.bin", CONTENT)
    return RemoteFile(f"{hub.url}/owner/name/resolve/main/file.bin", "file.bin")


def download(remote: RemoteFile, target: Path) -> None:
    with new_client() as client:
        Transfer(client, backoff=0.0).download(remote, target)


def without_length(handler: Handler, content: bytes) -> None:
    """The content until the connection closes, as old hosts send it."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(content)
    handler.close_connection = True


def test_a_redirect_to_plain_http_is_refused(hub: Hub, remote: RemoteFile, tmp_path: Path) -> None:
    hub.moods[NAME].append(redirect(f"http://files.invalid/file.bin?{SIGNED}"))
    with pytest.raises(DownloadError, match=r"files\.invalid without encryption"):
        download(remote, tmp_path / "file.bin")
    assert not (tmp_path / "file.bin").exists()


def test_plain_http_is_refused_from_the_beginning(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="without encryption"):
        download(RemoteFile("http://files.invalid/file.bin", "file.bin"), tmp_path / "file.bin")


def test_only_the_mirror_that_the_user_named_may_use_plain_http() -> None:
    with new_client("http://mirror.invalid:8080") as client:
        [check] = client.event_hooks["request"]
        check(httpx2.Request("GET", "http://mirror.invalid:8080/file"))
        with pytest.raises(DownloadError, match="without encryption"):
            check(httpx2.Request("GET", "http://other.invalid/file"))


@pytest.mark.parametrize("length_is_known", [True, False])
def test_a_file_that_is_too_large_for_any_model_is_refused(
    hub: Hub,
    remote: RemoteFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    length_is_known: bool,
) -> None:
    monkeypatch.setattr(transfers, "LARGEST_FILE", 2_000_000)
    if not length_is_known:
        hub.moods[NAME].append(without_length)
    with pytest.raises(DownloadError, match="no model's file should be"):
        download(remote, tmp_path / "file.bin")
    assert not (tmp_path / "file.bin").exists()
    assert partial_of(tmp_path / "file.bin").stat().st_size <= 2_000_000


def test_a_download_of_unknown_length_leaves_the_disk_some_space(
    hub: Hub, remote: RemoteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = transfers.SPACE_TO_LEAVE + 2_500_000

    def usage(folder: Path) -> Disk:
        partial = partial_of(Path(folder) / "file.bin")
        return Disk(0, 0, start - (partial.stat().st_size if partial.exists() else 0))

    monkeypatch.setattr(shutil, "disk_usage", usage)
    hub.moods[NAME].append(without_length)
    with pytest.raises(DownloadError, match="is full"):
        download(remote, tmp_path / "file.bin")
    assert 0 < partial_of(tmp_path / "file.bin").stat().st_size <= 2_500_000


@pytest.mark.parametrize("answer", [refusal(500), refusal(404), refusal(403), refusal(400)])
def test_a_signed_address_reaches_neither_the_log_nor_an_error(
    hub: Hub,
    remote: RemoteFile,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    answer: Callable[[Handler, bytes], None],
) -> None:
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # as the window's log does
    caplog.set_level(logging.INFO)
    signed = f"{remote.url}?{SIGNED}"
    for _ in range(transfers.ATTEMPTS):
        hub.moods[NAME].extend([redirect(signed), answer])
    with pytest.raises(DownloadError) as failed:
        download(remote, tmp_path / "file.bin")
    assert any(SIGNED in path for _, path, _ in hub.requests)
    assert "SECRET" not in str(failed.value)
    assert "SECRET" not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["http://files.invalid/x", "ftp://files.invalid/x", "https://[bad", "http://127.0.0.1:1/x"],
)
def test_a_signed_address_that_cannot_be_used_is_not_repeated(
    hub: Hub, remote: RemoteFile, tmp_path: Path, address: str
) -> None:
    hub.moods[NAME].extend([redirect(f"{address}?{SIGNED}")] * transfers.ATTEMPTS)
    with pytest.raises(DownloadError) as failed:
        download(remote, tmp_path / "file.bin")
    assert "SECRET" not in str(failed.value)


def test_an_address_in_a_text_loses_its_query_only() -> None:
    text = f"for url 'https://cdn.example/a/b.bin?{SIGNED}&x=1#y' it answered 403"
    assert without_queries(text) == "for url 'https://cdn.example/a/b.bin' it answered 403"


def test_a_resumed_download_is_bounded_as_well(
    remote: RemoteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers, "LARGEST_FILE", 2_000_000)
    partial_of(tmp_path / "file.bin").write_bytes(CONTENT[:1_500_000])
    with pytest.raises(DownloadError, match="no model's file should be"):
        download(replace(remote, size=len(CONTENT)), tmp_path / "file.bin")
