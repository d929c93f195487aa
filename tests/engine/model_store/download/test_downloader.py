"""Whole parts from a hub on loopback: terms, room, mirror, local folder, offline, civitai."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from engine.concurrency.cancellation import CancellationToken, Cancelled
from engine.errors import DownloadError, SettingError
from engine.events import Progress
from engine.model_store.components import ComponentFile, Licence, ModelComponent, Role
from engine.model_store.download import tokens
from engine.model_store.download.downloader import Downloader
from engine.model_store.download.hosts import DownloadOptions
from engine.model_store.installed import InstalledModels
from tests.engine.model_store.hub import COMMIT, Hub, civitai_answer, cut_after

A, B = b"a" * 2_000_000, b"b" * 1_000_000
TERMS = Licence("MIT", "https://example.org/licence")


class MemoryKeyring:
    """A key store that forgets."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def key_store(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    store = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_password", store.get_password)
    monkeypatch.setattr(keyring, "set_password", store.set_password)
    monkeypatch.setattr(keyring, "delete_password", store.delete_password)
    return store


@pytest.fixture
def part(hub: Hub) -> ModelComponent:
    files = (ComponentFile("a.bin", hub.put("own/repo", "a.bin", A)), ComponentFile("sub/b.bin"))
    hub.put("own/repo", "sub/b.bin", B)
    return ModelComponent("thing", "The thing", Role.BASE, files, TERMS, repo="own/repo")


@pytest.fixture
def fetch(hub: Hub, library: InstalledModels) -> Callable[[ModelComponent], None]:
    options = DownloadOptions(mirror=hub.url)
    return lambda part: Downloader(library, options, backoff=0.0).download([part], yes)


def yes(_: ModelComponent) -> bool:
    return True


def test_every_file_arrives_and_is_recorded_with_the_commit(
    fetch: Callable[[ModelComponent], None], part: ModelComponent, library: InstalledModels
) -> None:
    fetch(part)
    assert library.path_of(part, part.files[1]).read_bytes() == B
    assert library.has(part)
    known = library.pinned(part)
    assert known.revision == COMMIT
    assert known.files[1].digest == hashlib.sha256(B).hexdigest()


def test_what_is_here_is_not_fetched_again(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    library: InstalledModels,
    hub: Hub,
) -> None:
    fetch(part)
    library.path_of(part, part.files[1]).unlink()
    hub.requests.clear()
    fetch(part)
    assert [path.rsplit("/", 1)[1] for _, path, _ in hub.requests] == ["b.bin"]


def test_a_new_version_in_the_catalogue_is_fetched(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    library: InstalledModels,
    hub: Hub,
) -> None:
    fetch(part)
    newer = ComponentFile("a.bin", hub.put("own/repo", "a.bin", B))
    part = replace(part, files=(newer, part.files[1]))
    assert library.missing(part) == (newer,)
    fetch(part)
    assert library.path_of(part).read_bytes() == B


def test_progress_counts_the_bytes_of_the_whole_download(
    hub: Hub, part: ModelComponent, library: InstalledModels
) -> None:
    seen: list[Progress] = []
    hub.moods["own/repo/a.bin"].append(cut_after(1_000_000))
    options = DownloadOptions(mirror=hub.url)
    Downloader(library, options, listener=seen.append, backoff=0.0).download([part], yes)
    assert {progress.total for progress in seen} == {len(A) + len(B)}
    assert seen[-1].done == len(A) + len(B)


def test_bytes_that_differ_from_what_the_host_announced_are_refused(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    library: InstalledModels,
    hub: Hub,
) -> None:
    hub.moods["own/repo/sub/b.bin"].append(lambda handler, _: handler.send_whole(b"?" * len(B)))
    with pytest.raises(DownloadError, match="differs from the published file"):
        fetch(part)
    assert library.missing(part) == (part.files[1],)


def test_a_file_the_repository_lacks_is_told(
    fetch: Callable[[ModelComponent], None], part: ModelComponent, hub: Hub
) -> None:
    del hub.files["own/repo/sub/b.bin"]
    with pytest.raises(DownloadError, match=r"has no sub/b.bin"):
        fetch(part)


def test_terms_are_asked_for_once_and_a_no_fetches_nothing(
    hub: Hub, part: ModelComponent, library: InstalledModels
) -> None:
    downloader = Downloader(library, DownloadOptions(mirror=hub.url))
    with pytest.raises(DownloadError, match="not accepted"):
        downloader.download([part], lambda _: False)
    assert hub.requests == []
    downloader.download([part], yes)
    library.remove(part)
    downloader.download([part], lambda _: False)
    assert library.has(part)


def test_too_small_a_disk_is_told_before_the_first_byte(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    hub: Hub,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(InstalledModels, "free_bytes", lambda _: 1_000_000)
    with pytest.raises(DownloadError, match=r"needs 0\.00 GB"):
        fetch(part)
    assert hub.requests == []


def test_offline_is_respected(part: ModelComponent, library: InstalledModels, hub: Hub) -> None:
    downloader = Downloader(library, DownloadOptions(mirror=hub.url, offline=True))
    with pytest.raises(DownloadError, match="offline"):
        downloader.download([part], yes)


def test_a_mirror_never_sees_the_users_hub_token(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    hub: Hub,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(part)
    assert len(hub.headers) == 4  # a look and a fetch for each of two files
    assert not any("Authorization" in headers for headers in hub.headers)


def test_a_local_folder_stands_in_for_the_host(
    part: ModelComponent, library: InstalledModels, tmp_path: Path
) -> None:
    (tmp_path / "own" / "repo" / "sub").mkdir(parents=True)
    (tmp_path / "own" / "repo" / "a.bin").write_bytes(A)
    (tmp_path / "own" / "repo" / "sub" / "b.bin").write_bytes(B)
    Downloader(library, DownloadOptions(local=tmp_path, offline=True)).download([part], yes)
    assert library.verify(part) == ()


def test_a_local_copy_of_something_else_is_refused(
    part: ModelComponent, library: InstalledModels, tmp_path: Path
) -> None:
    (tmp_path / "a.bin").write_bytes(B)
    (tmp_path / "b.bin").write_bytes(B)
    with pytest.raises(DownloadError, match="differs from the published file"):
        Downloader(library, DownloadOptions(local=tmp_path, offline=True)).download([part], yes)
    assert not library.has(part)


def test_a_cancelled_download_goes_on_next_time(
    hub: Hub, part: ModelComponent, library: InstalledModels
) -> None:
    control = CancellationToken()
    options = DownloadOptions(mirror=hub.url)
    downloader = Downloader(
        library, options, listener=lambda _: control.cancel(), cancellation=control
    )
    with pytest.raises(Cancelled):
        downloader.download([part], yes)
    Downloader(library, options).download([part], yes)
    assert any(asked for asked in hub.ranges())
    assert library.verify(part) == ()


def test_verify_names_a_damaged_file(
    fetch: Callable[[ModelComponent], None], part: ModelComponent, library: InstalledModels
) -> None:
    fetch(part)
    path = library.path_of(part)
    path.write_bytes(A[:-1] + b"!")
    assert library.verify(part) == ("a.bin",)


def test_the_library_can_be_moved(
    fetch: Callable[[ModelComponent], None],
    part: ModelComponent,
    library: InstalledModels,
    tmp_path: Path,
) -> None:
    fetch(part)
    moved = InstalledModels(library.folder.rename(tmp_path / "elsewhere"))
    assert moved.verify(part) == ()
    assert moved.accepted(TERMS)


def test_civitai_is_asked_with_the_users_token_and_for_the_hash(
    hub: Hub, library: InstalledModels, key_store: MemoryKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hub.files["api/download"] = A  # /api/download/models/69832
    civitai_answer(hub, 69832, hashlib.sha256(A).hexdigest())
    tokens.keep_civitai_token(" secret ")
    style = ModelComponent(
        "look", "Look", Role.LORA, (ComponentFile("l.safetensors"),), TERMS, civitai=69832
    )
    Downloader(library, DownloadOptions(civitai=hub.url)).download([style], yes)
    assert library.path_of(style).read_bytes() == A
    assert {headers["Authorization"] for headers in hub.headers} == {"Bearer secret"}
    written = [path for path in library.folder.rglob("*") if path.is_file()]
    assert not any(b"secret" in path.read_bytes() for path in written)
    assert caplog.text
    assert "secret" not in caplog.text


def test_the_token_can_be_forgotten(key_store: MemoryKeyring) -> None:
    tokens.keep_civitai_token("secret")
    tokens.forget_civitai_token()
    assert tokens.civitai_token() is None


def test_a_system_without_key_store_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str) -> None:
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "set_password", fail)
    with pytest.raises(SettingError, match="CIVITAI_TOKEN"):
        tokens.keep_civitai_token("secret")
