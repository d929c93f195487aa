"""MediaPipe's selfie segmentation (landscape), in torch: where in a picture a person is.

Weights: Google, Apache-2.0, converted by `tools/convert_person_model.py` to the names used here.
Encoder: MobileNetV3 (arXiv 1905.02244). Decoder: each stage weighs a finer level's channels by
what it sees as a whole, and adds it.

Shape letters: B pictures, C channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MASK_HEIGHT, MASK_WIDTH = 144, 256


class MaskNetwork(Protocol):
    """The network, however it is computed: (1, 3, 144, 256) in [0, 1] -> one mask, 0..1."""

    def __call__(self, x: Tensor, /) -> Sequence[Tensor]: ...


class PersonNetwork(nn.Module):
    """(B, 3, 144, 256) in [0, 1] -> ((B, 1, 144, 256),), how much of each pixel is a person."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, stride=2)
        self.halved = _Block(16, 16, 16, gate=8, stride=2)
        self.quartered = nn.Sequential(_Block(16, 72, 24, stride=2), _Block(24, 88, 24))
        self.coarse = nn.Sequential(
            _Block(24, 96, 32, kernel=5, gate=24, stride=2, soft=True),
            _Block(32, 128, 32, kernel=5, gate=32, soft=True),
            _Block(32, 128, 32, kernel=5, gate=32, soft=True),
            _Block(32, 96, 32, kernel=5, gate=24, soft=True),
            _Block(32, 96, 32, kernel=5, gate=24, soft=True),
        )
        self.head = nn.Conv2d(32, 128, 1)
        self.head_gate = nn.Conv2d(32, 128, 1)
        self.decoder = nn.ModuleList([_Finer(128, 24), _Finer(24, 16), _Finer(16, 16)])
        self.mask = nn.ConvTranspose2d(16, 1, 2, stride=2)

    def forward(self, x: Tensor) -> tuple[Tensor]:
        finest = F.hardswish(self.stem(F.pad(x, (0, 1, 0, 1))))
        halved = self.halved(finest)
        quartered = self.quartered(halved)
        coarse = self.coarse(quartered)
        x = F.relu(self.head(coarse)) * torch.sigmoid(self.head_gate(_mean(coarse)))
        for stage, level in zip(self.decoder, (quartered, halved, finest), strict=True):
            x = stage(x, level)
        return (torch.sigmoid(self.mask(x)),)


class _Gate(nn.Module):
    """Squeeze and excitation: (B, C, h, w) -> the weight of each channel, (B, C, 1, 1)."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, inner, 1)
        self.excite = nn.Conv2d(inner, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.excite(F.relu(self.squeeze(_mean(x)))))


class _Block(nn.Module):
    """An inverted bottleneck, with a shortcut where its ends have the same shape.

    gate: channels of the squeeze, 0 for none. soft: hard swish in place of ReLU.
    """

    def __init__(
        self,
        channels: int,
        inner: int,
        out_channels: int,
        *,
        kernel: int = 3,
        gate: int = 0,
        stride: int = 1,
        soft: bool = False,
    ) -> None:
        super().__init__()
        self._act = F.hardswish if soft else F.relu
        self._shortcut = stride == 1 and channels == out_channels
        around = kernel - stride  # as TensorFlow pads even sides: the larger half comes last
        self._padding = (around // 2, around - around // 2) * 2
        self.expand = nn.Conv2d(channels, inner, 1)
        self.depthwise = nn.Conv2d(inner, inner, kernel, stride=stride, groups=inner)
        self.gate = _Gate(inner, gate) if gate else None
        self.project = nn.Conv2d(inner, out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        inner = self._act(self.expand(x))
        inner = self._act(self.depthwise(F.pad(inner, self._padding)))
        if self.gate is not None:
            inner = inner * self.gate(inner)
        projected: Tensor = self.project(inner)
        return x + projected if self._shortcut else projected


class _Finer(nn.Module):
    """A stage of the decoder: (B, C, h, w) and a level (B, C', 2h, 2w) -> (B, C', 2h, 2w)."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.narrow = nn.Conv2d(channels, out_channels, 1)
        self.gate = _Gate(out_channels, out_channels)
        self.pointwise = nn.Conv2d(out_channels, out_channels, 1)
        self.depthwise = nn.Conv2d(out_channels, out_channels, 3, padding=1, groups=out_channels)

    def forward(self, x: Tensor, level: Tensor) -> Tensor:
        x = self.narrow(F.interpolate(x, scale_factor=2.0, mode="bilinear"))
        x = level * self.gate(level + x) + x
        x = F.relu(self.pointwise(x))
        return x + F.relu(self.depthwise(x))


def _mean(x: Tensor) -> Tensor:
    return x.mean(dim=(2, 3), keepdim=True)
