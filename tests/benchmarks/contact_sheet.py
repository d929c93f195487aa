"""Writes one picture to look at: every style on some people at three strengths.

    python -m tests.benchmarks.contact_sheet FOLDER --output sheet.jpg [--frames 12] [--near-faces]

FOLDER has clips, and pictures, which are shown as a still clip. A row is one of them at one
strength: the input, then every style, each the last frame of a stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import torch
import typer
from rich.progress import track

from engine.evaluation.clips import ENDINGS
from engine.frames import Frame, Pixels, Size
from engine.imaging import FrameFitter
from engine.interfaces import Translator, Wait
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.settings import BuildSettings, InputSettings, LiveSettings, parse_size
from tests.engine.doubles import step
from training.sources import read_clip, read_picture

STRENGTHS = (0.3, 0.6, 1.0)
MODEL = "built-in"
QUALITY = 90
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
ROOM = 1.5
"""Half the side of the square around a face, in heights of it."""


def contact_sheet(
    folder: Annotated[Path, typer.Argument(help="A folder of clips and pictures.")],
    output: Annotated[Path, typer.Option(help="The picture to write.")],
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of the engine.")] = "512x512",
    frames: Annotated[int, typer.Option(help="Frames of each stream.")] = 12,
    side: Annotated[int, typer.Option(help="Height of each picture on the sheet.")] = 256,
    *,
    near_faces: Annotated[bool, typer.Option(help="Cut each around its largest face.")] = False,
) -> None:
    """Restyle and write the sheet."""
    build = BuildSettings(MODEL, parse_size(size))
    styles = [style.name for style in load_catalog().styles_of(MODEL)]
    reader = FaceTracker(*load_face_networks(torch.device("cpu"))) if near_faces else None
    inputs = [
        _fitted(_pictures(path, frames), build.size, reader)
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in ENDINGS | PICTURES
    ]
    if not inputs:
        raise typer.BadParameter(f"there is no clip or picture in {folder}")
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


def _pictures(path: Path, count: int) -> list[Pixels]:
    """The first frames of a clip, or a picture as often."""
    if path.suffix.lower() in PICTURES:
        return [read_picture(path)] * count
    return read_clip(path)[:count]


def _fitted(pictures: list[Pixels], size: Size, reader: FaceTracker | None) -> list[Pixels]:
    """The pictures at the engine's size; with a reader of faces cut around the largest one."""
    height, width = pictures[-1].shape[:2]
    left, top, right, bottom = 0, 0, width, height
    if reader is not None:
        reader.forget()
        found = [face for face in reader.read(pictures[-1]) if face.weight > 0]
        if found:
            points = max(found, key=lambda face: float(np.ptp(face.points[:, 1]))).points[:, :2]
            half = min(ROOM * float(np.ptp(points[:, 1])), min(height, width) / 2)
            middle = points.mean(0) + np.array([0.0, 0.3 * half])
            x, y = np.clip(middle, half, (width - half, height - half))
            left, top, right, bottom = (round(v) for v in (x - half, y - half, x + half, y + half))
    cut = [np.ascontiguousarray(picture[top:bottom, left:right]) for picture in pictures]
    fitter = FrameFitter.between(Size(right - left, bottom - top), size, InputSettings())
    return [fitter.apply(picture) for picture in cut]


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
