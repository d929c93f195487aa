"""One file, brought here through every kind of bad host."""

import errno
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from engine.concurrency.cancellation import CancellationToken, Cancelled
from engine.errors import DownloadError
from engine.model_store.download.transfer import ATTEMPTS, RemoteFile, Transfer, partial_of
from tests.engine.model_store.hub import (
    Hub,
    cut_after,
    ignores_ranges,
    login_page,
    redirect,
    refusal,
    running_hub,
    too_long,
    wrong_bytes,
)

CONTENT = bytes(range(256)) * 40_000  # 10 MB
NAME = "owner/name/file.bin"


@pytest.fixture
def remote(hub: Hub) -> RemoteFile:
    digest = hub.put("owner/name", "file.bin", CONTENT)
    url = f"{hub.url}/owner/name/resolve/main/file.bin"
    return RemoteFile(url, "file.bin", digest, len(CONTENT))


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(follow_redirects=True, timeout=5.0) as client:
        yield client


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "file.bin"


def test_a_file_arrives_whole_and_its_digest_is_given(
    remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    seen: list[int] = []
    digest = Transfer(client).download(remote, target, seen.append)
    assert digest == hashlib.sha256(target.read_bytes()).hexdigest() == remote.digest
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENT)
    assert not partial_of(target).exists()


def test_a_cut_connection_is_resumed_where_it_broke(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    hub.moods[NAME].extend([cut_after(3_000_000), cut_after(2_000_000)])
    Transfer(client, backoff=0.0).download(remote, target)
    assert target.read_bytes() == CONTENT
    starts = [int(asked[6:-1]) for asked in hub.ranges() if asked]
    assert len(starts) == 2
    assert 0 < starts[0] < starts[1]


def test_the_next_run_goes_on_from_what_is_here(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    target.parent.mkdir()
    partial_of(target).write_bytes(CONTENT[:5_000_000])
    Transfer(client).download(remote, target)
    assert hub.ranges() == ["bytes=5000000-"]
    assert target.read_bytes() == CONTENT


def test_a_host_without_ranges_sends_it_all_again(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    target.parent.mkdir()
    partial_of(target).write_bytes(CONTENT[:5_000_000])
    hub.moods[NAME].append(ignores_ranges)
    Transfer(client).download(remote, target)
    assert target.read_bytes() == CONTENT


def test_wrong_earlier_bytes_are_thrown_away_once(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    target.parent.mkdir()
    partial_of(target).write_bytes(b"x" * 5_000_000)
    Transfer(client).download(remote, target)
    assert target.read_bytes() == CONTENT
    assert hub.ranges() == ["bytes=5000000-", ""]


@pytest.mark.parametrize("mood", [wrong_bytes, too_long, login_page])
def test_what_is_not_the_published_file_is_refused_and_leaves_nothing(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path, mood: object
) -> None:
    hub.moods[NAME].append(mood)  # type: ignore[arg-type]
    unknown_length = replace(remote, size=None) if mood is too_long else remote
    with pytest.raises(DownloadError):
        Transfer(client, backoff=0.0).download(unknown_length, target)
    assert not target.exists()


@pytest.mark.parametrize(("status", "word"), [(404, "no longer"), (401, "token"), (403, "token")])
def test_a_refusal_is_told_at_once(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path, status: int, word: str
) -> None:
    hub.moods[NAME].append(refusal(status))
    with pytest.raises(DownloadError, match=word):
        Transfer(client).download(remote, target)
    assert len(hub.requests) == 1


def test_the_users_token_stays_with_the_host_that_it_is_for(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    with running_hub() as elsewhere:
        elsewhere.put("owner", "name/file.bin", CONTENT)  # /owner/name/resolve/main/file.bin
        address = f"{elsewhere.url.replace('127.0.0.1', 'localhost')}/owner/name/x/y/file.bin"
        hub.moods[NAME].append(redirect(address))
        secret = replace(remote, headers={"Authorization": "Bearer secret"})
        Transfer(client).download(secret, target)
        assert target.read_bytes() == CONTENT
        assert hub.headers[-1]["Authorization"] == "Bearer secret"
        assert not any("Authorization" in headers for headers in elsewhere.headers)


def test_a_busy_host_is_given_the_time_it_asks_for(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    waits: list[float] = []

    class Watch(CancellationToken):
        def sleep(self, seconds: float) -> None:
            waits.append(seconds)

    hub.moods[NAME].extend([refusal(429, Retry_After="7"), refusal(503), refusal(500)])
    Transfer(client, Watch(), backoff=0.25).download(remote, target)
    assert waits == [7.0, 1.0, 2.0]
    assert target.read_bytes() == CONTENT


def test_a_host_that_never_delivers_is_given_up(
    hub: Hub, remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    hub.moods[NAME].extend([refusal(500)] * (ATTEMPTS + 1))
    with pytest.raises(DownloadError, match="500"):
        Transfer(client, backoff=0.0).download(remote, target)
    assert len(hub.requests) == ATTEMPTS


def test_no_host_at_all_is_told(client: httpx2.Client, target: Path) -> None:
    nowhere = RemoteFile("http://127.0.0.1:1/x", "x")
    with pytest.raises(DownloadError, match="online"):
        Transfer(client, backoff=0.0).download(nowhere, target)


def test_cancel_stops_at_once_and_keeps_what_came(
    remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    control = CancellationToken()
    with pytest.raises(Cancelled):
        Transfer(client, control).download(remote, target, lambda _: control.cancel())
    assert not target.exists()
    assert partial_of(target).stat().st_size >= 1 << 20


def test_pause_holds_until_resumed(remote: RemoteFile, client: httpx2.Client, target: Path) -> None:
    control = CancellationToken()
    control.pause()
    thread = threading.Thread(target=Transfer(client, control).download, args=(remote, target))
    thread.start()
    thread.join(0.3)
    assert thread.is_alive()
    control.resume()
    thread.join(10)
    assert target.read_bytes() == CONTENT


def test_a_full_disk_is_told_and_keeps_what_came(
    remote: RemoteFile, client: httpx2.Client, target: Path
) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DownloadError, match="full"):
        Transfer(client).download(remote, target, no_room)
    assert partial_of(target).exists()
