"""Byte arithmetic comes close to the numbers it stands for, and keeps the same promises."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.accelerators import INT8
from engine.errors import ModelError
from engine.model.acceleration.int8 import layer_selection as rounding
from engine.model.acceleration.int8.autoencoder import PICTURE, Int8Autoencoder
from engine.model.acceleration.int8.calibration import (
    RESULT,
    read_ranges,
    record_ranges,
    write_ranges,
)
from engine.model.acceleration.int8.conv import Int8Conv2d, QuantizedInputConv2d, QuantParams
from engine.model.acceleration.int8.layer_selection import BYTES, NUMBERS
from engine.model.acceleration.int8.space_to_depth import depth_to_space, space_to_depth
from engine.model.acceleration.registry import list_accelerators
from engine.model.images.tensors import to_tensor, to_uint8
from engine.model.network.autoencoder import AutoencoderConfig, Branch, SmallAutoencoder
from engine.model.styles.built_in import RANGES, load_built_in
from engine.model.styles.style_model import StyleModel
from engine.paths import RESOURCES
from engine.video.sources.demo import read_portrait

CPU = torch.device("cpu")
SHIPPED = RESOURCES / "models" / "built_in"

pytestmark = pytest.mark.skipif(
    INT8 not in list_accelerators(CPU), reason="this processor has no kernels for bytes"
)


def psnr(one: Tensor, other: Tensor) -> float:
    error = (one.double() - other.double()).square().mean()
    return float(10 * torch.log10(255**2 / error))


def layer() -> nn.Conv2d:
    torch.manual_seed(0)
    return nn.Conv2d(16, 24, 3, padding=1).requires_grad_(False)


def test_a_grid_has_its_ends_and_zero_on_it() -> None:
    grid = QuantParams.over(-1.0, 3.0)
    found = grid.quantize(torch.tensor([-9.0, -1.0, 0.0, 3.0, 9.0]))
    assert found.tolist() == [0, 0, grid.zero, 255, 255]
    assert 0 < grid.zero < 128


@pytest.mark.parametrize("grid", [QuantParams.over(0.0, 2.0), QuantParams.over(-1.0, 2.0)])
def test_a_convolution_of_bytes_is_the_convolution_of_what_they_stand_for(
    grid: QuantParams,
) -> None:
    conv = layer()
    levels = torch.randint(0, 256, (1, 16, 9, 12), dtype=torch.uint8)
    levels = levels.contiguous(memory_format=torch.channels_last)
    expected = conv(grid.scale * (levels.float() - grid.zero))
    found = Int8Conv2d(conv, grid, torch.float32)(levels)
    assert float((found - expected).abs().max()) < 0.02 * float(expected.abs().max())


def test_relu_shortcut_and_rounding_are_part_of_it() -> None:
    conv, grid = layer(), QuantParams.over(0.0, 2.0)
    conv = nn.Conv2d(16, 16, 3, padding=1).requires_grad_(False)
    levels = torch.randint(0, 256, (1, 16, 9, 12), dtype=torch.uint8)
    levels = levels.contiguous(memory_format=torch.channels_last)
    x = grid.scale * levels.float()
    expected = torch.relu(conv(x) + x)
    leaving = QuantParams.over(0.0, float(expected.max()))
    found = Int8Conv2d(conv, grid, leaving, relu=True).forward_add(levels, levels.clone(), grid)
    assert float((leaving.scale * found.float() - expected).abs().max()) < 2.5 * leaving.scale


def test_another_bias_takes_the_place_of_its_own() -> None:
    conv = layer()
    levels = torch.zeros(1, 16, 4, 4, dtype=torch.uint8)
    found = Int8Conv2d(conv, QuantParams(0.1), torch.float32)(levels, torch.full((24,), 3.0))
    assert torch.equal(found, torch.full_like(found, 3.0))


def test_folding_is_undone_and_puts_squares_into_channels() -> None:
    levels = torch.randint(0, 256, (2, 3, 8, 12), dtype=torch.uint8)
    folded = space_to_depth(levels)
    assert folded.shape == (2, 48, 2, 3)
    assert folded[0, :3, 0, 0].tolist() == levels[0, :, 0, 0].tolist()
    assert torch.equal(depth_to_space(folded), levels)


@pytest.mark.parametrize("fine", [1, 3])
@pytest.mark.parametrize("coarse", [0, 2])
def test_the_whole_autoencoder_comes_close(fine: int, coarse: int) -> None:
    torch.manual_seed(1)
    network = SmallAutoencoder(AutoencoderConfig(8, 16, 16, fine, coarse)).eval()
    levels = to_tensor(np.ascontiguousarray(read_portrait()[:64, :96]), CPU)
    numbers = levels.float() / 127.5 - 1.0
    with torch.inference_mode():
        with record_ranges(network) as found:
            latent = network.encode(numbers)
            expected = to_uint8(network.decode(latent, numbers))
        made = Int8Autoencoder(network, found, torch.float32)
        assert float((made.encode(levels) - latent).std()) < 0.05 * float(latent.std())
        assert psnr(made.decode(latent, levels), expected) > 40.0
        assert psnr(made.decode(latent), to_uint8(network.decode(latent))) > 40.0


@pytest.fixture(scope="module")
def portrait() -> Tensor:
    return to_tensor(np.ascontiguousarray(read_portrait()[:256, 100:356]), CPU)


@pytest.fixture(scope="module")
def shipped() -> tuple[StyleModel, StyleModel]:
    """The shipped model in float32, and with an autoencoder in int8."""
    eager = load_built_in(SHIPPED, CPU, torch.float32)
    ranges = read_ranges(SHIPPED / RANGES, "autoencoder.")
    autoencoder = Int8Autoencoder(eager.small_autoencoder, ranges, torch.float32)
    return eager, replace(eager, autoencoder=autoencoder)


@torch.inference_mode()
def test_the_shipped_model_gives_the_same_picture_within_36_decibels(
    shipped: tuple[StyleModel, StyleModel], portrait: Tensor
) -> None:
    eager, fast = (model.autoencoder for model in shipped)
    expected = eager.decode(eager.encode(portrait), portrait)
    assert psnr(fast.decode(fast.encode(portrait), portrait), expected) > 36.0


@torch.inference_mode()
def test_with_a_blank_latent_the_raw_picture_does_not_come_through(
    shipped: tuple[StyleModel, StyleModel], portrait: Tensor
) -> None:
    fast = shipped[1].autoencoder
    shown = fast.decode(torch.zeros_like(fast.encode(portrait)), portrait)[:, :3]
    assert float(shown.float().std()) < 0.15 * float(portrait.float().std())


def test_layers_take_bytes_only_where_that_is_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nn.Sequential(nn.Conv2d(16, 16, 3), nn.Conv2d(16, 16, 3), nn.Conv2d(16, 16, 3))
    network.requires_grad_(False)
    x = torch.randn(1, 16, 12, 12, generator=torch.Generator().manual_seed(0))
    expected = network(x)
    with record_ranges(network) as found:
        network(x)
    known = {name: ends for name, ends in found.items() if name != "2"}
    answers = {"k/0/(1, 16, 12, 12)": BYTES, "k/1/(1, 16, 10, 10)": NUMBERS}
    monkeypatch.setattr(rounding, "pick_fastest", lambda key, _: answers[key])
    assert rounding.quantize_faster_layers(network, known, lambda: network(x), "k") == 1
    assert [type(layer) for layer in network] == [QuantizedInputConv2d, nn.Conv2d, nn.Conv2d]
    assert float((network(x) - expected).abs().max()) < 0.03 * float(expected.abs().max())


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


def test_a_pictures_bytes_stand_for_what_they_mean_within_half_a_level() -> None:
    meant = torch.arange(256).float() / 127.5 - 1.0
    stood = PICTURE.scale * (torch.arange(256).float() - PICTURE.zero)
    assert float((meant - stood).abs().max()) <= 0.5 * PICTURE.scale + 1e-6
