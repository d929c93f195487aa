"""One condition, and what follows from a list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.errors import filled, plain


@dataclass(frozen=True, slots=True)
class Check:
    """Something looked at. passed: None where it cannot be known, or does not matter here.

    name, detail and remedy are told by templates and `values`, as errors are. detail: what was
    found. remedy: what to do about it, to be pasted where it is a command; "" where nothing has
    to be done.
    """

    name_template: str
    passed: bool | None
    detail_template: str
    remedy_template: str = ""
    values: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What was looked at."""
        return filled(self.name_template, self.values)

    @property
    def detail(self) -> str:
        """What was found."""
        return filled(self.detail_template, self.values)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return filled(self.remedy_template, self.values)


def good(name: str, detail: str, /, **values: object) -> Check:
    """All is well."""
    return Check(name, True, detail, values=plain(values))


def bad(name: str, detail: str, remedy: str, /, **values: object) -> Check:
    """The main job cannot run like this."""
    return Check(name, False, detail, remedy, plain(values))


def unknown(name: str, detail: str, remedy: str = "", /, **values: object) -> Check:
    """It cannot be known, or is only worth saying."""
    return Check(name, None, detail, remedy, plain(values))


def can_run(checks: Iterable[Check]) -> bool:
    """Whether the main job, camera to model to virtual camera, can run."""
    return all(check.passed is not False for check in checks)
