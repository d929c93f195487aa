"""The components of published models and styles: which files, from where, and on what terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from engine.errors import ModelError
from engine.files.names import LONGEST_NAME, fits_a_line, shown

LONGEST_TITLE, LONGEST_PATH = 300, 500
"""Characters."""

RESERVED = "installed.json"
"""The record of what is installed, in each component's folder."""


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
        check_title(self.title)
        if not self.files:
            raise ModelError(
                "The component {name} lists no files.", "List at least one.", name=self.name
            )

    @property
    def size(self) -> int:
        """Bytes of all files whose size is known beforehand."""
        return sum(file.size or 0 for file in self.files)

    @property
    def pinned(self) -> bool:
        """Whether the revision is a commit, so that it always stands for the same bytes."""
        return re.fullmatch(r"[0-9a-f]{40}", self.revision) is not None


Accept = Callable[[ModelComponent], bool]
"""Shows a component's licence and says whether the user accepts it."""


def check_name(name: str) -> None:
    """Raise ModelError unless the name can safely name a folder."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name):
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
    pure = PurePosixPath(path)
    outside = not path or pure.is_absolute() or ".." in pure.parts
    too_long = len(path) > LONGEST_PATH or any(
        len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in pure.parts
    )
    unusable = re.search(r'[\\:<>"|?*]', path) is not None or not fits_a_line(path)
    if outside or too_long or unusable or pure.name.casefold() == RESERVED:
        raise ModelError(
            "'{path}' is not a valid file name for a component.",
            "Use a path within the component's own folder.",
            path=shown(path),
        )
