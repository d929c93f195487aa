"""The grids of 8-bit numbers, the ranges they are made from, and pictures folded for them."""

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import ModelError
from engine.model.acceleration.int8.calibration import (
    RESULT,
    read_ranges,
    record_ranges,
    write_ranges,
)
from engine.model.acceleration.int8.quantization import QMAX, QuantParams
from engine.model.acceleration.int8.space_to_depth import depth_to_space, space_to_depth
from engine.model.network.autoencoder import Branch
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


def test_of_a_branch_what_comes_out_is_measured_too() -> None:
    branch = Branch(1, 1, 1, bias=False)
    nn.init.constant_(branch.weight, -2.0)
    with record_ranges(nn.ModuleDict({"branch": branch})) as found, torch.no_grad():
        branch(torch.linspace(0.0, 1.0, 101).view(1, 1, 1, 101))
    assert found["branch"] == pytest.approx((0.0, 1.0), abs=0.01)
    assert found["branch" + RESULT] == pytest.approx((-2.0, 0.0), abs=0.01)


def test_ranges_survive_a_file_and_broken_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / RANGES
    write_ranges({"a.conv": (-1.25, 3.5), "b.conv": (0.0, 1.0)}, path)
    assert read_ranges(path, "a.") == {"conv": (-1.25, 3.5)}
    for text in ("{", "[]", '{"a": 1}'):
        path.write_text(text)
        with pytest.raises(ModelError, match="ranges"):
            read_ranges(path, "")
    path.unlink()
    with pytest.raises(ModelError, match="ranges"):
        read_ranges(path, "")
