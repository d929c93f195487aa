"""The result of checking one condition, and what follows from a list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.errors import filled, plain


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check. passed: None if it cannot be known, or does not matter here.

    name, detail and remedy are templates filled with `values`, as those of errors. detail: what
    was found. remedy: what to do about it, ready to paste if it is a command; "" where nothing
    needs to be done.
    """

    name_template: str
    passed: bool | None
    detail_template: str
    remedy_template: str = ""
    values: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What was checked."""
        return filled(self.name_template, self.values)

    @property
    def detail(self) -> str:
        """What was found."""
        return filled(self.detail_template, self.values)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return filled(self.remedy_template, self.values)


def passed(name: str, detail: str, /, **values: object) -> Check:
    """The condition is met."""
    return Check(name, True, detail, values=plain(values))


def failed(name: str, detail: str, remedy: str, /, **values: object) -> Check:
    """The condition is not met, and the program needs it for its main job."""
    return Check(name, False, detail, remedy, plain(values))


def unknown(name: str, detail: str, remedy: str = "", /, **values: object) -> Check:
    """It cannot be known, or is only worth mentioning."""
    return Check(name, None, detail, remedy, plain(values))


def can_run(checks: Iterable[Check]) -> bool:
    """Whether the main job, camera to model to virtual camera, can run."""
    return all(check.passed is not False for check in checks)
