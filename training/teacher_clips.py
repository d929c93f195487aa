"""Renders clips styled by the teachers, frame by frame, for `evaluate --teacher`.

    python -m training.teacher_clips --out training/runs/teacher --size 512x512

writes OUT/STYLE/CLIP.mkv for every held-out clip, or for those of --clips, losslessly.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.stream import VideoStream

from engine.files.atomic import written_whole
from engine.frames import Pixels, Size
from engine.imaging import fit
from engine.settings import InputSettings, parse_size
from training.paths import RUNS
from training.sources import clip_paths, read_clip
from training.teachers import TEACHERS, Teacher

log = logging.getLogger(__name__)

RATE = Fraction(30)


@dataclass(frozen=True, slots=True)
class Order:
    """What to render: every clip in every style, at one size, up to this many frames."""

    clips: tuple[Path, ...]
    size: Size
    frames: int | None = None


def render(order: Order, folder: Path) -> None:
    """Write what is missing; each file whole or not at all."""
    for clip in order.clips:
        pictures = [fit(p, order.size, InputSettings()) for p in read_clip(clip)[: order.frames]]
        for teacher in TEACHERS:
            path = folder / teacher.name / f"{clip.stem}.mkv"
            if not path.exists():
                log.info("%s", path)
                _write(path, _styled(teacher, pictures), order.size)


def _styled(teacher: Teacher, pictures: list[Pixels]) -> Iterator[Pixels]:
    return (teacher(picture) for picture in pictures)


def _write(path: Path, pictures: Iterator[Pixels], size: Size) -> None:
    """FFV1 in RGB, which is lossless."""
    with written_whole(path) as partial, av.open(partial, "w", format="matroska") as container:
        stream = container.add_stream("ffv1", rate=RATE)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "bgr0"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=RUNS / "teacher")
    parser.add_argument("--clips", type=Path, help="a folder; the held-out clips if left out")
    parser.add_argument("--size", type=parse_size, default=Size(512, 512))
    parser.add_argument("--frames", type=int, help="at most this many of each clip")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    clips = clip_paths(held_out=True) if options.clips is None else sorted(options.clips.iterdir())
    render(Order(tuple(clips), options.size, options.frames), options.out)


if __name__ == "__main__":
    main()
