"""Writes a clip with the input, the model frame by frame and its stream side by side.

    python -m tests.benchmarks.side_by_side CLIP --style anime --output side_by_side.mp4

Frame by frame: each frame by itself in a fresh window, with fresh noise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.progress import track

from engine.evaluation.clips import ClipSet
from engine.evaluation.quality import FRESH, ModelPair
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.interfaces import Wait
from engine.model.factory import build_translator
from engine.settings import BuildSettings, LiveSettings, parse_size
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import Provenance
from tests.engine.doubles import step

MODEL = "built-in"


def side_by_side(
    clip: Annotated[Path, typer.Argument(help="A video file.")],
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("side_by_side.mp4"),
    style: str = "comic",
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of each part.")] = "512x512",
    frames: Annotated[int | None, typer.Option(help="At most this many.")] = None,
    fps: float = 30.0,
) -> None:
    """Restyle a clip both ways and write it."""
    build, live = BuildSettings(MODEL, parse_size(size)), LiveSettings(style=style)
    versions = ModelPair(build_translator(build, live), build_translator(build, live), live)
    clips = ClipSet((clip,), build.size, frames)
    sink = FileSink(output, Provenance(MODEL, style, {"shown": "input, frame by frame, stream"}))
    sink.open(Size(3 * build.size.width, build.size.height), fps)
    waiting: deque[Pixels] = deque()
    try:
        for number, pixels in enumerate(track(clips.frames(clip), "restyling")):
            alone = versions.restyled_alone(pixels, number, FRESH)
            waiting.append(np.hstack([pixels, alone]))
            _send(step(versions.stream, Frame(pixels, number, 0.0)), waiting, sink)
        _send(versions.stream.take_finished(Wait.END), waiting, sink)
        sink.close()
    finally:
        sink.abort()


def _send(results: Sequence[StyledFrame], waiting: deque[Pixels], sink: FileSink) -> None:
    """Join each result of the stream with what waits for it."""
    for result in results:
        joined = np.hstack([waiting.popleft(), result.pixels])
        sink.send(StyledFrame(joined, result.number, result.captured_at))


if __name__ == "__main__":
    typer.run(side_by_side)
