"""The converter gives the file's numbers our names and order, and refuses what does not fit."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from tools.convert_person_model import named_tensors


class Small(nn.Module):
    """One layer of each kind that the file has."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3)
        self.depthwise = nn.Conv2d(4, 4, 5, groups=4)
        self.mask = nn.ConvTranspose2d(4, 1, 2, stride=2)


def layers() -> list[tuple[Tensor, Tensor]]:
    """As the file has them: (out, h, w, in), and (1, h, w, channels) where depthwise."""
    shapes = (4, 3, 3, 3), (1, 5, 5, 4), (1, 2, 2, 4)
    return [(torch.rand(shape), torch.rand(4 if n < 2 else 1)) for n, shape in enumerate(shapes)]


def test_every_number_finds_its_place() -> None:
    given = layers()
    named = named_tensors(Small(), given)
    Small().load_state_dict(named)
    (stem, bias), (depthwise, _), (mask, _) = given
    assert named["stem.weight"][2, 1, 0, 2] == stem[2, 0, 2, 1].half()
    assert named["depthwise.weight"][3, 0, 4, 1] == depthwise[0, 4, 1, 3].half()
    assert named["mask.weight"][3, 0, 1, 0] == mask[0, 1, 0, 3].half()
    torch.testing.assert_close(named["stem.bias"], bias.half())


def test_a_file_of_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="2 layers, the network 3"):
        named_tensors(Small(), layers()[:2])
    swapped = layers()[::-1]
    with pytest.raises(ValueError, match="stem has another shape"):
        named_tensors(Small(), swapped)
