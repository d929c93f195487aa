"""Counts how often the invisible mark is seen in films that have none.

    python -m tests.benchmarks.mark_unmarked FILM_OR_FOLDER... --work FOLDER [--report FILE.json]

Windows of five seconds, overlapping, are taken from the films given (webcam clips, which are
short, are joined end to end, folder by folder) and from the styled clips that `mark` has left in
the work folder. Started again with the same folder, it goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import av
import numpy as np
import typer
from rich.console import Console

from engine.evaluation.clips import ENDINGS
from engine.evaluation.machine import this_machine
from engine.provenance.mark.detection import ENOUGH, PIXELS, detect
from engine.provenance.mark.spectrum import GreyFilm
from tests.benchmarks.mark_handling import RATE
from tests.benchmarks.mark_progress import Ledger

SECONDS = 5.0
_MOVING = frozenset({*ENDINGS, ".gif", ".mpg", ".ogv"})


def mark_unmarked(
    films: Annotated[list[Path], typer.Argument(help="Films, and folders of films, unmarked.")],
    work: Annotated[Path, typer.Option(help="Where the figures so far are kept.")],
    windows: Annotated[int, typer.Option(help="How many windows to look at, at least.")] = 2000,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Look for the mark where there is none."""
    console, ledger = Console(width=110), Ledger(work / "unmarked.jsonl")
    everything = dict(unmarked(films, work))
    places = [
        (name, start)
        for name, film in everything.items()
        for start in np.flatnonzero(film.seconds <= film.seconds[-1] - SECONDS)
    ]
    known = ledger.known()
    chosen = places[:: max(len(places) // windows, 1)]
    for count, (name, start) in enumerate(chosen):
        key = f"{name} {start}"
        if key not in known:
            known[key] = [detect(window_of(everything[name], int(start))).score]
            ledger.add(key, known[key])
            console.print(f"{count + 1} of {len(chosen)}: {key}: {known[key][0]:.2f}", style="dim")
    figures = summed_up(everything, [known[f"{name} {start}"][0] for name, start in chosen])
    console.print(json.dumps(figures, indent=2))
    if report is not None:
        figures["machine"] = asdict(this_machine())
        report.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def summed_up(films: dict[str, GreyFilm], scores: list[float]) -> dict[str, object]:
    """The figures of the windows that were looked at, and how long each film is."""
    return {
        "windows": len(scores),
        "wrong": sum(score >= ENOUGH for score in scores),
        "highest_score": round(max(scores), 2),
        "windows_above_0": sum(score > 0 for score in scores),
        "enough": ENOUGH,
        "films_s": {name: round(float(film.seconds[-1]), 1) for name, film in films.items()},
    }


def unmarked(films: list[Path], work: Path) -> Iterator[tuple[str, GreyFilm]]:
    """Each film of five seconds or more, folders joined, and the styled clips; by name."""
    for path in films:
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
        film = joined([each for each in paths if each.suffix.lower() in _MOVING])
        if film is not None and film.seconds[-1] > SECONDS:
            yield path.name, film
    for path in sorted(work.glob("styled-*.npy")):
        pictures = np.load(path, mmap_mode="r")
        frames = (av.VideoFrame.from_ndarray(np.asarray(each), "rgb24") for each in pictures)
        planes = np.stack([grey(each) for each in frames])
        yield path.stem, GreyFilm(planes, np.arange(len(planes)) / RATE)


def joined(paths: list[Path]) -> GreyFilm | None:
    """Films of one shape, one behind the other; None where there is none."""
    planes: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []
    seconds: list[float] = []
    for path in paths:
        begin = seconds[-1] + 1 / RATE if seconds else 0.0
        with av.open(str(path)) as container:
            for number, frame in enumerate(container.decode(video=0)):
                plane = grey(frame)
                if planes and plane.shape != planes[0].shape:
                    break
                planes.append(plane)
                seconds.append(begin + (number / RATE if frame.time is None else frame.time))
    return GreyFilm(np.stack(planes), np.array(seconds)) if planes else None


def grey(frame: av.VideoFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A frame as the detector takes it."""
    scale = np.sqrt(PIXELS / (frame.width * frame.height))
    width, height = round(frame.width * scale), round(frame.height * scale)
    small = frame.reformat(width, height, format="gray", interpolation="AREA")
    return np.asarray(small.to_ndarray(), np.float32)


def window_of(film: GreyFilm, start: int) -> GreyFilm:
    """Five seconds of a film from a frame on."""
    end = int(np.searchsorted(film.seconds, film.seconds[start] + SECONDS))
    return GreyFilm(film.pixels[start:end], film.seconds[start:end])


if __name__ == "__main__":
    typer.run(mark_unmarked)
