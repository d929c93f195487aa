"""`python -m training.anime.parts`: tell what each pixel of the packed sources is.

For each pack `KIND-NNN.npz` of the look Anime a file of that name in `training/runs/parts`, with
`labels` (P, N, N) uint8: 0 skin, 1 clothes, 2 hair, 3 none of a person, as the teacher's masks
decided. The network that tells parts of heads at run time learns from them.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import cv2
import numpy as np

from engine.frames import Pixels
from training.anime.packs import read_pack
from training.anime.pairs import READ_SIDE
from training.anime.teacher import STILL, Teacher
from training.paths import RUNS

log = logging.getLogger(__name__)

PACKS = RUNS / "anime_pairs"
PARTS = RUNS / "parts"


def labels_of(teacher: Teacher, pixels: Pixels) -> Pixels:
    """What each pixel of a square picture (N, N, 3) is: (N, N)."""
    large = cv2.resize(pixels, (READ_SIDE, READ_SIDE), interpolation=cv2.INTER_CUBIC)
    picture = np.asarray(large, np.uint8)
    masks = teacher.read(picture, teacher.readers.faces(picture), STILL).masks
    person = [masks.skin, masks.clothes, masks.hair]
    planes = np.stack([*person, 1.0 - np.clip(sum(person), 0.0, 1.0)])
    side = pixels.shape[0]
    small = [cv2.resize(plane, (side, side), interpolation=cv2.INTER_AREA) for plane in planes]
    return np.asarray(np.argmax(small, axis=0), np.uint8)


def label(packs: Path, folder: Path, part: tuple[int, int]) -> None:
    """Write the labels of the packs that have none yet; of every part[1]-th pack alone."""
    folder.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    for path in sorted(packs.glob("*.npz"))[part[0] :: part[1]]:
        target = folder / path.name
        if target.exists():
            continue
        labels = np.stack([labels_of(teacher, pair.source) for pair in read_pack(path)])
        partial = target.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez_compressed(file, labels=labels)
        partial.replace(target)
        log.info("%s: %d pictures", path.name, len(labels))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "OF"))
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    cv2.setNumThreads(1)
    label(PACKS, PARTS, tuple(options.part))


if __name__ == "__main__":
    main()
