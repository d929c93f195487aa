"""Where the parts' files are: the hub, civitai. Each host tells what its file must be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
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
from engine.files.json_fields import Fields
from engine.model_store.components import ComponentFile, ModelComponent
from engine.model_store.download.tokens import civitai_token
from engine.model_store.download.transfer import RemoteFile

CIVITAI = "https://civitai.com"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """From where to fetch.

    mirror: another host that answers as the hub does. local: a folder with copies of the
    repositories (`OWNER/NAME/...`), the parts (`PART/...`) or the bare files. offline: no
    network at all.
    """

    mirror: str | None = None
    local: Path | None = None
    offline: bool = False
    civitai: str = CIVITAI

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> FetchOptions:
        """What the usual variables say: HF_ENDPOINT, HF_HUB_OFFLINE."""
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


def find_locally(part: ModelComponent, file: ComponentFile, folder: Path) -> Path | None:
    """The file in a local folder that stands in for the hosts, if it is there."""
    candidates = (
        folder / part.repo / file.path,
        folder / part.name / file.path,
        folder / Path(file.path).name,
    )
    return next((path for path in candidates if path.is_file()), None)


def locate(
    part: ModelComponent, file: ComponentFile, options: FetchOptions, client: httpx2.Client
) -> Located:
    """Ask the part's host for the file. Raises DownloadError."""
    if part.repo:
        return _on_hub(part, file, options)
    if part.civitai is not None:
        return _on_civitai(part, file, options, client)
    raise DownloadError(
        "{part} is not published anywhere that this program knows.",
        "Get the file from whoever shared the style, and import it.",
        part=part.title,
    )


def _on_hub(part: ModelComponent, file: ComponentFile, options: FetchOptions) -> Located:
    url = hf_hub_url(part.repo, file.path, revision=part.revision, endpoint=options.mirror)
    try:
        found = get_hf_file_metadata(
            url, endpoint=options.mirror, token=_hub_token(options) or False, retry_on_errors=True
        )
    except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError) as error:
        raise _not_given(part, error) from error
    except EntryNotFoundError as error:
        raise _not_there(part, file) from error
    except (HfHubHTTPError, httpx2.HTTPError, OfflineModeIsEnabled, OSError) as error:
        raise unreachable(part, error) from error
    revision = found.commit_hash or part.revision
    fixed = hf_hub_url(part.repo, file.path, revision=revision, endpoint=options.mirror)
    digest = file.digest or _digest_in(found.etag)
    headers = _bearer(_hub_token(options))
    remote = RemoteFile(fixed, file.path, digest, file.size or found.size, headers)
    return Located(file, remote, revision)


def _hub_token(options: FetchOptions) -> str | None:
    """The user's hub token, if there is one; never for a mirror."""
    return None if options.mirror else get_token()


def _bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _digest_in(etag: str | None) -> str:
    """The hub's tag of a file is its SHA-256 or its git blob id; other hosts' tags are not."""
    text = (etag or "").lower()
    known = len(text) in {SHA256_LENGTH, GIT_BLOB_LENGTH} and set(text) <= set("0123456789abcdef")
    return text if known else ""


def _on_civitai(
    part: ModelComponent, file: ComponentFile, options: FetchOptions, client: httpx2.Client
) -> Located:
    headers = _bearer(civitai_token())
    published = _civitai_files(part, options, client, headers)
    digest, url = _civitai_choice(part, published)
    if not url.startswith(f"{options.civitai}/"):  # the token goes to civitai alone
        url = f"{options.civitai}/api/download/models/{part.civitai}?format=SafeTensor"
    remote = RemoteFile(
        url,
        file.path,
        file.digest or digest,
        file.size,
        headers,
    )
    return Located(file, remote, str(part.civitai))


def _civitai_files(
    part: ModelComponent, options: FetchOptions, client: httpx2.Client, headers: dict[str, str]
) -> list[Fields]:
    url = f"{options.civitai}/api/v1/model-versions/{part.civitai}"
    try:
        answer = client.get(url, headers=headers)
        if answer.status_code in {401, 403}:
            raise _not_given(part, Exception(f"it answered {answer.status_code}"))
        answer.raise_for_status()
        return list(Fields(answer.json(), "civitai's answer").objects("files"))
    except (httpx2.HTTPError, ValueError) as error:
        raise unreachable(part, error) from error


def _civitai_choice(part: ModelComponent, files: list[Fields]) -> tuple[str, str]:
    """The digest and address of the version's main file in the safe format."""
    safe = [file for file in files if file.text("name", "").endswith(".safetensors")]
    safe.sort(key=lambda file: file.text("type", "") != "Model")
    if not safe:
        raise DownloadError(
            "{part} is not offered in the safetensors format.",
            "Fetch it by hand and import it, if you trust where it comes from.",
            part=part.title,
        )
    return safe[0].object("hashes").text("SHA256", "").lower(), safe[0].text("downloadUrl", "")


def _not_there(part: ModelComponent, file: ComponentFile) -> DownloadError:
    return DownloadError(
        "{repo} has no {file} at revision {revision}.",
        "Use a mirror or a local folder, or look for a newer version of this program.",
        repo=part.repo,
        file=file.path,
        revision=part.revision,
    )


def _not_given(part: ModelComponent, error: Exception) -> DownloadError:
    return DownloadError(
        "The host does not give {part}: {reason}.",
        "Accept its terms on the host's page and log in or give this app your token.",
        part=part.title,
        reason=_first_line(error),
    )


def unreachable(part: ModelComponent, error: Exception) -> DownloadError:
    """The user's words for a host that does not answer as it should."""
    return DownloadError(
        "{part} could not be found at its host: {reason}.",
        "See whether this computer is online, or name a mirror or a local folder.",
        part=part.title,
        reason=_first_line(error),
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
