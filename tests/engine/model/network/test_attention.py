"""Every way to attend gives the same; xformers is taken only where it fits."""

import sys
from collections.abc import Callable
from importlib import metadata
from types import ModuleType

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from engine.accelerators import XFORMERS
from engine.errors import DeviceError
from engine.model.acceleration.optional_packages import check_installed
from engine.model.acceleration.xformers import xformers_kernel
from engine.model.network import attention as kernels
from engine.model.network.attention import attend, chunked_attention, use_kernel
from engine.model.network.spatial import SpatialTransformer

Requires = Callable[[str], list[str] | None]


def triple(pixels: int = 12, tokens: int = 7) -> tuple[Tensor, Tensor, Tensor]:
    torch.manual_seed(0)
    query, keys, values = torch.randn(2, 4, pixels, 8), *torch.randn(2, 2, 4, tokens, 8)
    return query, keys, values


@pytest.mark.parametrize("part", [1, 5 * 7 * 4, 1 << 20], ids=["one", "five", "all"])
def test_products_give_what_the_fused_kernel_gives(
    monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(kernels, "CHUNK_BYTES", part)
    with torch.inference_mode():
        torch.testing.assert_close(
            chunked_attention(*triple()), scaled_dot_product_attention(*triple())
        )


def test_bfloat16_comes_close_to_float32() -> None:
    exact = attend(*triple())
    query, keys, values = (tensor.bfloat16() for tensor in triple())
    half = chunked_attention(query, keys, values)
    torch.testing.assert_close(half.float(), exact, rtol=0.05, atol=0.02)


def test_a_network_takes_another_kernel() -> None:
    network, seen = SpatialTransformer(8, 2, 4, 2), []

    def kernel(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        seen.append(keys.shape[2])
        return attend(query, keys, values)

    use_kernel(network, kernel)
    text = network.text_attention.project_text(torch.zeros(1, 3, 4))
    network(torch.zeros(1, 8, 4, 5), text)
    assert seen == [20, 3]
    assert isinstance(network, nn.Module)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretend that xformers is installed and needs this torch."""

    def install(need: str) -> None:
        requires: Requires = lambda _: ["numpy", need]  # noqa: E731
        monkeypatch.setattr(metadata, "requires", requires)

    return install


def test_xformers_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str] | None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    with pytest.raises(DeviceError, match="not installed"):
        check_installed(XFORMERS)


def test_xformers_for_another_torch_is_refused(installed: Callable[[str], None]) -> None:
    installed("torch==1.2.3")
    with pytest.raises(DeviceError, match=r"for torch==1\.2\.3, and torch"):
        check_installed(XFORMERS)


def test_xformers_gets_its_own_order_of_dimensions(
    installed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("torch>=2")

    def theirs(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        return attend(
            query.transpose(1, 2), keys.transpose(1, 2), values.transpose(1, 2)
        ).transpose(1, 2)

    ops = ModuleType("xformers.ops")
    ops.__dict__["memory_efficient_attention"] = theirs
    monkeypatch.setitem(sys.modules, "xformers", ModuleType("xformers"))
    monkeypatch.setitem(sys.modules, "xformers.ops", ops)
    torch.testing.assert_close(xformers_kernel()(*triple()), attend(*triple()))
