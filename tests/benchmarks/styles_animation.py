"""Draws the README's moving picture: the demo portrait next to some styles of the built-in model.

    python -m tests.benchmarks.styles_animation --style anime --style ink --style comic

The stream goes forth and back, so that it repeats without a jump. Takes half a minute.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import av
import numpy as np
import typer
from PIL import Image, ImageDraw, ImageFont

from engine.frames import Pixels
from engine.paths import RESOURCES
from engine.video.sources.demo import demo_source

ROOT = RESOURCES.parent
FIRST, LAST, EVERY = 20, 110, 3
"""Which frames of the stream are shown: ten a second."""

SIDE, GAP, FRAME_MS = 300, 3, 100
SIZE = "512x512"
DARK, LIGHT = (20, 21, 25), (240, 240, 240)


def styles_animation(
    style: Annotated[list[str], typer.Option(help="Once for each style.")],
    output: Annotated[Path, typer.Option(help="A .webp or .gif file.")] = ROOT
    / "docs/screenshots/styles.webp",
) -> None:
    """Restyle the demo and write the animation."""
    with tempfile.TemporaryDirectory() as folder:
        clips = {"Input": demo_frames()}
        clips |= {name.capitalize(): styled_frames(name, Path(folder)) for name in style}
    there = [row(clips, number) for number in range(FIRST, LAST, EVERY)]
    frames = there + there[-2:0:-1]
    frames[0].save(
        output,
        save_all=True,
        append_images=frames[1:],
        duration=FRAME_MS,
        loop=0,
        quality=55,
        method=6,  # slow, and a quarter smaller
    )


def demo_frames() -> list[Pixels]:
    """The demo as the program reads it."""
    source = demo_source(frames=LAST, live=False)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame.pixels)
    source.close()
    return frames


def styled_frames(style: str, folder: Path) -> list[Pixels]:
    """The same in a style, by the program itself."""
    path = folder / f"{style}.mp4"
    options = ["--input", "demo", "--output", str(path), "--style", style, "--frames", str(LAST)]
    options += ["--size", SIZE]
    subprocess.run([sys.executable, "main.py", "run", *options], cwd=ROOT, check=True)
    with av.open(path) as container:
        frames = container.decode(video=0)
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in frames]


def row(clips: dict[str, list[Pixels]], number: int) -> Image.Image:
    """One frame of every clip, side by side, each with its name."""
    width = len(clips) * (SIDE + GAP) - GAP
    whole = Image.new("RGB", (width, SIDE), DARK)
    for place, (name, frames) in enumerate(clips.items()):
        whole.paste(labelled(frames, number, name), (place * (SIDE + GAP), 0))
    return whole


def labelled(frames: Sequence[Pixels], number: int, name: str) -> Image.Image:
    """A small copy of a frame with a name in its corner."""
    small = Image.fromarray(frames[number]).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    pen, font = ImageDraw.Draw(small), ImageFont.load_default(16)
    pen.rounded_rectangle((8, 8, 22 + pen.textlength(name, font=font), 32), 5, fill=DARK)
    pen.text((15, 10), name, font=font, fill=LIGHT)
    return small


if __name__ == "__main__":
    typer.run(styles_animation)
