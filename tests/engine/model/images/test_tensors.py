import numpy as np
import torch

from engine.model.images.tensors import to_float, to_pixels, to_tensor, to_uint8


def test_every_level_survives_there_and_back() -> None:
    pixels = np.arange(256 * 3, dtype=np.uint32).astype(np.uint8).reshape(16, 16, 3)
    levels = to_tensor(pixels, torch.device("cpu"))
    assert levels.shape == (1, 3, 16, 16)
    assert levels.is_contiguous(memory_format=torch.channels_last)
    np.testing.assert_array_equal(to_pixels(levels), pixels)
    assert torch.equal(to_uint8(to_float(levels, torch.float32)), levels)


def test_levels_lie_between_minus_one_and_one() -> None:
    ends = to_float(torch.tensor([0, 255], dtype=torch.uint8), torch.float32)
    torch.testing.assert_close(ends, torch.tensor([-1.0, 1.0]))


def test_what_lies_outside_is_clipped() -> None:
    picture = torch.tensor([-3.0, 0.0, 3.0])[None, :, None, None].expand(1, 3, 2, 2)
    assert to_uint8(picture)[0, :, 0, 0].tolist() == [0, 128, 255]
