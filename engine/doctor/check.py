"""One condition, and what follows from a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """Something looked at. passed: None where it cannot be known, or does not matter here.

    detail: what was found. remedy: what to do about it, to be pasted where it is a command; ""
    where nothing has to be done.
    """

    name: str
    passed: bool | None
    detail: str
    remedy: str = ""


def good(name: str, detail: str) -> Check:
    """All is well."""
    return Check(name, passed=True, detail=detail)


def bad(name: str, detail: str, remedy: str) -> Check:
    """The main job cannot run like this."""
    return Check(name, passed=False, detail=detail, remedy=remedy)


def unknown(name: str, detail: str, remedy: str = "") -> Check:
    """It cannot be known, or is only worth saying."""
    return Check(name, passed=None, detail=detail, remedy=remedy)


def can_run(checks: Iterable[Check]) -> bool:
    """Whether the main job, camera to model to virtual camera, can run."""
    return all(check.passed is not False for check in checks)
