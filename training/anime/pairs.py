"""`python -m training.anime.pairs`: draw and pack the pairs that the network learns from.

A pack is written after each few dozen pairs; started again, it goes on from the last. Pairs are
never mirrored afterwards, since light and shadow lie on one side: some sources are, before they are
drawn.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator, default_rng

from engine.drawing.canvas import Points, blurred, smooth_step
from engine.drawing.looks import LOOKS, Look, look_named
from engine.drawing.palette import Palette, decided
from engine.frames import Pixels
from training.anime.packs import Pair, pair_face, write_pack
from training.anime.sight import seen_in
from training.anime.teacher import Drawn, Teacher, squared
from training.paths import RUNS
from training.pictures import in_other_light
from training.sources import clip_paths, face_paths, read_clip, read_picture

log = logging.getLogger(__name__)

READ_SIDE = 512
SIDE = 384
PER_PACK = 32
MOST_OF_A_PACK = 2_000_000
LIMIT = {False: 51_000_000, True: 8_500_000}
"""Bytes of all packs of the look Anime, of the training set and of the held-out one."""
OTHER_LIMIT = {False: 20_000_000, True: 3_000_000}
"""... and of each other look: where features lie is learned from Anime, only the paint is new."""
Batch = Callable[[Teacher, Look], list[Pair]]


@dataclass(frozen=True, slots=True)
class Job:
    """Some pairs that are drawn together: a portrait with its altered copy, or a part of a clip."""

    name: str
    draw: Batch


def packed(drawn: Drawn, name: str) -> Pair:
    """A drawing as a pair of the packs' size."""
    scale = SIDE / drawn.source.shape[0]
    faces = [
        pair_face(face, palette, scale)
        for face, palette in zip(drawn.faces, drawn.palettes, strict=True)
    ]
    source, picture = (
        np.asarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
        for pixels in (drawn.source, drawn.picture)
    )
    return Pair(name, source, picture, tuple(faces))


def altered(pixels: Pixels, random: Generator) -> tuple[Pixels, Points]:
    """Another photograph of the same: mirrored or not, rolled, nearer or further, in other light.

    The matrix (2, 3) from the first picture to it is the second answer.
    """
    side = pixels.shape[0]
    turn = cv2.getRotationMatrix2D(
        (side / 2, side * 0.45), random.uniform(-14, 14), random.uniform(0.75, 1.3)
    )
    turn[:, 2] += random.uniform(-0.04, 0.04, 2) * side
    if random.uniform() < 0.5:
        turn = turn @ np.array([[-1, 0, side - 1], [0, 1, 0], [0, 0, 1.0]])
    moved = cv2.warpAffine(
        pixels, turn, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return in_other_light(np.asarray(moved, np.uint8), random), np.asarray(turn)


def placed(
    ground: Pixels,
    front: Pixels,
    mask: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    scale: float,
    left: float,
) -> tuple[Pixels, Points]:
    """A cut-out person before a ground, standing on its lower edge; the matrix (2, 3) to it."""
    side = ground.shape[0]
    matrix = np.array([[scale, 0, left * side], [0, scale, side * (1 - scale) + 1]])
    size = (side, side)
    person = cv2.warpAffine(front, matrix, size, flags=cv2.INTER_AREA)
    share = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_AREA)[..., None]
    return np.asarray(
        np.rint(ground + (person - ground.astype(np.float32)) * share), np.uint8
    ), matrix


def portrait_jobs(paths: Sequence[Path]) -> Iterator[Job]:
    """Each portrait, with an altered copy or in a picture with small faces every second time."""
    for number, path in enumerate(paths):
        yield Job(f"face-{path.stem}", _portrait(paths, number))


def _portrait(paths: Sequence[Path], number: int) -> Batch:
    def draw(teacher: Teacher, look: Look) -> list[Pair]:
        path, random = paths[number], default_rng(number)
        pixels = squared(read_picture(path), READ_SIDE)
        first = teacher.still(pixels, look)
        pairs = [packed(first, f"face-{path.stem}")]
        if not first.faces:
            return []
        if number % 4 == 1:
            copy, matrix = altered(pixels, random)
            known = [(_moved(first.faces[0].centre, matrix), first.palettes[0])]
            pairs.append(packed(teacher.still(copy, look, known=known), f"altered-{path.stem}"))
        elif number % 4 == 3:
            others = [paths[i] for i in random.permutation(len(paths))[:2] if i != number]
            scene, known = gathered(teacher, [path, *others], random)
            pairs.append(packed(teacher.still(scene, look, known=known), f"small-{path.stem}"))
        return pairs

    return draw


def _moved(point: Points, matrix: Points) -> Points:
    return np.asarray(matrix[:, :2] @ point + matrix[:, 2])


def gathered(
    teacher: Teacher, paths: Sequence[Path], random: Generator
) -> tuple[Pixels, list[tuple[Points, Palette]]]:
    """One to three cut-out people with small faces before a blurred wall, and who is where."""
    last = squared(read_picture(paths[-1]), READ_SIDE)
    corner = last[: READ_SIDE // 3, : READ_SIDE // 5]  # mostly wall or flag
    ground = cv2.resize(corner, (READ_SIDE, READ_SIDE), interpolation=cv2.INTER_CUBIC)
    scene = np.asarray(cv2.GaussianBlur(ground, (0, 0), 6.0), np.uint8)
    count = int(random.integers(1, len(paths) + 1))
    known = []
    slots = random.permutation(count)
    for path, slot in zip(paths[:count], slots, strict=True):
        pixels = squared(read_picture(path), READ_SIDE)
        view = teacher.seen(pixels)
        if not view.faces:
            continue
        person = smooth_step(blurred(view.masks.person, 1.0), 0.35, 0.75)
        scale = float(random.uniform(0.32, 0.62 if count == 1 else 0.45))
        left = (slot + 0.5) / count - scale / 2 + float(random.uniform(-0.05, 0.05))
        scene, matrix = placed(scene, pixels, person, scale, left)
        known.append((_moved(view.faces[0].centre, matrix), decided([seen_in(view, 0)])))
    return in_other_light(scene, random), known


def clip_jobs(paths: Sequence[Path], *, near_step: int, whole_step: int) -> Iterator[Job]:
    """Each clip twice: near the face, and whole; every few frames."""
    for path in paths:
        yield Job(f"near-{path.stem}", _clip(path, near_step, near=True))
        yield Job(f"whole-{path.stem}", _clip(path, whole_step, near=False))


def _clip(path: Path, step: int, *, near: bool) -> Batch:
    def draw(teacher: Teacher, look: Look) -> list[Pair]:
        frames = read_clip(path)
        cut = near_face(teacher, frames) if near else [squared(f, READ_SIDE) for f in frames]
        kind = "near" if near else "whole"
        return [
            packed(drawn, f"{kind}-{path.stem}-{number * step}")
            for number, drawn in enumerate(teacher.clip(cut[::step], look))
        ]

    return draw


def near_face(teacher: Teacher, frames: Sequence[Pixels]) -> list[Pixels]:
    """The frames cut alike around the middle of the largest face, 2.3 heights of it wide."""
    middle = squared(frames[len(frames) // 2], READ_SIDE)
    found = teacher.readers.faces(middle)
    if not found:
        return [squared(frame, READ_SIDE) for frame in frames]
    height, width = frames[0].shape[:2]
    unit = min(height, width) / READ_SIDE
    corner = np.array([(width - height) / 2, 0.0]).clip(0)
    centre = found[0].centre * unit + corner + (0, 0.25 * found[0].height * unit)
    zoom = READ_SIDE / (2.3 * found[0].height * unit)
    shift = READ_SIDE / 2 - zoom * centre
    matrix = np.array([[zoom, 0, shift[0]], [0, zoom, shift[1]]])
    return [
        np.asarray(
            cv2.warpAffine(
                frame, matrix, (READ_SIDE, READ_SIDE), flags=cv2.INTER_CUBIC,
                borderMode=cv2.BORDER_REFLECT,
            ),
            np.uint8,
        )
        for frame in frames
    ]  # fmt: skip


def jobs(*, held_out: bool) -> list[Job]:
    """All jobs, portraits and clips mixed evenly, so that a pack cut short still holds both."""
    faces = list(portrait_jobs(face_paths(held_out=held_out)))
    steps = (6, 12) if held_out else (4, 9)
    clips = list(clip_jobs(clip_paths(held_out=held_out), near_step=steps[0], whole_step=steps[1]))
    every = max(1, len(faces) // max(1, len(clips)))
    mixed: list[Job] = []
    for number, job in enumerate(faces):
        mixed.append(job)
        if number % every == every // 2 and clips:
            mixed.append(clips.pop(0))
    return mixed + clips


def draw_packs(folder: Path, kind: str, todo: Sequence[Job], look: Look, limit: int) -> None:
    """Draw the jobs that are not in the folder yet; stop before `limit` bytes are passed.

    After each file, `KIND.done` tells how many jobs are in it and those before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / f"{kind}.done"
    done = int(note.read_text()) if note.exists() else 0
    number = len(list(folder.glob(f"{kind}-*.npz")))
    size = sum(path.stat().st_size for path in folder.glob(f"{kind}-*.npz"))
    if size > limit - MOST_OF_A_PACK:
        return
    teacher, waiting = Teacher(), list[Pair]()
    for place, job in enumerate(todo[done:], done + 1):
        try:
            waiting += job.draw(teacher, look)
        except (ValueError, IndexError, cv2.error) as error:
            log.warning("%s cannot be drawn: %s", job.name, error)
        if len(waiting) < PER_PACK and place < len(todo):
            continue
        if waiting:
            size += write_pack(folder / f"{kind}-{number:03d}.npz", waiting)
        note.write_text(str(place))
        number, waiting = number + 1, []
        log.info("%s: %d of %d jobs, %.1f MB", kind, place, len(todo), size / 1e6)
        if size > limit - MOST_OF_A_PACK:
            log.info("%s: stopped at its limit", kind)
            return


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", choices=[look.name.lower() for look in LOOKS], default="anime")
    parser.add_argument("--folder", type=Path, help="else NAME_pairs among the training's runs")
    options = parser.parse_args()
    look = replace(look_named(options.look), dots=0.0)
    folder = options.folder or RUNS / f"{options.look}_pairs"
    limits = LIMIT if options.look == "anime" else OTHER_LIMIT
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    cv2.setNumThreads(1)
    for held_out, kind in ((True, "held"), (False, "train")):
        todo = jobs(held_out=held_out)
        draw_packs(folder, kind, todo, look, limits[held_out])


if __name__ == "__main__":
    main()
