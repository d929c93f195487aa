"""Checks whether optional libraries are installed and built for the present torch."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec

import torch
from packaging.requirements import Requirement

from engine.errors import DeviceError
from engine.installation import is_bundle

_IN_A_BUNDLE = (
    "Choose another accelerator, or start the program from a copy of its repository, where "
    ".venv/bin/python -m pip install {library} adds it."
)
"""Installers bring neither compilers nor what only runs on one maker's cards."""


def check_installed(name: str) -> None:
    """Raise DeviceError unless a library is installed and built for this torch. Imports nothing."""
    try:
        needs = metadata.requires(name) or []
    except metadata.PackageNotFoundError as error:
        raise _missing(name) from error
    for need in map(Requirement, needs):
        present = torch.__version__.partition("+")[0]
        if need.name == "torch" and not need.specifier.contains(present, prereleases=True):
            raise DeviceError(
                "The installed {library} is for torch{wanted}, and torch {present} is installed.",
                "Install a {library} made for this torch, or choose another accelerator.",
                library=name,
                wanted=str(need.specifier),
                present=present,
            )


def check_triton() -> None:
    """Raise DeviceError without torch.compile's compiler. On Linux, it is installed with torch."""
    if find_spec("triton") is None:
        raise _missing("triton")


def _missing(library: str) -> DeviceError:
    return DeviceError(
        "{library} is not installed.",
        _IN_A_BUNDLE if is_bundle() else "Install it, or choose another accelerator.",
        library=library,
    )


def version_of(name: str) -> str:
    """The version of an installed library, or an empty string."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
