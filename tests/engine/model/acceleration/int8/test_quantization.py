"""The grids of 8-bit numbers, the ranges they are made from, and pictures folded for them."""

from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.functional import pixel_shuffle, pixel_unshuffle

from engine.errors import ModelError
from engine.model.acceleration.int8.calibration import (
    read_ranges,
    record_ranges,
    write_ranges,
)
from engine.model.acceleration.int8.quantization import QMAX, QuantParams
from engine.model.acceleration.int8.space_to_depth import (
    depth_to_space,
    for_strips,
    giving_folded,
    in_strips,
)
from engine.model.styles.built_in import RANGES


@pytest.mark.parametrize(("low", "high"), [(-1.0, 3.0), (0.0, 2.0), (0.5, 2.0), (-2.0, -1.0)])
def test_a_grid_has_its_ends_and_zero_on_it(low: float, high: float) -> None:
    grid = QuantParams.over(low, high)
    assert 0 <= grid.zero <= QMAX
    ends = [grid.scale * (value - grid.zero) for value in (0, QMAX)]
    assert ends[0] <= min(low, 0.0) + grid.scale / 2
    assert ends[1] >= max(high, 0.0) - grid.scale / 2


@pytest.mark.parametrize("bias", [True, False])
def test_strips_are_read_as_folded_squares_are(bias: bool) -> None:
    levels = torch.randint(0, 256, (2, 3, 8, 12), dtype=torch.uint8)
    conv = nn.Conv2d(48, 5, 1, bias=bias)
    strips = in_strips(levels)
    assert strips.shape == (2, 8, 3, 12)
    assert strips[0, 0, 0, :6].tolist() == levels[0, :, 0, :2].T.flatten().tolist()
    with torch.no_grad():
        expected = conv(pixel_unshuffle(levels.float(), 4))
        given = for_strips(conv)(strips.permute(0, 3, 1, 2).float())
        torch.testing.assert_close(given, expected, atol=1e-3, rtol=1e-4)


def test_strips_of_an_image_channels_last_are_a_view() -> None:
    levels = torch.zeros(1, 3, 8, 12, dtype=torch.uint8).contiguous(
        memory_format=torch.channels_last
    )
    assert in_strips(levels).data_ptr() == levels.data_ptr()


def test_what_is_given_folded_is_unfolded_part_by_part() -> None:
    x, conv, parts = torch.randn(2, 7, 2, 3), nn.Conv2d(7, 80, 1), (3, 1, 1)
    conv.weight.data.mul_(20.0)
    conv.bias = nn.Parameter(torch.full((80,), 128.0))
    with torch.no_grad():
        expected = pixel_shuffle(conv(x), 4).round().clamp(0, 255).to(torch.uint8)
        levels = giving_folded(conv, parts)(x).round().clamp(0, 255).to(torch.uint8)
    folded = levels.contiguous(memory_format=torch.channels_last)
    images = [depth_to_space(part) for part in folded.split([16 * part for part in parts], dim=1)]
    for image, wanted in zip(images, expected.split(parts, dim=1), strict=True):
        assert image.is_contiguous(memory_format=torch.channels_last)
        assert int((image.int() - wanted.int()).abs().max()) <= 1  # sums in another order


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
