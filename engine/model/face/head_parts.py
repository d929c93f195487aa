"""Tells hair, bare skin and clothes apart around a face: the parts of a head.

The network is the project's own (`training/train_parts.py`), and small: it sees heads upright and
of one size, with the face's outline, which the mesh has found already.

Shape letters: B heads, S = PARTS_SIDE.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.drawing.colour import Picture
from engine.drawing.face_box import LAB
from engine.drawing.head import Head
from engine.drawing.landmarks import OVAL, Face
from engine.drawing.parts import PARTS, HeadParts
from engine.frames import Pixels
from engine.model.face.geometry import FaceRegion

PARTS_SIDE = 96
SEEN = 4
"""Channels that the network sees: the picture, and the inside of the face's outline."""

REACH = 2.5
"""Side of the square around a head, in sizes of the face."""
LOWER = 0.25
"""How far its middle lies below the face's, in heights of the face: hair hangs down."""


class PartsNetwork(Protocol):
    """The network, however it is computed: (B, S, S, SEEN) bytes -> ((B, S, S, PARTS),)."""

    def __call__(self, x: Tensor, /) -> Sequence[Tensor]: ...


class HeadPartsNetwork(nn.Module):
    """(B, S, S, SEEN) bytes -> ((B, S, S, PARTS),), which sum to 1."""

    def __init__(self, widths: tuple[int, int, int, int] = (16, 32, 48, 64)) -> None:
        super().__init__()
        fine, middle, coarse, deep = widths
        self.stem = _down(SEEN, fine)
        self.fine = _conv(fine, fine)
        self.to_middle, self.middle = _down(fine, middle), _conv(middle, middle)
        self.to_coarse, self.coarse = _down(middle, coarse), _conv(coarse, coarse)
        self.to_deep = _down(coarse, deep)
        self.deep = nn.Sequential(_conv(deep, deep), _conv(deep, deep))
        self.from_deep, self.coarse_again = nn.Conv2d(deep, coarse, 1), _conv(coarse, coarse)
        self.from_coarse, self.middle_again = nn.Conv2d(coarse, middle, 1), _conv(middle, middle)
        self.from_middle, self.fine_again = nn.Conv2d(middle, fine, 1), _conv(fine, fine)
        self.parts = nn.Conv2d(fine, 4 * PARTS, 3, padding=1)

    def forward(self, x: Tensor) -> tuple[Tensor]:
        return (torch.softmax(self.logits(x), dim=1).permute(0, 2, 3, 1),)

    def logits(self, x: Tensor) -> Tensor:
        """(B, S, S, SEEN) bytes -> (B, PARTS, S, S)"""
        fine = self.fine(self.stem((x.float() / 127.5 - 1.0).permute(0, 3, 1, 2)))
        middle = self.middle(self.to_middle(fine))
        coarse = self.coarse(self.to_coarse(middle))
        x = self.deep(self.to_deep(coarse))
        x = self.coarse_again(coarse + _twice(self.from_deep(x)))
        x = self.middle_again(middle + _twice(self.from_coarse(x)))
        x = self.fine_again(fine + _twice(self.from_middle(x)))
        return F.pixel_shuffle(self.parts(x), 2)


def _conv(channels: int, out_channels: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels, out_channels, 3, stride, 1), nn.ReLU())


def _down(channels: int, out_channels: int) -> nn.Sequential:
    return _conv(channels, out_channels, stride=2)


def _twice(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def head_region(face: Face) -> FaceRegion:
    """The square around a face's head, upright."""
    x, y = face.centre - LOWER * face.height * face.up
    angle = float(np.arctan2(face.across[1], face.across[0]))
    return FaceRegion((float(x), float(y)), REACH * face.scale, angle)


def seen_of(picture: Pixels, face: Face, region: FaceRegion) -> Pixels:
    """What the network sees: (S, S, SEEN). picture: (H, W, 3), in which the face's points lie."""
    cut = region.cut_out(picture, PARTS_SIDE)
    to_picture = region.to_picture(PARTS_SIDE)
    own = (face.at(*OVAL) - to_picture[:, 2]) @ np.linalg.inv(to_picture[:, :2]).T
    inside = np.zeros(cut.shape[:2], np.uint8)
    cv2.fillPoly(inside, [np.round(own * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return np.dstack([cut, inside])


@torch.inference_mode()
def read_parts(network: PartsNetwork, picture: Pixels, faces: Sequence[Face]) -> list[HeadParts]:
    """The parts of each face's head. picture: (H, W, 3), in which their points lie."""
    if not faces:
        return []
    regions = [head_region(face) for face in faces]
    seen = [seen_of(picture, *pair) for pair in zip(faces, regions, strict=True)]
    (told,) = network(torch.from_numpy(np.stack(seen)))
    shares = told.float().contiguous().numpy()
    return [
        HeadParts(own, _lab(cut), region.to_picture(PARTS_SIDE))
        for own, cut, region in zip(shares, seen, regions, strict=True)
    ]


def head_at(head: Head, face: Face) -> Head:
    """A face's head, worked out in an earlier frame, where the face is now."""
    return replace(head, to_picture=head_region(face).to_picture(PARTS_SIDE))


def _lab(seen: Pixels) -> Picture:
    rgb = np.ascontiguousarray(seen[..., :3])
    return np.asarray(cv2.LUT(cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB), LAB), np.float32)
