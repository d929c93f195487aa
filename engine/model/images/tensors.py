"""Converts pictures to tensors and back; the only code that does.

image_u8: pictures as a uint8 tensor (B, 3, H, W), 0..255, channels last in memory.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.frames import Pixels


def to_tensor(pixels: Pixels, device: torch.device) -> Tensor:
    """(H, W, 3) 0..255 -> image_u8 (1, 3, H, W). On the CPU a view of the same memory."""
    return torch.from_numpy(np.ascontiguousarray(pixels)).to(device)[None].permute(0, 3, 1, 2)


def to_pixels(image_u8: Tensor) -> Pixels:
    """image_u8 (1, 3, H, W) -> (H, W, 3) 0..255."""
    return np.ascontiguousarray(image_u8[0].permute(1, 2, 0).cpu().numpy())


def to_float(image_u8: Tensor, dtype: torch.dtype) -> Tensor:
    """image_u8 -> the same in [-1, 1]."""
    return image_u8.to(dtype).mul_(2.0 / 255.0).sub_(1.0)


def to_uint8(picture: Tensor) -> Tensor:
    """About [-1, 1], clipped -> image_u8."""
    image_u8 = picture.float().add(1.0).mul_(127.5).round_().clamp_(0.0, 255.0)
    return image_u8.to(torch.uint8).contiguous(memory_format=torch.channels_last)
