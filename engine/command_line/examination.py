"""What `doctor` prints."""

from __future__ import annotations

from rich.console import Console

from engine.doctor.check import can_run
from engine.doctor.examine import examine

_MARKS = {True: "[green]pass[/]", False: "[red]fail[/]", None: "[yellow]  ? [/]"}


def print_examination(console: Console) -> bool:
    """A line for each condition, with a remedy that can be pasted; whether all is well."""
    checks = examine(with_torch=True)
    for check in checks:
        console.print(f"{_MARKS[check.passed]}  {check.name}: {check.detail}", soft_wrap=True)
        if check.remedy and check.passed is not True:
            console.print(f"      {check.remedy}", soft_wrap=True, markup=False, highlight=False)
    return can_run(checks)
