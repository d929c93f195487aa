"""The parts of published models and styles: which files, from where, and on what terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from engine.errors import ModelError
from engine.files.json_fields import Fields


class Role(Enum):
    """What a part is for."""

    BASE = "base"
    MOTION = "motion"
    FEW_STEP = "few-step"
    AUTOENCODER = "autoencoder"
    DEPTH = "depth"
    CHECKPOINT = "checkpoint"
    LORA = "lora"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms a part is published under."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ComponentFile:
    """One file of a part. path is relative to the part's folder and to its repository.

    digest is a SHA-256 (64 hexadecimal digits), or the git blob id (40) by which the hub names
    its small files; empty where it is not known beforehand: then what the host announces at the
    first download is checked and kept. size in bytes, None where not known.
    """

    path: str
    digest: str = ""
    size: int | None = None

    def __post_init__(self) -> None:
        pure = PurePosixPath(self.path)
        if not self.path or pure.is_absolute() or ".." in pure.parts or "\\" in self.path:
            raise ModelError(
                "{path!r} is no file name that a part may have.",
                "A path within the part's own folder is needed.",
                path=self.path,
            )
        if not re.fullmatch(r"|[0-9a-f]{40}|[0-9a-f]{64}", self.digest):
            raise ModelError(
                "{digest!r} of {path} is no digest.",
                "Give 64 hexadecimal digits of SHA-256, or nothing.",
                digest=self.digest,
                path=self.path,
            )


@dataclass(frozen=True, slots=True)
class ModelComponent:
    """Something to fetch once and use in one or more models and styles.

    It comes from a repository of the hub at a revision, or from civitai by its version id; with
    neither it is the user's own and can only be imported.
    """

    name: str
    title: str
    role: Role
    files: tuple[ComponentFile, ...]
    licence: Licence
    repo: str = ""
    revision: str = "main"
    civitai: int | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.files:
            raise ModelError("The part {name} names no file.", "Name at least one.", name=self.name)

    @property
    def size(self) -> int:
        """Bytes of all files whose size is known beforehand."""
        return sum(file.size or 0 for file in self.files)

    @property
    def pinned(self) -> bool:
        """The revision is a commit, so the same bytes come for ever."""
        return re.fullmatch(r"[0-9a-f]{40}", self.revision) is not None


def check_name(name: str) -> None:
    """Raise ModelError unless the name can safely name a folder."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name):
        raise ModelError(
            "{name!r} is no name for a part or a style.",
            "Use small letters, digits, dots, dashes and underscores, at most 64.",
            name=name,
        )


def component_from(data: Fields) -> ModelComponent:
    """Read a part. Raises ModelError naming what is wrong."""
    licence = data.object("licence")
    return ModelComponent(
        name=data.text("name"),
        title=data.text("title"),
        role=_role(data),
        files=tuple(
            ComponentFile(file.text("path"), file.text("digest", ""), file.maybe_whole("size"))
            for file in data.objects("files")
        ),
        licence=Licence(licence.text("name"), licence.text("url", "")),
        repo=data.text("repo", ""),
        revision=data.text("revision", "main"),
        civitai=data.maybe_whole("civitai"),
    )


def component_data(part: ModelComponent) -> dict[str, object]:
    """The JSON form that `part_from` reads; fields without a value are left out."""
    files = [
        {"path": file.path}
        | ({"digest": file.digest} if file.digest else {})
        | ({"size": file.size} if file.size is not None else {})
        for file in part.files
    ]
    data: dict[str, object] = {"name": part.name, "title": part.title, "role": part.role.value}
    if part.repo:
        data |= {"repo": part.repo, "revision": part.revision}
    if part.civitai is not None:
        data["civitai"] = part.civitai
    return data | {"licence": {"name": part.licence.name, "url": part.licence.url}, "files": files}


def _role(data: Fields) -> Role:
    try:
        return Role(data.text("role"))
    except ValueError as error:
        raise ModelError(
            "{where}: {role!r} is no role of a part.",
            "The roles are {roles}.",
            where=data.where,
            role=data.text("role"),
            roles=", ".join(role.value for role in Role),
        ) from error
