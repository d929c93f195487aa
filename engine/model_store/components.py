"""The components of published models and styles: which files, from where, and on what terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from engine.errors import ModelError
from engine.files.json_data import NOT_STORED
from engine.files.names import fits_a_line, shown

MANIFEST = "installed.json"
"""The record of what is installed, in each component's folder."""

LONGEST_TITLE, LONGEST_PATH = 300, 200
"""Characters of a title, and of a file's path within its component."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_REPO = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class Role(Enum):
    """What a component is for."""

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
    """The terms that a component is published under."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ComponentFile:
    """One file of a component. path is relative to the component's folder and its repository.

    digest is a SHA-256 (64 hexadecimal digits), or the git blob id (40) by which the hub names
    its small files; empty where it is not known beforehand: then what the host announces at the
    first download is checked and kept. size in bytes, None where not known.
    """

    path: str
    digest: str = ""
    size: int | None = None

    def __post_init__(self) -> None:
        check_path(self.path)
        if not re.fullmatch(r"|[0-9a-f]{40}|[0-9a-f]{64}", self.digest):
            raise ModelError(
                "'{digest}' of {path} is not a valid digest.",
                "Give 64 hexadecimal digits of SHA-256, or nothing.",
                digest=shown(self.digest),
                path=self.path,
            )
        if self.size is not None and self.size < 0:
            raise ModelError(
                "The size of {path} is below zero.",
                "Give the number of bytes, or nothing.",
                path=self.path,
            )


@dataclass(frozen=True, slots=True)
class ModelComponent:
    """Something that is downloaded once and used by one or more models and styles.

    It comes from a repository of the hub at a revision, or from civitai by its version id; with
    neither it is the user's own and can only be imported. owner: the style of the user's own that
    brought it, and whose folder its files are in; empty for a component of the catalogue.
    """

    name: str
    title: str
    role: Role
    files: tuple[ComponentFile, ...]
    licence: Licence
    repo: str = ""
    revision: str = "main"
    civitai: int | None = None
    owner: str = field(default="", metadata={NOT_STORED: True})

    def __post_init__(self) -> None:
        check_name(self.name)
        check_title(self.title)
        paths = {file.path.casefold() for file in self.files}
        if not self.files or len(paths) < len(self.files):
            raise ModelError(
                "The component {name} lists no files, or one twice.",
                "List each file once.",
                name=self.name,
            )
        if self.repo and not _REPO.fullmatch(self.repo):
            raise ModelError(
                "'{repo}' is not a valid repository.",
                "Write it as OWNER/NAME.",
                repo=shown(self.repo),
            )

    @property
    def size(self) -> int:
        """Bytes of all files whose size is known beforehand."""
        return sum(file.size or 0 for file in self.files)

    @property
    def pinned(self) -> bool:
        """Whether the revision is a commit, so that it always stands for the same bytes."""
        return re.fullmatch(r"[0-9a-f]{40}", self.revision) is not None

    def same_as(self, other: ModelComponent) -> bool:
        """Whether both come from the same place and list the same files.

        A digest that only one of them knows does not count as a difference.
        """
        digests, others = ({file.path: file.digest for file in c.files} for c in (self, other))
        return (
            (self.role, self.repo, self.civitai) == (other.role, other.repo, other.civitai)
            and digests.keys() == others.keys()
            and all(_may_be_equal(digest, others[path]) for path, digest in digests.items())
        )


Accept = Callable[[ModelComponent], bool]
"""Shows a component's licence and says whether the user accepts it."""


def check_name(name: str) -> None:
    """Raise ModelError unless the name can safely name a folder."""
    if not _NAME.fullmatch(name) or name.endswith(".") or _DEVICES.fullmatch(name):
        raise ModelError(
            "'{name}' is not a valid name for a component or a style.",
            "Use at most 64 lower-case letters, digits, dots, hyphens and underscores.",
            name=shown(name),
        )


def check_title(title: str) -> None:
    """Raise ModelError unless a title fits on one line of a list."""
    if len(title) > LONGEST_TITLE or not fits_a_line(title):
        raise ModelError(
            "'{title}' is not a valid title.",
            "Use one line of at most {longest} characters.",
            title=shown(title),
            longest=LONGEST_TITLE,
        )


def check_path(path: str) -> None:
    """Raise ModelError unless the path stays within the folder it is relative to, on any system."""
    if not _is_safe_path(path):
        raise ModelError(
            "'{path}' is not a valid file name for a component.",
            "Use a short path within the component's own folder, without reserved names.",
            path=shown(path),
        )


def _is_safe_path(path: str) -> bool:
    """Whether a relative path means the same file on every system, and none that is reserved."""
    return (
        len(path) <= LONGEST_PATH
        and path.isprintable()
        and all(_is_safe_name(name) for name in path.split("/"))
    )


def _is_safe_name(name: str) -> bool:
    """Whether a file or folder may have this name. Windows drops dots and spaces at the end."""
    folded = name.casefold()
    return (
        name.rstrip(". ") == name != ""
        and not _NOT_IN_NAMES.search(name)
        and not _DEVICES.fullmatch(folded)
        and folded != MANIFEST
        and not folded.endswith(".partial")
    )


def _may_be_equal(digest: str, other: str) -> bool:
    return len(digest) != len(other) or digest == other
