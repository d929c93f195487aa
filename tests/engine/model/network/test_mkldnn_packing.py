"""Packed weights give the same numbers, and can be changed like plain ones."""

import copy
import weakref

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from engine.model.network.mkldnn_packing import (
    PackedConv2d,
    PackedLinear,
    PackedPointwise,
    can_pack,
    pack,
    set_weight,
)

CPU = torch.device("cpu")
PACKABLE = [dtype for dtype in (torch.float32, torch.bfloat16) if can_pack(CPU, dtype)]
DTYPES = pytest.mark.parametrize("dtype", PACKABLE, ids=str)


class Small(nn.Module):
    """A strided and a pointwise convolution, then a linear layer without bias."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Conv2d(16, 32, 3, stride=2, padding=1)
        self.point = nn.ModuleList([nn.Conv2d(32, 32, 1)])
        self.out = nn.Linear(32, 8, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        hidden: Tensor = self.point[0](self.down(x))
        result: Tensor = self.out(hidden.flatten(2).mT)
        return result


def small(dtype: torch.dtype = torch.float32) -> Small:
    torch.manual_seed(0)
    network = Small().to(dtype).requires_grad_(False)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def picture(dtype: torch.dtype = torch.float32, count: int = 1) -> Tensor:
    numbers = torch.randn(count, 16, 9, 12, generator=torch.Generator().manual_seed(1))
    return numbers.to(dtype, memory_format=torch.channels_last)


@DTYPES
@pytest.mark.parametrize("count", [1, 8])
@torch.inference_mode()
def test_packing_changes_no_result(dtype: torch.dtype, count: int) -> None:
    network = small(dtype)
    expected = network(picture(dtype, count))
    pack(network)
    packed = [type(layer) for layer in network.modules() if not list(layer.children())]
    assert packed == [PackedConv2d, PackedPointwise, PackedLinear]
    torch.testing.assert_close(network(picture(dtype, count)), expected)


@torch.inference_mode()
def test_pictures_come_out_channels_last_however_they_went_in() -> None:
    network = small()
    pack(network)
    hidden = network.down(picture().contiguous())
    assert hidden.is_contiguous(memory_format=torch.channels_last)


def test_names_stay_and_shapes_but_for_ones() -> None:
    network = small()
    before = {name: p.shape for name, p in network.named_parameters()}
    pack(network)
    expected = before | {"point.0.weight": (32, 32)}
    assert {name: p.shape for name, p in network.named_parameters()} == expected


@torch.inference_mode()
def test_nothing_is_kept_twice() -> None:
    network = small()
    before = sum(p.nbytes for p in network.parameters())
    pack(network)
    assert sum(p.nbytes for p in network.parameters()) == before


@DTYPES
@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
@pytest.mark.parametrize("name", ["down.weight", "point.0.weight", "out.weight", "down.bias"])
@torch.inference_mode()
def test_a_weight_can_be_changed(dtype: torch.dtype, packed: bool, name: str) -> None:
    network, expected = small(dtype), small(dtype)
    values = torch.randn(expected.get_parameter(name).shape)
    expected.get_parameter(name).copy_(values)
    if packed:
        pack(network)
    set_weight(network, name, values)
    torch.testing.assert_close(network(picture(dtype)), expected(picture(dtype)))


@torch.inference_mode()
def test_the_old_tensor_stays_for_who_holds_it() -> None:
    network = small()
    pack(network)
    other = copy.deepcopy(network, {id(p): p for p in network.parameters()})
    before = other(picture())
    set_weight(network, "out.weight", torch.zeros(8, 32))
    torch.testing.assert_close(other(picture()), before)
    assert not network(picture()).any()


@torch.inference_mode()
def test_a_convolution_takes_another_bias_for_a_call() -> None:
    network, bias = small(), torch.ones(32)
    expected = conv2d(picture(), network.down.weight, bias, stride=2, padding=1)
    pack(network)
    torch.testing.assert_close(network.down(picture(), bias), expected)
    assert not torch.equal(network.down(picture()), expected)


def test_only_a_processor_in_its_own_precisions_packs() -> None:
    assert can_pack(CPU, torch.float32)
    able = torch.cpu.get_capabilities()
    has_kernels = able.get("avx512_bw") or able.get("avx_ne_convert")
    assert can_pack(CPU, torch.bfloat16) or (able["architecture"] == "x86_64" and not has_kernels)
    assert not can_pack(CPU, torch.float64)
    assert not can_pack(torch.device("cuda"), torch.bfloat16)
    network = small().double()
    pack(network)
    assert not any(p.is_mkldnn for p in network.parameters())


def test_a_plain_weight_is_let_go_as_soon_as_it_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nn.Sequential(*(nn.Sequential(nn.Linear(8, 8)) for _ in range(6)))
    plain, alive = [weakref.ref(p) for p in network.parameters() if p.ndim > 1], []
    whole = PackedLinear._packed

    def counted(layer: PackedLinear, weight: Tensor) -> nn.Parameter:
        alive.append(sum(reference() is not None for reference in plain))
        return whole(layer, weight)

    monkeypatch.setattr(PackedLinear, "_packed", counted)
    pack(network.requires_grad_(False))
    assert alive[-1] <= 2  # the one in hand, and the one before it at most
    assert not any(reference() is not None for reference in plain)
