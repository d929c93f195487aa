"""Crops of still pictures, styled once by every teacher and kept as shards on disk.

A shard is one array uint8 (N, 1 + styles, SIDE, SIDE, 3): the crop itself, then each style.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.files.atomic import written_whole
from engine.frames import Pixels
from training.paths import SHARDS
from training.sources import TrainingImage, fetch_wallpapers, stills
from training.teachers import TEACHERS

log = logging.getLogger(__name__)

SIDE = 384
PER_SHARD = 32
SMALL_FACE_SHARE = 0.4

Shard = NDArray[np.uint8]


def crop(pixels: Pixels, scale: float, random: Generator) -> Pixels:
    """A random SIDE x SIDE crop of the scaled picture; mirrored at its borders if too small."""
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=method)
    missing = [max(0, SIDE - side) for side in scaled.shape[:2]]
    if any(missing):
        scaled = cv2.copyMakeBorder(
            scaled, 0, missing[0], missing[1] // 2, missing[1] - missing[1] // 2,
            cv2.BORDER_REFLECT_101,
        )  # fmt: skip
    top = int(random.integers(scaled.shape[0] - SIDE + 1))
    left = int(random.integers(scaled.shape[1] - SIDE + 1))
    return np.ascontiguousarray(scaled[top : top + SIDE, left : left + SIDE], np.uint8)


def pasted(face: Pixels, ground: Pixels, random: Generator) -> Pixels:
    """A portrait, as small as in a webcam picture, in front of another picture."""
    side = int(random.integers(150, 300))
    small = cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    body = np.maximum(np.hypot(x, (y + 0.1) * 0.9) - 0.62, np.abs(x) - 0.75)
    shoulders = np.where(y > 0.25, np.abs(x) - 0.85, body)
    mask = np.clip(-14.0 * np.minimum(body, shoulders), 0.0, 1.0)[..., None]
    top, left = SIDE - side, int(random.integers(SIDE - side + 1))
    result = ground.astype(np.float32)
    behind = result[top:, left : left + side]
    result[top:, left : left + side] = behind + mask * (small - behind)
    return np.asarray(np.rint(result), np.uint8)


def crops_of(still: TrainingImage, random: Generator) -> Iterator[Pixels]:
    """The crops made from one still."""
    if still.kind == "face":
        yield crop(still.pixels, float(random.choice([0.75, 1.0])), random)
    elif still.kind == "clip":
        yield crop(still.pixels, float(random.choice([0.8, 1.0])), random)
    else:
        for _ in range(2):
            yield crop(still.pixels, float(random.uniform(0.4, 0.9)), random)


def all_crops(seed: int, *, held_out: bool = False) -> list[Pixels]:
    """All crops in random order: portraits, clips, wallpapers, small portraits in front."""
    random = np.random.default_rng(seed)
    found, faces, grounds = [], [], []
    for still in stills(held_out=held_out):
        new = list(crops_of(still, random))
        found += new
        if still.kind == "face":
            faces.append(still.pixels)
        else:
            grounds += new
    for face in faces:
        if random.random() < SMALL_FACE_SHARE:
            found.append(pasted(face, grounds[int(random.integers(len(grounds)))], random))
    return [found[i] for i in random.permutation(len(found))]


def styled(pixels: Pixels) -> Shard:
    """The crop and its styles: (1 + styles, SIDE, SIDE, 3)."""
    return np.stack([pixels, *(teacher(pixels) for teacher in TEACHERS)])


def write_shard(job: tuple[Path, list[Pixels]]) -> None:
    """Style some crops and write them, whole or not at all."""
    path, crops = job
    cv2.setNumThreads(1)  # the pool uses both cores
    shard = np.stack([styled(pixels) for pixels in crops])
    with written_whole(path) as partial, partial.open("wb") as file:
        np.save(file, shard)
    log.info("wrote %s", path.name)


def make_shards(folder: Path = SHARDS, seed: int = 0, processes: int = 2) -> None:
    """Write every missing shard; the one kept from training is `held-out`."""
    fetch_wallpapers()
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(folder / "held-out.npy", all_crops(seed, held_out=True)[:64])]
    crops = all_crops(seed)
    for start in range(0, len(crops), PER_SHARD):
        number = start // PER_SHARD
        jobs.append((folder / f"train-{number:03d}.npy", crops[start : start + PER_SHARD]))
    waiting = [job for job in jobs if not job[0].exists()]
    with get_context("spawn").Pool(processes) as pool:
        for _ in pool.imap_unordered(write_shard, waiting):
            pass


def open_shards(folder: Path = SHARDS) -> list[Shard]:
    """The finished training shards, memory-mapped."""
    paths = sorted(folder.glob("train-*.npy"))
    if not paths:
        raise FileNotFoundError(f"no stills in {folder}; make them first")
    return [np.load(path, mmap_mode="r") for path in paths]
