"""`python -m training.anime.sheets WHAT`: pictures to look at, and figures of steadiness and skin.

Sheets lie in `training/runs/anime_sheets/`; pictures of the training's people are never shipped.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from engine.drawing.looks import LOOKS, Look, look_named
from engine.evaluation.skin import skin_colour, skin_difference
from engine.frames import Pixels
from training.anime.packs import read_pack
from training.anime.teacher import Drawn, Teacher, squared
from training.paths import RUNS
from training.sources import clip_paths, face_paths, read_clip, read_picture

log = logging.getLogger(__name__)

SHEETS = RUNS / "anime_sheets"
SIDE = 512
THUMB = 200
COLUMNS = 9
FRAMES = slice(10, 40)
"""The frames of each clip that are measured."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Mean change between successive frames, of 255: the source's, the drawing's; how many times
    a palette changed.
    """

    source: float
    drawing: float
    changes: int


def steadiness(drawings: Sequence[Drawn]) -> Steadiness:
    """How steady the drawings of successive frames are. Raises ValueError for fewer than two."""
    if len(drawings) < 2:
        raise ValueError(f"steadiness needs two frames at least, not {len(drawings)}")
    pairs = list(pairwise(drawings))
    return Steadiness(
        float(np.mean([_change(a.source, b.source) for a, b in pairs])),
        float(np.mean([_change(a.picture, b.picture) for a, b in pairs])),
        sum(a.palettes != b.palettes for a, b in pairs),
    )


def _change(one: Pixels, other: Pixels) -> float:
    return float(cv2.absdiff(one, other).mean())


def tell_skin(packs: Iterable[Path]) -> None:
    """CIEDE2000 of the median skin of packed portraits, whole and with the light taken out."""
    rows = []
    for path in packs:
        for pair in read_pack(path):
            if not pair.faces or not pair.name.startswith("face-"):
                continue
            before = skin_colour(pair.source, pair.faces[0].seen)
            after = skin_colour(pair.drawing, pair.faces[0].drawn)
            if before is None or after is None:
                continue
            unlit, whole = skin_difference(before, after)
            rows.append((before[0], whole, unlit, after[0] - before[0]))
    table = np.array(sorted(rows))
    third = max(1, len(table) // 3)
    for name, part in (("all", table), ("darkest", table[:third]), ("fairest", table[-third:])):
        _, whole, unlit, lift = part.mean(0)
        log.info(
            "%s (%d): dE00 %.1f, without light %.1f, L* %+.1f", name, len(part), whole, unlit, lift
        )


def beside(drawn: Drawn, name: str) -> Pixels:
    """A source above its drawing, small."""
    parts = [
        cv2.resize(pixels, (THUMB, THUMB), interpolation=cv2.INTER_AREA)
        for pixels in (drawn.source, drawn.picture)
    ]
    cell = np.vstack(parts)
    cv2.putText(cell, name, (3, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 0), 1)
    return np.asarray(cell, np.uint8)


def write_sheet(cells: Sequence[Pixels], path: Path, columns: int = COLUMNS) -> None:
    """Cells of one size as one picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    padded = list(cells) + [np.zeros_like(cells[0])] * (-len(cells) % columns)
    rows = [np.hstack(padded[i : i + columns]) for i in range(0, len(padded), columns)]
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    log.info("wrote %s", path)


def write_portraits(teacher: Teacher, look: Look, *, held_out: bool, every: int) -> None:
    """Every so manieth portrait with its drawing, 27 a sheet."""
    cells: list[Pixels] = []
    paths = face_paths(held_out=held_out)[::every]
    for number, path in enumerate(paths, 1):
        pixels = squared(read_picture(path), SIDE)
        cells.append(beside(teacher.still(pixels, look), path.stem))
        if len(cells) == 3 * COLUMNS or number == len(paths):
            write_sheet(cells, SHEETS / f"{look.name.lower()}-{number:03d}.jpg")
            cells = []


def write_clips(teacher: Teacher, look: Look, *, held_out: bool) -> None:
    """Nine frames of each clip, and how steady its drawing is."""
    for path in clip_paths(held_out=held_out):
        frames = [squared(frame, SIDE) for frame in read_clip(path)[FRAMES]]
        drawings = list(teacher.clip(frames, look))
        found = steadiness(drawings)
        log.info(
            "%s: change %.2f, drawn %.2f, %d changes of a palette",
            path.stem, found.source, found.drawing, found.changes,
        )  # fmt: skip
        chosen = [drawings[i] for i in np.linspace(0, len(drawings) - 1, COLUMNS).astype(int)]
        cells = [beside(drawn, path.stem) for drawn in chosen]
        write_sheet(cells, SHEETS / f"clip-{path.stem}-{look.name.lower()}.jpg")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("portraits", "clips", "skin"))
    parser.add_argument("--look", choices=[look.name.lower() for look in LOOKS], default="anime")
    parser.add_argument("--held-out", action="store_true", help="those that training never sees")
    parser.add_argument("--every", type=int, default=10, help="of the portraits, every so manieth")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cv2.setNumThreads(1)
    look = look_named(options.look)
    if options.what == "skin":
        tell_skin(sorted((RUNS / "anime_pairs").glob("*.npz")))
    elif options.what == "clips":
        write_clips(Teacher(), look, held_out=options.held_out)
    else:
        write_portraits(Teacher(), look, held_out=options.held_out, every=options.every)


if __name__ == "__main__":
    main()
