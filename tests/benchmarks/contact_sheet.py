"""Writes one picture to look at: every style on some clips at three strengths.

    python -m tests.benchmarks.contact_sheet CLIPS_FOLDER --output sheet.jpg [--frames 12]

A row is a clip at one strength: the input, then every style, each the last frame of a stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from rich.progress import track

from engine.evaluation.clips import ClipSet
from engine.frames import Frame, Pixels
from engine.interfaces import Translator, Wait
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.settings import BuildSettings, LiveSettings, parse_size
from tests.engine.doubles import step

STRENGTHS = (0.3, 0.6, 1.0)
MODEL = "built-in"
QUALITY = 90


def contact_sheet(
    folder: Annotated[Path, typer.Argument(help="A folder of video clips.")],
    output: Annotated[Path, typer.Option(help="The picture to write.")],
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of the engine.")] = "512x512",
    frames: Annotated[int, typer.Option(help="Frames of each stream.")] = 12,
    side: Annotated[int, typer.Option(help="Height of each picture on the sheet.")] = 256,
) -> None:
    """Restyle and write the sheet."""
    build = BuildSettings(MODEL, parse_size(size))
    clips = ClipSet.of_folder(folder, build.size, frames)
    styles = [style.name for style in load_catalog().styles_of(MODEL)]
    inputs = [list(clips.frames(path)) for path in clips.paths]
    columns = [[pictures[-1] for pictures in inputs for _ in STRENGTHS]]
    for style in track(styles, "restyling"):
        translator = build_translator(build, LiveSettings(style=style))
        columns.append(
            [
                _last(translator, pictures, LiveSettings(style=style, strength=strength))
                for pictures in inputs
                for strength in STRENGTHS
            ]
        )
    sheet = np.hstack([np.vstack([_small(p, side) for p in column]) for column in columns])
    bgr = cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR)
    if not cv2.imwrite(str(output), bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
        raise OSError(f"could not write {output}")


def _last(translator: Translator, pictures: Sequence[Pixels], live: LiveSettings) -> Pixels:
    """The last picture of a stream of its own at these settings."""
    translator.apply(live)
    translator.reset()
    results = [r for n, p in enumerate(pictures) for r in step(translator, Frame(p, n, 0.0))]
    return [*results, *translator.take_finished(Wait.END)][-1].pixels


def _small(pixels: Pixels, side: int) -> Pixels:
    width = round(pixels.shape[1] * side / pixels.shape[0])
    return np.asarray(cv2.resize(pixels, (width, side), interpolation=cv2.INTER_AREA), np.uint8)


if __name__ == "__main__":
    typer.run(contact_sheet)
