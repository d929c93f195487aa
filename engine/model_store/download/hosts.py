"""Where the components' files are: the hub, civitai. Each host announces its file's digest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from huggingface_hub import get_hf_file_metadata, get_token, hf_hub_url
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from engine.errors import DownloadError
from engine.files.digest import GIT_BLOB_LENGTH, SHA256_LENGTH
from engine.files.json_data import OLD_NAMES, parse_json
from engine.model_store.components import ComponentFile, ModelComponent
from engine.model_store.download.addresses import without_queries
from engine.model_store.download.tokens import civitai_token
from engine.model_store.download.transfer import RemoteFile

CIVITAI = "https://civitai.com"


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Where to download from.

    mirror: another host with the hub's interface. local: a folder with copies of the
    repositories (`OWNER/NAME/...`), the components (`PART/...`) or the bare files. offline: no
    network at all.
    """

    mirror: str | None = None
    local: Path | None = None
    offline: bool = False
    civitai: str = CIVITAI

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> DownloadOptions:
        """From the usual variables HF_ENDPOINT and HF_HUB_OFFLINE."""
        return cls(
            mirror=environment.get("HF_ENDPOINT") or None,
            offline=environment.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"},
        )


@dataclass(frozen=True, slots=True)
class Located:
    """A file found at its host, at a fixed revision."""

    file: ComponentFile
    remote: RemoteFile
    revision: str


def find_locally(component: ModelComponent, file: ComponentFile, folder: Path) -> Path | None:
    """The file in a local folder that replaces the hosts, if it is there."""
    candidates = (
        folder / component.repo / file.path,
        folder / component.name / file.path,
        folder / Path(file.path).name,
    )
    return next((path for path in candidates if path.is_file()), None)


def locate(
    component: ModelComponent, file: ComponentFile, options: DownloadOptions, client: httpx2.Client
) -> Located:
    """Ask the component's host for the file. Raises DownloadError."""
    if component.repo:
        return _on_hub(component, file, options)
    if component.civitai is not None:
        return _on_civitai(component, file, options, client)
    raise DownloadError(
        "This program knows no place where {component} is published.",
        "Get the file from the person who shared the style, and import it.",
        component=component.title,
    )


def _on_hub(component: ModelComponent, file: ComponentFile, options: DownloadOptions) -> Located:
    url = hf_hub_url(
        component.repo, file.path, revision=component.revision, endpoint=options.mirror
    )
    try:
        found = get_hf_file_metadata(
            url, endpoint=options.mirror, token=_hub_token(options) or False, retry_on_errors=True
        )
    except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError) as error:
        raise _denied(component, error) from error
    except EntryNotFoundError as error:
        raise _not_found(component, file) from error
    except (HfHubHTTPError, httpx2.HTTPError, OfflineModeIsEnabled, OSError) as error:
        raise unreachable(component, error) from error
    revision = found.commit_hash or component.revision
    fixed = hf_hub_url(component.repo, file.path, revision=revision, endpoint=options.mirror)
    digest = file.digest or _digest_in(found.etag)
    headers = _bearer(_hub_token(options))
    remote = RemoteFile(fixed, file.path, digest, file.size or found.size, headers)
    return Located(file, remote, revision)


def _hub_token(options: DownloadOptions) -> str | None:
    """The user's hub token, if there is one; never for a mirror."""
    return None if options.mirror else get_token()


def _bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _digest_in(etag: str | None) -> str:
    """The hub's ETag of a file is its SHA-256 or its git blob id; other hosts' ETags are not."""
    text = (etag or "").lower()
    known = len(text) in {SHA256_LENGTH, GIT_BLOB_LENGTH} and set(text) <= set("0123456789abcdef")
    return text if known else ""


def _on_civitai(
    component: ModelComponent, file: ComponentFile, options: DownloadOptions, client: httpx2.Client
) -> Located:
    headers = _bearer(civitai_token())
    published = _civitai_files(component, options, client, headers)
    digest, url = _civitai_choice(component, published)
    if not url.startswith(f"{options.civitai}/"):  # the token goes to civitai alone
        url = f"{options.civitai}/api/download/models/{component.civitai}?format=SafeTensor"
    remote = RemoteFile(
        url,
        file.path,
        file.digest or digest,
        file.size,
        headers,
    )
    return Located(file, remote, str(component.civitai))


@dataclass(frozen=True, slots=True)
class _CivitaiHashes:
    sha256: str = field(default="", metadata={OLD_NAMES: ("SHA256",)})


@dataclass(frozen=True, slots=True)
class _CivitaiFile:
    name: str = ""
    type: str = ""
    url: str = field(default="", metadata={OLD_NAMES: ("downloadUrl",)})
    hashes: _CivitaiHashes = field(default_factory=_CivitaiHashes)


@dataclass(frozen=True, slots=True)
class _CivitaiVersion:
    files: tuple[_CivitaiFile, ...] = ()


def _civitai_files(
    component: ModelComponent,
    options: DownloadOptions,
    client: httpx2.Client,
    headers: dict[str, str],
) -> tuple[_CivitaiFile, ...]:
    url = f"{options.civitai}/api/v1/model-versions/{component.civitai}"
    try:
        answer = client.get(url, headers=headers)
        if answer.status_code in {401, 403}:
            raise _denied(component, Exception(f"it answered {answer.status_code}"))
        answer.raise_for_status()
    except httpx2.HTTPError as error:
        raise unreachable(component, error) from error
    return parse_json(answer.text, _CivitaiVersion, "civitai's answer").files


def _civitai_choice(component: ModelComponent, files: tuple[_CivitaiFile, ...]) -> tuple[str, str]:
    """The digest and address of the version's main file in the safe format."""
    safe = [file for file in files if file.name.endswith(".safetensors")]
    safe.sort(key=lambda file: file.type != "Model")
    if not safe:
        raise DownloadError(
            "{component} is not offered in the safetensors format.",
            "Download it by hand and import it, if you trust its source.",
            component=component.title,
        )
    return safe[0].hashes.sha256.lower(), safe[0].url


def _not_found(component: ModelComponent, file: ComponentFile) -> DownloadError:
    return DownloadError(
        "{repo} has no {file} at revision {revision}.",
        "Use a mirror or a local folder, or a newer version of this program.",
        repo=component.repo,
        file=file.path,
        revision=component.revision,
    )


def _denied(component: ModelComponent, error: Exception) -> DownloadError:
    return DownloadError(
        "The host refuses to send {component}: {reason}.",
        "Accept its terms on the host's website, then log in or enter your access token here.",
        component=component.title,
        reason=_first_line(error),
    )


def unreachable(component: ModelComponent, error: Exception) -> DownloadError:
    """The user's message for a host that does not answer as it should."""
    return DownloadError(
        "{component} could not be reached at its host: {reason}.",
        "Check that this computer is online, or choose a mirror or a local folder.",
        component=component.title,
        reason=_first_line(error),
    )


def _first_line(error: Exception) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0]
    return without_queries(line).rstrip(".")
