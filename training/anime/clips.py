"""`python -m training.anime.clips --out TEACHER`: drawn clips, for `evaluate --teacher TEACHER`.

Writes TEACHER/LOOK/CLIP.mkv, losslessly, for every held-out clip or for those of --clips. Each
frame is drawn by itself, as a filter would; --held draws the clip with tones and masks held.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from engine.drawing.looks import LOOKS, Look, look_named
from engine.files.atomic import written_whole
from engine.frames import Pixels, Size
from engine.imaging import fit
from engine.settings import InputSettings
from training.paths import RUNS
from training.sources import clip_paths, read_clip

if TYPE_CHECKING:
    from training.anime.teacher import Teacher

log = logging.getLogger(__name__)

SIDE = 512
RATE = 30.0


def render(
    teacher: Teacher,
    look: Look,
    clips: Iterable[Path],
    folder: Path,
    *,
    side: int = SIDE,
    frames: int | None = None,
    held: bool = False,
) -> None:
    """Write what is missing, at side x side; each file whole or not at all.

    frames: at most so many of each clip. held: draw it as a clip, not frame by frame.
    """
    for clip in clips:
        path = folder / look.name.lower() / f"{clip.stem}.mkv"
        if path.exists():
            continue
        log.info("%s", path)
        sources = [fit(p, Size(side, side), InputSettings()) for p in read_clip(clip)[:frames]]
        write_lossless(path, drawn(teacher, look, sources, held=held), side)


def drawn(
    teacher: Teacher, look: Look, sources: Sequence[Pixels], *, held: bool
) -> Iterator[Pixels]:
    """The drawing of each frame (N, N, 3)."""
    if held:
        return (each.picture for each in teacher.clip(sources, look))
    return (teacher.still(pixels, look).picture for pixels in sources)


def write_lossless(path: Path, pictures: Iterable[Pixels], side: int) -> None:
    """Write pictures (side, side, 3) as FFV1 in RGB. Raises OSError."""
    with written_whole(path, suffix=path.suffix) as partial:
        codec = cv2.VideoWriter.fourcc(*"FFV1")
        writer = cv2.VideoWriter(str(partial), codec, RATE, (side, side))
        if not writer.isOpened():
            raise OSError(f"OpenCV cannot write {path}")
        try:
            for picture in pictures:
                writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        finally:
            writer.release()


def main() -> None:
    """Read the command line."""
    from training.anime.teacher import Teacher  # noqa: PLC0415 - needs MediaPipe

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    names = [look.name.lower() for look in LOOKS]
    parser.add_argument("--out", type=Path, default=RUNS / "teacher")
    parser.add_argument("--look", choices=names, default=names[0])
    parser.add_argument("--clips", type=Path, help="a folder; the held-out clips if left out")
    parser.add_argument("--side", type=int, default=SIDE, help="of the square pictures, in pixels")
    parser.add_argument("--frames", type=int, help="at most this many of each clip")
    parser.add_argument("--held", action="store_true", help="hold tones and masks over a clip")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    clips = clip_paths(held_out=True) if chosen.clips is None else sorted(chosen.clips.iterdir())
    render(
        Teacher(), look_named(chosen.look), clips, chosen.out,
        side=chosen.side, frames=chosen.frames, held=chosen.held,
    )  # fmt: skip


if __name__ == "__main__":
    main()
