"""How good enlarged results are, against the same look computed at the output's own size.

    python -m tests.benchmarks.upscaling CLIP... [--size 1280x720] [--sheet FILE.png] [--report F]

For each clip and look: sharpness (mean gradient energy) as a share of the native result's, SSIM to
it, and warp error in excess of the input's own, for bicubic interpolation and for ours. Both come
from the engine at half the size. Last, the time of both, and of keeping ours steady, in turn.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, median
from typing import Annotated

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from engine.evaluation.clips import ClipSet
from engine.evaluation.metrics import FlowEstimator, sharpness, warp_error
from engine.frames import Frame, Pixels, Size, size_of
from engine.imaging import resize
from engine.interfaces import Wait
from engine.model.factory import build_translator
from engine.model.images.enlarged_memory import share_kept_enlarged, steadied
from engine.model.images.guided_upscaling import upscale
from engine.model.images.optical_flow import OpticalFlowEstimator
from engine.model.images.recurrence import moved
from engine.model_store.catalog import load_catalog
from engine.settings import BUILT_IN, BuildSettings, LiveSettings, parse_size

SETTLED = 10
"""Frames before those that count."""

CROP = 320
TURNS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """sharpness: as a share of the native result's. excess: of the warp error, and the native's."""

    clip: str
    style: str
    way: str
    sharpness: float
    ssim: float
    excess: float
    native_excess: float


def styled(pictures: Sequence[Pixels], style: str, engine: Size) -> list[Pixels]:
    """Every picture's result, computed at a size."""
    build = BuildSettings(size=engine)
    translator = build_translator(build, LiveSettings(style=style))
    made: list[Pixels] = []
    for number, pixels in enumerate(pictures):
        translator.submit(Frame(pixels, number, number / 30.0))
        made += [result.pixels for result in translator.take_finished()]
    made += [result.pixels for result in translator.take_finished(Wait.END)]
    translator.close()
    return made[SETTLED:]


def ssim(one: Pixels, other: Pixels) -> float:
    """Mean structural similarity of the luminance (Wang et al. 2004), 11 x 11 Gaussian window."""

    def blurred(x: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.GaussianBlur(x, (11, 11), 1.5), np.float32)

    a, b = (
        np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)
        for picture in (one, other)
    )
    mean_a, mean_b = blurred(a), blurred(b)
    spread = blurred(a * a) - mean_a**2 + blurred(b * b) - mean_b**2
    together = blurred(a * b) - mean_a * mean_b
    light = (2 * mean_a * mean_b + 6.5025) / (mean_a**2 + mean_b**2 + 6.5025)
    return float((light * (2 * together + 58.5225) / (spread + 58.5225)).mean())


def excess(pictures: Sequence[Pixels], made: Sequence[Pixels]) -> float:
    """Mean warp error of results above that of their pictures."""
    flows, found = FlowEstimator(), []
    for index in range(0, len(made) - 1, 2):
        flow = flows.between(pictures[index], pictures[index + 1])
        pair = (
            warp_error(flow, *made[index : index + 2]),
            warp_error(flow, *pictures[index : index + 2]),
        )
        if pair[0] is not None and pair[1] is not None:
            found.append(pair[0] - pair[1])
    return mean(found)


def compare(
    name: str, source: Sequence[Pixels], style: str, size: Size
) -> tuple[list[Row], list[Pixels]]:
    """The rows of a clip and look, and a crop of the last native, bicubic and own result."""
    pictures = [resize(pixels, size) for pixels in source]
    half = Size(size.width // 16 * 8, size.height // 16 * 8)
    native = styled(pictures, style, size)
    small = styled([resize(pixels, half) for pixels in pictures], style, half)
    ways = {
        "bicubic": [resize(pixels, size) for pixels in small],
        "guided": styled(pictures, style, half),
    }
    counted = pictures[SETTLED:]
    rows = [
        Row(
            name,
            style,
            way,
            mean(map(sharpness, made)) / mean(map(sharpness, native)),
            mean(map(ssim, made, native)),
            excess(counted, made),
            excess(counted, native),
        )
        for way, made in ways.items()
    ]
    return rows, [_crop(made[-1]) for made in (native, ways["bicubic"], ways["guided"])]


def _crop(pixels: Pixels) -> Pixels:
    size = size_of(pixels)
    left, top = (size.width - CROP) // 2, max((size.height - CROP) // 3, 0)
    return pixels[top : top + CROP, left : left + CROP]


def times(pictures: Sequence[Pixels]) -> dict[str, float]:
    """Milliseconds, medians of turns one after the other: bicubic, ours, and keeping its result
    steady along a flow that is known.
    """
    before, picture = pictures[0], pictures[1]
    size = size_of(picture)
    half = Size(size.width // 2, size.height // 2)
    small, estimator = resize(picture, half), OpticalFlowEstimator()
    estimator.estimate(before, half)
    flow = estimator.estimate(picture, half)
    assert flow is not None, "the second picture of a clip"

    def steady() -> Pixels:
        larger = flow.at(size)
        return steadied(picture, moved(before, larger), larger, share_kept_enlarged(0.6))

    ways: dict[str, Callable[[], object]] = {
        "bicubic": lambda: resize(small, size),
        "guided": lambda: upscale(small, picture, small),
        "steadied": steady,
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(TURNS):
        for way, work in ways.items():
            began = time.perf_counter()
            work()
            spent[way].append(1000.0 * (time.perf_counter() - began))
    return {way: median(values) for way, values in spent.items()}


def table_of(rows: Sequence[Row]) -> Table:
    """A line for each look and way, and one for all of them: means of the clips."""
    table = Table("look", "way", "sharpness", "least", "SSIM", "excess", "native's")
    for look in [*dict.fromkeys(row.style for row in rows), ""]:
        for way in ("bicubic", "guided"):
            chosen = [row for row in rows if row.way == way and look in ("", row.style)]
            table.add_row(
                look or "all",
                way,
                f"{mean(row.sharpness for row in chosen):.2f}",
                f"{min(row.sharpness for row in chosen):.2f}",
                f"{mean(row.ssim for row in chosen):.4f}",
                f"{mean(row.excess for row in chosen):.2f}",
                f"{mean(row.native_excess for row in chosen):.2f}",
            )
    return table


def main(
    clips: list[Path],
    size: Annotated[str, typer.Option(help="Of the output.")] = "1280x720",
    style: Annotated[list[str], typer.Option(help="Looks; all by default.")] = [],  # noqa: B006
    frames: Annotated[int, typer.Option(help="Frames of each clip.")] = 24,
    sheet: Annotated[Path | None, typer.Option(help="A picture of the crops.")] = None,
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
) -> None:
    """Compare, print, and write what is asked for."""
    output = parse_size(size)
    looks = style or [entry.name for entry in load_catalog().styles_of(BUILT_IN)]
    rows: list[Row] = []
    crops: list[Pixels] = []
    pictures: list[Pixels] = []
    chosen_clips = ClipSet(tuple(clips), output, frames)
    for path in clips:
        source = list(chosen_clips.frames(path))
        pictures = [resize(pixels, output) for pixels in source[:2]]
        for look in looks:
            found, three = compare(path.stem, source, look, output)
            rows += found
            crops.append(np.hstack(three))
    Console().print(table_of(rows))
    spent = times(pictures)
    Console().print(", ".join(f"{way} {value:.2f} ms" for way, value in spent.items()))
    if sheet is not None and crops:
        cv2.imwrite(str(sheet), cv2.cvtColor(np.vstack(crops), cv2.COLOR_RGB2BGR))
    if report is not None:
        data = {"rows": [asdict(row) for row in rows], "milliseconds": spent}
        report.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
