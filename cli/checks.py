"""What can be known to fail is told before a model is loaded, in one sentence with its remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from engine.errors import SettingError, SinkError
from engine.evaluation.reports import check_writable
from engine.video.film.probe import open_film
from engine.video.sinks.target import check_target
from engine.video.sources.inputs import InputKind, input_of


class Ends(Protocol):
    """The options that say where pictures come from, where they go, and how many."""

    @property
    def input(self) -> str: ...

    @property
    def output_file(self) -> Path | None: ...

    @property
    def report(self) -> Path | None: ...

    @property
    def loop(self) -> bool: ...

    @property
    def frames(self) -> int | None: ...

    @property
    def realtime(self) -> bool: ...


def check_ends(request: Ends) -> None:
    """Check that the source exists, that it ends if every frame is written, and that everything
    can be written that is to be. Raises SettingError, SourceError or SinkError.
    """
    _check_length(request)
    wanted = input_of(request.input)
    source = wanted.path if wanted.kind is InputKind.FILE else None
    if not request.input:
        raise SettingError("No input is named.", "Name a video file, or use `demo`.")
    _check_targets(source, request.output_file, request.report)
    if source is not None:
        open_film(source).close()


def check_code(engine: str | None, code: str | None) -> None:
    """Raise SettingError where there is a code to pair with nobody."""
    if code is not None and engine is None:
        raise SettingError(
            "A code pairs with an engine on another computer, and none is named.",
            "Name it with --engine https://HOST:PORT.",
        )


def _check_length(request: Ends) -> None:
    if request.frames is not None and request.frames < 1:
        raise SettingError(
            "The number of frames is {frames}, but must be at least 1.",
            "Choose 1 or more.",
            frames=request.frames,
        )
    if request.loop and input_of(request.input).kind.is_live:
        raise SettingError("Only a file can be looped.", "Leave out --loop.")
    if request.loop and not request.realtime and request.frames is None:
        raise SettingError("A loop never ends.", "Limit it with --frames NUMBER.")


def _check_targets(source: Path | None, target: Path | None, report: Path | None) -> None:
    if target is not None:
        if source is not None and _same(source, target):
            raise SinkError("The output file is the input file.", "Choose another file.")
        check_target(target)
    if report is not None:
        if any(other is not None and _same(other, report) for other in (source, target)):
            raise SinkError(
                "The report would replace a video: {path}.", "Choose another file.", path=report
            )
        check_writable(report)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, which need not exist yet."""
    try:
        return one.resolve() == other.resolve() or (other.exists() and one.samefile(other))
    except (OSError, RuntimeError):  # what is wrong with the path is told where it is used
        return False
