"""Makes a six-second clip of each way to style only a person or only the room, and a sheet of them.

    python -m tests.benchmarks.mask_modes CLIP --output FOLDER [--style comic] [--seconds 6]

The clip is played forth and back until it is long enough, and styled once. Who is styled and what
is behind them is put together from that, by the code that does it at the end of every live frame.
The sheet has a row for each way: whole frames, then the edge of the person enlarged. CLIP may be
given several times; every clip has a folder of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from PIL import Image
from rich.progress import track

from engine.evaluation.clips import ClipSet
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.imaging import resize
from engine.model.acceleration.openvino.person import quickest_person_network
from engine.model.factory import build_translator
from engine.model.person.composition import Composer
from engine.model.person.mask import PersonMask, Plane
from engine.settings import BuildSettings, LiveSettings, Styled, parse_composition
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import provenance_of
from engine.video.watermark import AiWatermark
from tests.engine.doubles import run

FPS = 30.0
ENGINE = Size(640, 480)
MOMENTS, CLOSE_UPS = 4, 2
SIDE, CLOSE = 240, 120
"""Height of a picture on the sheet, and of the part that is enlarged, in pixels."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame with all that is put together."""

    source: Pixels
    styled: Pixels
    mask: Plane | None


def main(
    clip: Annotated[list[Path], typer.Argument(help="Video clips.")],
    output: Annotated[Path, typer.Option(help="Where the clips and the sheets go.")],
    style: Annotated[str, typer.Option(help="A look of the built-in model.")] = "comic",
    seconds: Annotated[float, typer.Option(help="Of each clip.")] = 6.0,
) -> None:
    """Make the clips and the sheets."""
    for path in clip:
        folder = output / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        shots = list(_shots(path, style, round(seconds * FPS)))
        rows = []
        for name, (styled, behind) in _ways(folder).items():
            wanted, composer = parse_composition(styled, behind), Composer()
            frames = [composer.compose(s.styled, s.source, s.mask, wanted) for s in shots]
            live = LiveSettings(style=style, composition=wanted)
            _write(folder / f"{name}.mp4", frames, live)
            rows.append(_row(name, frames, shots))
        sheet = cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR)
        if not cv2.imwrite(str(folder / "sheet.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 90]):
            raise OSError(f"could not write {folder / 'sheet.jpg'}")


def _ways(folder: Path) -> dict[str, tuple[Styled, str]]:
    """Everything that differs from the whole styled picture, by the name of its clip."""
    picture = folder / "behind.png"
    across, down = np.meshgrid(np.linspace(0, 1, 640), np.linspace(0, 1, 480))
    sky = np.stack((90 + 120 * down, 150 + 60 * down, 230 - 60 * across), axis=-1)
    Image.fromarray(sky.astype(np.uint8)).save(picture)
    behind = {
        "styled": "as-styled",
        "blurred": "blurred",
        "picture": str(picture),
        "colour": "blue",
    }
    return {
        f"{styled.value}-{name}": (styled, text)
        for styled in (Styled.PERSON, Styled.ROOM, Styled.EVERYTHING)
        for name, text in behind.items()
        if styled is not Styled.EVERYTHING or name != "styled"
    }


def _shots(path: Path, style: str, count: int) -> Iterator[Shot]:
    clips = ClipSet((path,), ENGINE)
    once = list(clips.frames(path))
    pictures = list(islice(cycle(chain(once, once[-2:0:-1])), count))
    live = LiveSettings(style=style)
    translator = build_translator(BuildSettings(size=ENGINE), live)
    reader = PersonMask(quickest_person_network)
    masks = [reader.read(resize(picture, ENGINE)) for picture in pictures]
    numbered = enumerate(track(pictures, "styling"))
    results = run(translator, (Frame(pixels, n, n / FPS) for n, pixels in numbered))
    for picture, result, mask in zip(pictures, results, masks, strict=True):
        yield Shot(picture, result.pixels, mask)


def _write(path: Path, frames: Sequence[Pixels], live: LiveSettings) -> None:
    path.unlink(missing_ok=True)
    sink, mark = FileSink(path, provenance_of("built-in", live, ENGINE)), AiWatermark()
    sink.open(size_of(frames[0]), FPS)
    for number, pixels in enumerate(frames):
        sink.send(mark.stamp(StyledFrame(pixels, number, number / FPS)))
    sink.close()


def _row(name: str, frames: Sequence[Pixels], shots: Sequence[Shot]) -> Pixels:
    """Some moments of a clip, whole and close."""
    numbers = np.linspace(len(frames) // 6, len(frames) - 1, MOMENTS).astype(int)
    wide = round(SIDE * frames[0].shape[1] / frames[0].shape[0])
    whole = [resize(frames[n], Size(wide, SIDE)) for n in numbers]
    close = [_close_up(frames[n], shots[n].mask) for n in numbers[:CLOSE_UPS]]
    row = np.hstack([*whole, *close]).copy()
    cv2.putText(row, name, (8, 22), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 4)
    cv2.putText(row, name, (8, 22), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1)
    return row


def _close_up(picture: Pixels, mask: Plane | None) -> Pixels:
    """Where a person's outline begins at the top: the hair and a shoulder."""
    height, width = picture.shape[:2]
    rows, columns = np.nonzero(mask > 0.5) if mask is not None else (np.zeros(1), np.zeros(1))
    top = int(rows.min() / 144 * height) - CLOSE // 8
    middle = int(np.median(columns[rows <= rows.min() + 12]) / 256 * width)
    top = min(max(top, 0), height - CLOSE)
    left = min(max(middle - CLOSE // 2, 0), width - CLOSE)
    part = np.ascontiguousarray(picture[top : top + CLOSE, left : left + CLOSE])
    return np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST), np.uint8)


if __name__ == "__main__":
    typer.run(main)
