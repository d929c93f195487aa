"""MediaPipe's face detector (BlazeFace, short range) and its face mesh with irises, in torch.

Weights: Google, Apache-2.0, converted by `tools/convert_face_models.py` to the names used here.
BlazeFace: arXiv 1907.05047. Attention-free face mesh of MediaPipe's Face Landmarker (2023).

Both take pictures as they are, of bytes: (B, side, side, 3).

Shape letters: B pictures or faces, C channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

DETECTOR_SIDE = 128
MESH_SIDE = 256
MESH_POINTS = 478
BOX_NUMBERS = 16
"""Of each anchor: centre, size, and six points."""


class FaceNetwork(Protocol):
    """A detector or a mesh, however it is computed: bytes in, on its device, two tensors out."""

    @property
    def device(self) -> torch.device: ...

    def __call__(self, x: Tensor, /) -> Sequence[Tensor]: ...


class FaceDetector(nn.Module):
    """Where faces may be: (B, 128, 128, 3) bytes -> logits (B, 896), boxes (B, 896, 16).

    Boxes are offsets to `engine.model.face.detection.anchors`, in pixels of the picture given.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 24, 5, stride=2)
        fine = (24, 28, 32, 36, 42, 48, 56, 64, 72, 80, 88)
        halved = (32, 48)
        self.fine = nn.Sequential(
            _SeparableBlock(24, 24),
            *(
                _SeparableBlock(before, after, stride=2 if after in halved else 1)
                for before, after in pairwise(fine)
            ),
        )
        self.fine_score = nn.Conv2d(88, 2, 1)
        self.coarse = nn.Sequential(
            _SeparableBlock(88, 96, stride=2), *(_SeparableBlock(96, 96) for _ in range(4))
        )
        self.coarse_score = nn.Conv2d(96, 6, 1)
        self.fine_box = nn.Conv2d(88, 2 * BOX_NUMBERS, 1)
        self.coarse_box = nn.Conv2d(96, 6 * BOX_NUMBERS, 1)

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self.stem.weight.device

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        x = (pictures.float() / 127.5 - 1.0).permute(0, 3, 1, 2)
        fine = self.fine(F.relu(self.stem(F.pad(x, (1, 2, 1, 2)))))
        coarse = self.coarse(fine)
        scores = _by_anchor(self.fine_score(fine), 1), _by_anchor(self.coarse_score(coarse), 1)
        boxes = (
            _by_anchor(self.fine_box(fine), BOX_NUMBERS),
            _by_anchor(self.coarse_box(coarse), BOX_NUMBERS),
        )
        return torch.cat(scores, dim=1)[..., 0], torch.cat(boxes, dim=1)


class _SeparableBlock(nn.Module):
    """A depthwise and a pointwise convolution with a shortcut, which is padded to C' channels."""

    def __init__(self, channels: int, out_channels: int, *, stride: int = 1) -> None:
        super().__init__()
        self._stride, self._added = stride, out_channels - channels
        padding = 1 if stride == 1 else 0
        self.depthwise = nn.Conv2d(
            channels, channels, 3, stride=stride, padding=padding, groups=channels
        )
        self.pointwise = nn.Conv2d(channels, out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self._stride == 1 else F.max_pool2d(x, 2)
        if self._added:
            shortcut = F.pad(shortcut, (0, 0, 0, 0, 0, self._added))
        entering = x if self._stride == 1 else F.pad(x, (0, 1, 0, 1))
        return F.relu(shortcut + self.pointwise(self.depthwise(entering)))


def _by_anchor(x: Tensor, numbers: int) -> Tensor:
    """(B, A * n, h, w) -> (B, h * w * A, n)"""
    return x.permute(0, 2, 3, 1).flatten(1).unflatten(1, (-1, numbers))


class FaceMesh(nn.Module):
    """A face's points: (B, 256, 256, 3) bytes -> points (B, 478, 3), presence logit (B,).

    The face is upright and fills two thirds of the picture. Points are x, y in its pixels,
    and z, the depth in the same unit, smaller being nearer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, stride=2)
        self.stem_act = nn.PReLU(16)
        widths = (16, 32, 64, 128, 128, 128, 128)
        stages = [nn.Sequential(*(_Bottleneck(16) for _ in range(4)))]
        for before, after in pairwise(widths):
            blocks = (_Halving(before, after), *(_Bottleneck(after) for _ in range(4)))
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.Sequential(*stages)
        self.presence = nn.Conv2d(128, 1, 2)
        self.points = nn.Conv2d(128, MESH_POINTS * 3, 2)

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self.stem.weight.device

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        x = (pictures.float() / 255.0).permute(0, 3, 1, 2)
        x = self.stem_act(self.stem(F.pad(x, (0, 1, 0, 1))))
        x = self.stages(x)
        return self.points(x).flatten(1).unflatten(1, (-1, 3)), self.presence(x).flatten()


class _Bottleneck(nn.Module):
    """A bottleneck of half the channels with a depthwise convolution, and a shortcut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        inner = channels // 2
        self.narrow, self.narrow_act = nn.Conv2d(channels, inner, 1), nn.PReLU(inner)
        self.depthwise = nn.Conv2d(inner, inner, 3, padding=1, groups=inner)
        self.widen, self.act = nn.Conv2d(inner, channels, 1), nn.PReLU(channels)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.depthwise(self.narrow_act(self.narrow(x)))
        return self.act(x + self.widen(inner))


class _Halving(nn.Module):
    """The same to half the resolution, with a pooled and padded shortcut."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        inner = out_channels // 2
        self._added = out_channels - channels
        self.narrow = nn.Conv2d(channels, inner, 2, stride=2)
        self.narrow_act = nn.PReLU(inner)
        self.depthwise = nn.Conv2d(inner, inner, 3, padding=1, groups=inner)
        self.widen, self.act = nn.Conv2d(inner, out_channels, 1), nn.PReLU(out_channels)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = F.pad(F.max_pool2d(x, 2), (0, 0, 0, 0, 0, self._added))
        inner = self.depthwise(self.narrow_act(self.narrow(x)))
        return self.act(shortcut + self.widen(inner))
