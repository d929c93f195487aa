import numpy as np
import torch

from engine.model.pixels import to_pixels, to_tensor


def test_every_level_survives_there_and_back() -> None:
    pixels = np.arange(256 * 3, dtype=np.uint32).astype(np.uint8).reshape(16, 16, 3)
    tensor = to_tensor(pixels, torch.device("cpu"), torch.float32)
    assert tensor.shape == (1, 3, 16, 16)
    assert tensor.is_contiguous(memory_format=torch.channels_last)
    np.testing.assert_array_equal(to_pixels(tensor[0]), pixels)


def test_what_lies_outside_is_clipped() -> None:
    picture = torch.tensor([-3.0, 0.0, 3.0])[:, None, None].expand(3, 2, 2)
    assert to_pixels(picture)[0, 0].tolist() == [0, 128, 255]
