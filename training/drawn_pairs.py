"""Makes batches from the packs of the drawing teacher: crops of pairs, at rest or moving.

The plan is drawn anew for each crop, at the crop's own size, as the program does for each frame.
Shape letters: B samples, F frames, S side, h = S / 8. Tensors are float32 in -1..1.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.drawing.bare_face import own_features
from engine.drawing.canvas import Points
from engine.drawing.colour import Colour, floats, lab_picture, rgb, rgb_picture
from engine.drawing.figures import Figures
from engine.drawing.ground import Surroundings
from engine.drawing.landmarks import Face, Found, face_of
from engine.drawing.looks import ANIME, Look
from engine.drawing.palette import Palette
from engine.drawing.plan import Plan, planned
from engine.drawing.planned_face import PlannedFace, bent, worked_out
from engine.frames import Pixels
from engine.model.face.head_parts import HeadPartsNetwork, read_parts
from engine.model.face.weights import load_parts_network
from engine.model.person.mask import PersonMask
from engine.model.person.network import PersonNetwork
from engine.model.person.weights import load_person_network
from engine.settings import PIXELS_PER_LATENT
from training.anime.packs import SHAPES, Pair, PairFace, read_pack
from training.batches import to_tensor
from training.hair_colours import in_other_colours, recoloured
from training.plain_heads import with_heads, with_outlines
from training.trajectories import CameraNoise, Path, random_camera, random_path

NO_PLAN_SHARE = 0.1
"""Samples whose faces are not read: the network has to paint them all the same."""
OTHER_COLOURS_SHARE = 0.7
"""Samples in which people get hair of any colour, if theirs can be told from skin and room."""
SCALES = (0.5, 1.15)
"""How large a crop is shown, relative to the pack's picture."""
ON_A_FACE_SHARE = 0.85
FEATURE_WEIGHT, FACE_WEIGHT, LINE_WEIGHT, COLOUR_WEIGHT = 2.0, 1.0, 3.0, 4.0
"""How much more than 1 a pixel counts: of drawn features, near a face, on a thin dark line, of hair
in another colour."""


@dataclass(frozen=True, slots=True)
class DrawnClips:
    """source: what the camera saw, jaws bent. planned: with the features drawn upon it.

    drawn (B, F, 4, S, S): the features alone, premultiplied, and their cover. tones: (B, F, 7, h,
    h). clean: the plan without noise. target: as taught. Pictures are (B, F, 3, S, S). weight
    (B, F, 1, S, S): how much each pixel counts, 1 or more.
    """

    source: Tensor
    planned: Tensor
    drawn: Tensor
    tones: Tensor
    clean: Tensor
    target: Tensor
    weight: Tensor

    def behind(self, front: DrawnClips, mask: Tensor) -> DrawnClips:
        """These clips, with others in front of them. mask: (F, 1, S, S) in 0..1."""
        small = torch.nn.functional.avg_pool2d(mask, PIXELS_PER_LATENT)
        mixed = {
            name: torch.lerp(
                getattr(self, name), getattr(front, name), small if name == "tones" else mask
            )
            for name in self.__slots__
        }
        return DrawnClips(**mixed)


@dataclass(frozen=True, slots=True)
class _Step:
    """One frame of a sample: its plan by the noisy and by the clean source, target and weight."""

    noisy: Plan
    clean: Plan
    target: Pixels
    weight: NDArray[np.float32]


class DrawnPairs:
    """Draws from a look's packs in a folder; all randomness comes from the given generator."""

    def __init__(
        self, folder: pathlib.Path, look: Look = ANIME, pattern: str = "train-*.npz"
    ) -> None:
        self.look = look
        paths = sorted(folder.glob(pattern))
        self.pairs: list[Pair] = [pair for path in paths for pair in read_pack(path)]
        if not self.pairs:
            raise FileNotFoundError(f"no packs in {folder}; run python -m training.anime.pairs")
        self._figures: dict[int, Figures | None] = {}

    def clips(
        self, frames: int, side: int, shares: Sequence[float], random: Generator
    ) -> DrawnClips:
        """A sample for each share of the look (0..1), of so many frames."""
        return _gathered([self._sample(frames, side, share, random) for share in shares])

    def _sample(self, frames: int, side: int, share: float, random: Generator) -> list[_Step]:
        number = int(random.integers(len(self.pairs)))
        pair, figures = self.pairs[number], self._figures_of(number)
        read = random.random() >= NO_PLAN_SHARE
        camera = random_camera(random)
        way = _random_way(pair, side, random, moving=frames > 1)
        recolour = None
        if read and self.look is ANIME and random.random() < OTHER_COLOURS_SHARE:
            seed = int(random.integers(1 << 31))  # the same colours in every frame

            def recolour(faces: Sequence[PlannedFace]) -> list[PlannedFace]:
                return in_other_colours(faces, np.random.default_rng(seed))

        return [
            _Crop(self.look, pair, way.matrix(frame), side, share, figures).step(
                camera, random, read=read, recolour=recolour
            )
            for frame in range(frames)
        ]

    def _figures_of(self, number: int) -> Figures | None:
        """Who is in a pair's picture, as the program tells it."""
        if number not in self._figures:
            picture = self.pairs[number].source
            mask = PersonMask(_person_network).read(picture)
            found = None if mask is None else Figures.of(mask, picture.shape[:2])
            self._figures[number] = found
        return self._figures[number]


@dataclass(frozen=True, slots=True)
class _Way:
    """How a crop moves over its picture: scale, and where its middle lies at each frame."""

    scale: float
    paths: tuple[Path, Path, Path, Path]
    middle: Points
    side: int

    def matrix(self, number: int) -> Points:
        """(2, 3): from the picture's pixels to the crop's."""
        x, y, zoom, turn = (path.at(number) for path in self.paths)
        scale = self.scale * np.exp(zoom)
        c, s = np.cos(turn) * scale, np.sin(turn) * scale
        linear = np.array([[c, -s], [s, c]])
        middle = self.middle + np.array([x, y])
        return np.column_stack([linear, np.full(2, (self.side - 1) / 2) - linear @ middle])


def _random_way(pair: Pair, side: int, random: Generator, *, moving: bool) -> _Way:
    whole = pair.source.shape[0]
    low = max(SCALES[0], side / whole)
    scale = float(np.exp(random.uniform(np.log(low), np.log(max(SCALES[1], low)))))
    half = side / scale / 2
    free = max(whole / 2 - half, 0.0)
    middle = whole / 2 + random.uniform(-free, free, 2)
    if pair.faces and random.random() < ON_A_FACE_SHARE:
        face = pair.faces[int(random.integers(len(pair.faces)))].drawn
        near = face.mean(0) + random.uniform(-0.45, 0.45, 2) * 2 * half
        middle = np.clip(near, whole / 2 - free, whole / 2 + free)
    pace = float(random.choice((0.15, 0.5, 1.0))) if moving else 0.0
    paths = (
        random_path(random, 0.0, 2.0 * pace, 8.0 * pace),
        random_path(random, 0.0, 1.2 * pace, 6.0 * pace),
        random_path(random, 0.0, 0.004 * pace, 0.03 * pace),
        random_path(random, 0.0, 0.004 * pace, 0.05 * pace),
    )
    return _Way(scale, paths, middle, side)


@dataclass(frozen=True, slots=True)
class _Crop:
    """A part of a pair, as large as it is shown, and how much of the look is wanted (0..1).

    matrix (2, 3): from the pair's pixels to the crop's. figures: of the whole pair.
    """

    look: Look
    pair: Pair
    matrix: Points
    side: int
    share: float
    figures: Figures | None

    def step(
        self,
        camera: CameraNoise,
        random: Generator,
        *,
        read: bool,
        recolour: Callable[[Sequence[PlannedFace]], list[PlannedFace]] | None,
    ) -> _Step:
        """One frame of a sample."""
        source, drawing = (
            _moved(picture, self.matrix, self.side)
            for picture in (self.pair.source, self.pair.drawing)
        )
        faces = [
            PlannedFace(_face(each.seen, self.matrix, each), each.palette)
            for each in self.pair.faces
        ]
        noisy = camera(source, random)
        figures = None if self.figures is None else self.figures.moved(self.matrix)
        around = Surroundings.of(source, figures)
        full = planned(source, faces, self.look, 1.0)
        other = np.zeros(drawing.shape[:2], np.float32)
        if recolour is not None:
            others = recolour(faces)
            plans = full, planned(source, others, self.look, 1.0)
            _, drawn_faces = bent(source, faces, self.look.finer_jaw)
            changed = recoloured(drawing, drawn_faces, others, plans)
            if changed is not None:
                other = (np.abs(changed.astype(np.int16) - drawing).sum(2) > 30).astype(np.float32)
                drawing, faces, full = changed, others, plans[1]
        heads = _with_parts(faces, noisy) if self.share > 0.0 else faces
        clean = planned(source, heads, self.look, self.share, around=around)
        if self.share < 1.0:
            target = self._partly(drawing, faces, full, clean)
        else:
            _, shown = bent(source, heads if read else [], self.look.finer_jaw)
            shown, target = worked_out(shown), drawing
            if figures is not None:
                own = [(each.head, each.weight) for each in shown if each.head is not None]
                target = with_outlines(target, figures, self.look, own)
            target = with_heads(
                target, shown, self.look, full.drawing.cover, outlined=figures is not None
            )
        around = Surroundings.of(noisy, figures)
        plan = planned(noisy, heads if read else [], self.look, self.share, around=around)
        return _Step(plan, clean, target, _weight(full, drawing) + COLOUR_WEIGHT * other)

    def _partly(
        self, drawing: Pixels, faces: Sequence[PlannedFace], full: Plan, plan: Plan
    ) -> Pixels:
        """The target for a share of the look: between the plan and the drawing.

        Of the drawing's eyes and jaw are taken away what the plan has otherwise.
        """
        plain, finer = drawing.astype(np.float32), self.look.finer_jaw
        _, drawn_faces = bent(drawing, faces, finer)
        for each in drawn_faces:
            own = own_features(replace(each.face, seen=each.face.points), len(drawing))
            hidden = np.maximum(own, full.drawing.cover / np.float32(255))[..., None]
            plain += (_drawn_skin(each.palette, self.look) - plain) * hidden
        straight = [
            replace(each, face=replace(each.face, seen=each.face.points)) for each in drawn_faces
        ]
        back, _ = bent(np.rint(plain).astype(np.uint8), straight, -(1.0 - self.share) * finer)
        whole = back * (1 - plan.drawing.cover[..., None] / np.float32(255)) + plan.drawing.drawn
        return np.asarray(np.rint(plan.pixels + self.share * (whole - plan.pixels)), np.uint8)


@cache
def _person_network() -> PersonNetwork:
    return load_person_network()


@cache
def _parts_network() -> HeadPartsNetwork:
    return load_parts_network(torch.device("cpu"))


def _with_parts(faces: Sequence[PlannedFace], picture: Pixels) -> list[PlannedFace]:
    """The faces with the parts of their heads, as the program tells them."""
    told = read_parts(_parts_network(), picture, [each.face for each in faces])
    return [replace(each, parts=parts) for each, parts in zip(faces, told, strict=True)]


def _drawn_skin(palette: Palette, look: Look) -> Colour:
    """The flat tone of skin as the look's finish shows it."""
    if look.finish == "screentone":
        tone = np.clip((80 - palette.skin[0]) / 90, 0, 0.55)
        return floats([255 * (1 - 0.94 * tone * (tone >= 0.07))] * 3)
    graded = look.grade.of(lab_picture(rgb(palette.skin).reshape(1, 1, 3)))
    return rgb_picture(graded).reshape(3)


def _moved(picture: Pixels, matrix: Points, side: int) -> Pixels:
    """The crop; means of pixels where it is shown smaller."""
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if scale < 0.8:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.45 / scale)
    return np.asarray(
        cv2.warpAffine(
            picture, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
        ),
        np.uint8,
    )


def _face(seen: NDArray[np.float32], matrix: Points, each: PairFace) -> Face:
    points = seen.astype(np.float64) @ matrix[:, :2].T + matrix[:, 2]
    shapes = dict(zip(SHAPES, each.shapes.tolist(), strict=True))
    return replace(face_of(Found(points, shapes, np.eye(3))), yaw=each.pose[0], pitch=each.pose[1])


def _weight(plan: Plan, drawing: Pixels) -> NDArray[np.float32]:
    near = cv2.dilate(plan.drawing.cover, np.ones((7, 7))) / np.float32(255)
    face = cv2.resize(plan.tones[-1], near.shape[::-1])
    grey = cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY)
    lines = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((7, 7))).astype(np.float32)
    lines = cv2.dilate(np.clip((lines - 12) / 40, 0, 1), np.ones((3, 3)))
    weight = 1 + FEATURE_WEIGHT * near + FACE_WEIGHT * face + LINE_WEIGHT * lines
    return np.asarray(weight, np.float32)


def _gathered(samples: Sequence[Sequence[_Step]]) -> DrawnClips:
    def pictures(pick: Callable[[_Step], Pixels]) -> Tensor:
        return torch.stack([to_tensor([pick(step) for step in steps]) for steps in samples])

    def planes(pick: Callable[[_Step], NDArray[np.generic]]) -> Tensor:
        rows = [np.stack([pick(step) for step in steps]) for steps in samples]
        return torch.from_numpy(np.stack(rows)).float()

    cover = planes(lambda step: step.noisy.drawing.cover)[:, :, None] / 127.5 - 1
    return DrawnClips(
        source=pictures(lambda step: step.noisy.drawing.source),
        planned=pictures(lambda step: step.noisy.pixels),
        drawn=torch.cat([pictures(lambda step: step.noisy.drawing.drawn), cover], dim=2),
        tones=planes(lambda step: step.noisy.tones),
        clean=pictures(lambda step: step.clean.pixels),
        target=pictures(lambda step: step.target),
        weight=planes(lambda step: step.weight)[:, :, None],
    )
