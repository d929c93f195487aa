"""Pictures to tensors and back: the only code that does it."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.frames import Pixels


def to_tensor(pixels: Pixels, device: torch.device, dtype: torch.dtype) -> Tensor:
    """(h, w, 3) 0..255 -> (1, 3, h, w) in [-1, 1], channels last in memory."""
    picture = torch.from_numpy(pixels).to(device)[None].permute(0, 3, 1, 2)
    return picture.to(dtype).mul_(2.0 / 255.0).sub_(1.0)


def to_pixels(picture: Tensor) -> Pixels:
    """(3, h, w) in [-1, 1], clipped -> (h, w, 3) 0..255."""
    levels = picture.permute(1, 2, 0).float().add(1.0).mul_(127.5).round_().clamp_(0.0, 255.0)
    return np.ascontiguousarray(levels.to(torch.uint8).cpu().numpy())
