"""Estimates the depth of the input, from which the network's structure input is made.

MiDaS' DPT-Hybrid gives inverse depth up to scale and shift. Each map's smallest and largest
values set the scale; from frame to frame they flicker, so both are smoothed over time.

Shape letters: F frames, H and W sides, c latent channels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F
from transformers import DPTForDepthEstimation

SIDE = 384
"""Both sides of the depth network's input."""


@dataclass(slots=True)
class SmoothBounds:
    """Scales maps to [-1, 1] by bounds that follow slowly. share: of a new frame's bounds, 0..1.

    Values beyond the smoothed bounds are clipped; a jump of more than `jump` times the range
    is a change of scene, and is followed immediately.
    """

    share: float = 0.1
    jump: float = 1.0
    _low: Tensor | None = None
    _high: Tensor | None = None

    def __call__(self, depth: Tensor) -> Tensor:
        """depth: (H, W) -> (H, W) in [-1, 1]; a flat map gives -1."""
        low, high = torch.aminmax(depth.float())
        if self._low is not None and self._high is not None:
            low, high = self._blend(low, high, self._low, self._high)
        self._low, self._high = low, high
        return ((depth - low) / (high - low).clamp_min(1e-6) * 2.0 - 1.0).clamp(-1.0, 1.0)

    def _blend(
        self, low: Tensor, high: Tensor, old_low: Tensor, old_high: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Everything stays on the device: reading a value would wait for the GPU."""
        span = (old_high - old_low).clamp_min(1e-6) * self.jump
        jumped = ((low - old_low).abs() > span) | ((high - old_high).abs() > span)
        share = torch.where(jumped, 1.0, self.share)
        return old_low + share * (low - old_low), old_high + share * (high - old_high)

    def reset(self) -> None:
        """Forget the past: the next map sets the bounds."""
        self._low = self._high = None


class DepthEstimator:
    """Pictures (F, 3, H, W) in [-1, 1] -> structure latents (F, c, H / 8, W / 8), in order.

    encode: an autoencoder's, from pictures to latents.
    """

    def __init__(self, network: DPTForDepthEstimation, encode: Callable[[Tensor], Tensor]) -> None:
        self.network = network
        self._encode = encode
        self._bounds = SmoothBounds()

    @torch.inference_mode()
    def __call__(self, pixels: Tensor) -> Tensor:
        return self._encode(self.pictures(pixels))

    @torch.inference_mode()
    def pictures(self, pixels: Tensor) -> Tensor:
        """The depth as grey pictures: (F, 3, H, W) in [-1, 1], near is bright."""
        depth = self.network(pixel_values=_resized(pixels, (SIDE, SIDE))).predicted_depth
        scaled = torch.stack([self._bounds(one) for one in depth])[:, None]
        grey = _resized(scaled.to(pixels.dtype), (pixels.shape[-2], pixels.shape[-1]))
        return grey.clamp(-1.0, 1.0).expand(-1, 3, -1, -1)

    def reset(self) -> None:
        """Begin a new stream."""
        self._bounds.reset()


def _resized(pictures: Tensor, size: tuple[int, int]) -> Tensor:
    """In float32, because not every device can average in half precision."""
    resized = F.interpolate(
        pictures.float(), size=size, mode="bilinear", align_corners=False, antialias=True
    )
    return resized.to(pictures.dtype)
