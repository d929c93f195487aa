"""What the invisible mark and the credentials cost a film, and a very large one.

    python -m tests.benchmarks.what_marking_costs [--gigabytes 4] [--report FILE.json]

A film of 1280x720 with a webcam's noise is encoded without either and with both, in turn; the
ratio is that of the medians, by the clock and by processor time. Then a film of so many gigabytes,
which is media data of zeros behind the head of a real one, is signed; the time is given next to
reading it once, and the memory that signing added.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.console import Console

from engine.evaluation.machine import this_machine
from engine.frames import Pixels, Size
from engine.provenance.credentials.reading import read_credentials
from engine.provenance.credentials.signing import sign
from engine.provenance.mark.embedding import add_mark, prepare_mark
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.video_encoder import VideoWriter, encoding_for
from engine.video.sources.demo import demo_source
from tests.benchmarks.mark_handling import PAYLOAD

HD = Size(1280, 720)
MADE = Provenance("built-in", "anime")
CHUNK = 1 << 24


def costs(
    frames: Annotated[int, typer.Option(help="Of each film.")] = 300,
    rounds: Annotated[int, typer.Option(help="Films of each kind.")] = 5,
    gigabytes: Annotated[float, typer.Option(help="Of the large film.")] = 4.0,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Measure both."""
    figures: dict[str, object] = {"machine": asdict(this_machine())}
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        os.environ["XDG_DATA_HOME"] = folder  # a key of its own
        figures |= of_films(Path(folder), frames, rounds)
        figures |= of_a_large_film(Path(folder), gigabytes)
    Console(width=100).print(figures)
    if report is not None:
        report.write_text(json.dumps(figures, indent=1) + "\n")


def of_films(folder: Path, frames: int, rounds: int) -> dict[str, object]:
    """Seconds of either kind and their ratios."""
    source = demo_source(HD, frames=60, live=False)
    source.open()
    pictures = [frame.pixels for frame in iter(source.read, None)]
    prepare_mark(HD, PAYLOAD)
    spent: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    for number in range(2 * rounds + 2):
        marked = bool(number % 2)
        seconds = film(folder / f"{number}.mp4", pictures, frames, marked=marked)
        if number > 1:  # the first of either kind warms up
            spent[marked].append(seconds)
    plain, both = ([median(column) for column in zip(*spent[kind], strict=True)] for kind in spent)
    return {
        "frames": frames,
        "seconds_plain": round(plain[0], 3),
        "seconds_marked_and_signed": round(both[0], 3),
        "ratio_by_the_clock": round(both[0] / plain[0], 3),
        "ratio_by_processor_time": round(both[1] / plain[1], 3),
    }


def film(path: Path, pictures: list[Pixels], frames: int, *, marked: bool) -> tuple[float, float]:
    """Seconds by the clock and of processor time that a film takes."""
    began, used = time.perf_counter(), time.process_time()
    writer = VideoWriter(path, MADE)
    writer.open(HD, encoding_for(30.0))
    for number in range(frames):
        picture = pictures[number % len(pictures)]
        writer.write(add_mark(picture, number, PAYLOAD) if marked else picture, number)
    writer.close()
    if marked and (error := sign(writer.path, MADE, marked=True)) is not None:
        raise error
    return time.perf_counter() - began, time.process_time() - used


def of_a_large_film(folder: Path, gigabytes: float) -> dict[str, object]:
    """Seconds to sign it, to read it once, and megabytes that signing added."""
    path = folder / "large.mp4"
    source = demo_source(HD, frames=2, live=False)
    source.open()
    film(path, [frame.pixels for frame in iter(source.read, None)], 2, marked=False)
    with path.open("ab") as file:
        length = round(gigabytes * 1e9)
        file.write((1).to_bytes(4, "big") + b"mdat" + length.to_bytes(8, "big"))
        file.truncate(file.tell() - 16 + length)
    reading = time.perf_counter()
    with path.open("rb", buffering=0) as file:
        while file.read(CHUNK):
            pass
    reading = time.perf_counter() - reading
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    if (error := sign(path, MADE, marked=True)) is not None:
        raise error
    signing = time.perf_counter() - began
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "gigabytes": gigabytes,
        "seconds_to_sign": round(signing, 2),
        "seconds_to_read_once": round(reading, 2),
        "megabytes_more": round(more / 1024, 1),
        "valid": read_credentials(path).valid,
    }


if __name__ == "__main__":
    typer.run(costs)
