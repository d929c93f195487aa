"""The network that tells the parts of heads apart (`engine.model.face.head_parts`).

It learns from the labels of `training.anime.parts`.

Shape letters: B heads, S = PARTS_SIDE.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from engine.drawing.landmarks import Face, Found, face_of
from engine.drawing.parts import PARTS, REST
from engine.frames import Pixels
from engine.model.face.head_parts import PARTS_SIDE, HeadPartsNetwork, head_region, seen_of
from engine.model.face.weights import FOLDER, PARTS_FILE
from engine.model.face.weights import PARTS as PARTS_PREFIX
from training.anime.packs import read_pack
from training.checkpoints import write_weights
from training.long_hair import with_long_hair
from training.paths import RUNS
from training.pictures import in_other_light, write_sheet
from training.trainer import Losses, RunConfig, Trainer, channels_last
from training.trajectories import random_camera

BATCH = 16
NAME = "parts.pt"
LABELS, PACKS = RUNS / "parts", RUNS / "anime_pairs"
OTHER_ROOM_SHARE = 0.4
"""How often people stand before another picture's room."""
LONG_HAIR_SHARE = 0.3
"""How often people get long hair."""
BEYOND = PARTS
"""The label of what is beyond the picture."""
COLOURS = np.array(
    [[255, 200, 160], [60, 90, 200], [120, 60, 20], [200, 200, 200], [0, 0, 0]], np.uint8
)
SHOWN, IN_A_ROW = 24, 4

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LabelledHead:
    """A face of a packed source, and what each pixel around it is."""

    picture: Pixels
    labels: Pixels
    face: Face


def heads(pattern: str) -> list[LabelledHead]:
    """The faces of all packs. Raises FileNotFoundError where there are none."""
    found = []
    for path in sorted(PACKS.glob(pattern)):
        with np.load(LABELS / path.name) as told:
            labels = told["labels"]
        for pair, own in zip(read_pack(path), labels, strict=True):
            for each in pair.faces:
                seen = each.seen.astype(np.float64)
                found.append(LabelledHead(pair.source, own, face_of(Found(seen, {}, np.eye(3)))))
    if not found:
        raise FileNotFoundError(f"no packs in {PACKS}; run python -m training.anime.parts")
    return found


def sample(head: LabelledHead, room: Pixels, random: Generator) -> tuple[Pixels, Pixels]:
    """What the network sees, (S, S, 4), and how much of each part there is, (S, S, PARTS), each
    0..255; none where the picture ends.
    """
    picture, labels, face = head.picture, head.labels, head.face
    if random.random() < 0.5:
        picture, labels, face = mirrored_of(head)
    if random.random() < LONG_HAIR_SHARE:
        picture, labels = with_long_hair(picture, labels, face, random)
    if random.random() < OTHER_ROOM_SHARE:
        person = cv2.GaussianBlur((labels != REST).astype(np.float32), (0, 0), 0.8)[..., None]
        picture = np.asarray(np.rint(room + (picture - room.astype(np.float32)) * person), np.uint8)
    region = head_region(face)
    shift = random.normal(0.0, 0.04, 2) * region.side
    region = replace(
        region,
        centre=(region.centre[0] + float(shift[0]), region.centre[1] + float(shift[1])),
        side=region.side * float(np.exp(random.normal(0.0, 0.08))),
        angle=region.angle + float(random.normal(0.0, 0.1)),
    )
    seen = seen_of(picture, face, region)
    seen[..., :3] = random_camera(random)(in_other_light(seen[..., :3], random), random)
    return seen, region.cut_out(_shares(labels), PARTS_SIDE)


def _shares(labels: Pixels) -> Pixels:
    """(H, W) -> (H, W, PARTS): 255 of the one that it is."""
    return np.eye(PARTS, dtype=np.uint8)[labels] * np.uint8(255)


def mirrored_of(head: LabelledHead) -> tuple[Pixels, Pixels, Face]:
    """Picture, labels and face, left and right exchanged; the points keep their numbers."""
    picture, labels, face = head.picture, head.labels, head.face
    points = face.points.copy()
    points[:, 0] = picture.shape[1] - 1 - points[:, 0]
    across = face.across * (1, -1)
    turned = replace(face, points=points, seen=points, across=across, up=face.up * (-1, 1))
    return np.ascontiguousarray(picture[:, ::-1]), np.ascontiguousarray(labels[:, ::-1]), turned


def batch(found: Sequence[LabelledHead], count: int, random: Generator) -> tuple[Tensor, Tensor]:
    """What the network sees, (B, S, S, SEEN), and what it should say, (B, PARTS, S, S) 0..1."""
    chosen = random.integers(len(found), size=(count, 2))
    made = [sample(found[one], found[other].picture, random) for one, other in chosen]
    seen, told = (torch.from_numpy(np.stack(part)) for part in zip(*made, strict=True))
    return seen, told.permute(0, 3, 1, 2).float() / 255.0


def losses(model: HeadPartsNetwork, found: Sequence[LabelledHead], random: Generator) -> Losses:
    """Cross entropy, where the picture is."""
    seen, told = batch(found, BATCH, random)
    logits = model.logits(seen)
    lost = -(told * torch.log_softmax(logits, dim=1)).sum(1)
    there = told.sum(1)
    right = ((logits.argmax(1) == told.argmax(1)) * (there > 0.5)).sum() / (there > 0.5).sum()
    return {"total": lost.sum() / there.sum(), "right": right}


def told_of(model: nn.Module, head: LabelledHead) -> tuple[Pixels, Pixels, Pixels]:
    """What is seen of a head, (S, S, 3), which part each cell is by the model, and by its label,
    (S, S); beyond the picture `BEYOND`.
    """
    region = head_region(head.face)
    seen = seen_of(head.picture, head.face, region)
    with torch.no_grad():
        shares = model(torch.from_numpy(seen)[None])[0][0]
    taught = region.cut_out(_shares(head.labels), PARTS_SIDE)
    label = np.where(taught.sum(2) > 127, taught.argmax(2), BEYOND)
    return (
        np.ascontiguousarray(seen[..., :3]),
        shares.argmax(2).numpy().astype(np.uint8),
        label.astype(np.uint8),
    )


def overlaps(model: nn.Module, held_out: Sequence[LabelledHead]) -> list[float]:
    """Intersection over union of each part, on people never seen."""
    both, either = np.zeros(PARTS), np.zeros(PARTS)
    for head in held_out:
        _, told, label = told_of(model, head)
        for part in range(PARTS):
            both[part] += ((told == part) & (label == part)).sum()
            either[part] += (((told == part) & (label != BEYOND)) | (label == part)).sum()
    return [float(share) for share in both / either]


def write_sample_sheet(model: nn.Module, held_out: Sequence[LabelledHead], path: Path) -> None:
    """People never seen, four in a row: what is seen, told and taught."""
    shown = held_out[:: max(1, len(held_out) // SHOWN)][:SHOWN]
    pictures = [
        [seen, COLOURS[told], COLOURS[label]]
        for seen, told, label in (told_of(model, head) for head in shown)
    ]
    whole = len(pictures) - len(pictures) % IN_A_ROW
    rows = [pictures[start : start + IN_A_ROW] for start in range(0, whole, IN_A_ROW)]
    write_sheet(path, [[picture for head in row for picture in head] for row in rows])


def train_and_export(minutes: float) -> None:
    """Train, or continue training, `parts.pt` in the runs folder, and write the file that ships."""
    model = HeadPartsNetwork()
    channels_last(model)
    found, held_out = heads("train-*.npz"), heads("held-*.npz")
    trainer = Trainer(model, RunConfig(minutes, 2e-3, 0.01, keep=2.0), RUNS / NAME)

    def tell(average: nn.Module) -> None:
        write_sample_sheet(average, held_out, RUNS / "sheets" / "parts.jpg")
        told = ", ".join(f"{share:.2f}" for share in overlaps(average, held_out))
        log.info("overlap of skin, clothes, hair and the rest: %s", told)

    trainer.run(lambda _, random: losses(model, found, random), tell)
    export()


def export() -> None:
    """Write the averaged weights of `parts.pt` as the file that ships."""
    state = torch.load(RUNS / NAME, weights_only=True)["average"]
    named = {f"{PARTS_PREFIX}.{name}": value for name, value in state.items()}
    write_weights(named, FOLDER / PARTS_FILE)
