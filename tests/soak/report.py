"""What a run has shown, as tables, and what of it is a problem."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from tests.soak.resources import Growth, Sample, Usage, growth

WARM_UP_SHARE = 1 / 3
"""Share of a run after which nothing may grow any more: caches are warm, each kind of fault has
been there once in an hour's run.
"""


def growth_of(part: dict[str, Any]) -> list[Growth]:
    """What became of memory, threads and files in a part."""
    samples = [
        Sample(
            one["seconds"],
            Usage(**one["application"]),
            Usage(**one["publisher"]) if one["publisher"] else None,
        )
        for one in part["samples"]
    ]
    return growth(samples, WARM_UP_SHARE * 60 * part["minutes"])


def problems(part: dict[str, Any]) -> list[str]:
    """Everything that should not be."""
    found = [*part["trouble"]]
    found += [f"{one['fault']}: {one['problem']}" for one in part["faults"] if one["problem"]]
    if part["raw_unwanted"]:
        found.append(f"{part['raw_unwanted']} raw pictures that nobody wanted")
    if "raw" not in part["pictures_looked_at"] and len(part["faults"]) >= part["kinds"]:
        found.append("the reader has seen no raw picture at all: it cannot be relied upon")
    found += [
        f"{one.name} grew from {one.before:g} to {one.after:g}"
        for one in growth_of(part)
        if not one.flat
    ]
    for film in part["films"]:
        if not film["frames"] or film["unmarked"]:
            found.append(f"recording {film['file']}: {film}")
    if part["recording"] and not part["films"]:
        found.append("there is no recording")
    return found


def show(console: Console, part: dict[str, Any]) -> None:
    """Print the tables of a part."""
    title = f"{part['minutes']:g} minutes, {'recording' if part['recording'] else 'live'}"
    faults = Table("fault", "times", "seconds to placeholder", "seconds to styled", title=title)
    for name in dict.fromkeys(one["fault"] for one in part["faults"]):
        runs = [one for one in part["faults"] if one["fault"] == name]
        faults.add_row(name, str(len(runs)), _longest(runs, "blanked"), _longest(runs, "back"))
    console.print(faults)
    usage = Table("", "first quarter", "last quarter", "most", "")
    for one in growth_of(part):
        flat = "flat" if one.flat else "GREW"
        usage.add_row(one.name, f"{one.before:g}", f"{one.after:g}", f"{one.most:g}", flat)
    console.print(usage)
    looked = ", ".join(f"{number} {kind}" for kind, number in part["pictures_looked_at"].items())
    console.print(f"{part['pictures_sent']} pictures sent; looked at: {looked}; "
                  f"raw that nobody wanted: {part['raw_unwanted']}")  # fmt: skip
    if part["films"]:
        seconds = sum(film["seconds"] for film in part["films"])
        frames = sum(film["frames"] for film in part["films"])
        console.print(f"{len(part['films'])} recordings, {frames} frames, {seconds:.0f} s")


def _longest(runs: list[dict[str, Any]], what: str) -> str:
    values = [one[what] for one in runs if one[what] is not None]
    return f"{max(values):.2f}" if values else ""
