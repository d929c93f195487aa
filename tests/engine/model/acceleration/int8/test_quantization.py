"""The grids of 8-bit numbers, the ranges they are made from, and pictures folded for them."""

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import ModelError
from engine.model.acceleration.int8.calibration import (
    read_ranges,
    record_ranges,
    write_ranges,
)
from engine.model.acceleration.int8.quantization import QMAX, QuantParams
from engine.model.acceleration.int8.space_to_depth import depth_to_space, space_to_depth
from engine.model.styles.built_in import RANGES


@pytest.mark.parametrize(("low", "high"), [(-1.0, 3.0), (0.0, 2.0), (0.5, 2.0), (-2.0, -1.0)])
def test_a_grid_has_its_ends_and_zero_on_it(low: float, high: float) -> None:
    grid = QuantParams.over(low, high)
    assert 0 <= grid.zero <= QMAX
    ends = [grid.scale * (value - grid.zero) for value in (0, QMAX)]
    assert ends[0] <= min(low, 0.0) + grid.scale / 2
    assert ends[1] >= max(high, 0.0) - grid.scale / 2


def test_folding_is_undone_and_puts_squares_into_channels() -> None:
    levels = torch.randint(0, 256, (2, 3, 8, 12), dtype=torch.uint8)
    folded = space_to_depth(levels)
    assert folded.shape == (2, 48, 2, 3)
    assert folded[0, :3, 0, 0].tolist() == levels[0, :, 0, 0].tolist()
    assert torch.equal(depth_to_space(folded), levels)


def test_what_enters_a_convolution_is_measured() -> None:
    conv = nn.Conv2d(1, 1, 1)
    with record_ranges(nn.ModuleDict({"conv": conv})) as found, torch.no_grad():
        conv(torch.linspace(0.0, 1.0, 101).view(1, 1, 1, 101))
        conv(torch.linspace(-2.0, 0.5, 101).view(1, 1, 1, 101))
    conv(torch.full((1, 1, 1, 101), 9.0))
    assert found == {"conv": pytest.approx((-2.0, 1.0), abs=0.01)}


def test_ranges_survive_a_file_and_broken_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / RANGES
    write_ranges({"a.conv": (-1.25, 3.5), "b.conv": (0.0, 1.0)}, path)
    assert read_ranges(path) == {"a.conv": (-1.25, 3.5), "b.conv": (0.0, 1.0)}
    for text in ("{", "[]", '{"a": 1}'):
        path.write_text(text)
        with pytest.raises(ModelError, match="ranges"):
            read_ranges(path)
    path.unlink()
    with pytest.raises(ModelError, match="ranges"):
        read_ranges(path)
