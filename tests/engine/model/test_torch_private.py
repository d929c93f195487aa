"""What PyTorch does not promise is tried first, and done without where it is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor, nn

from engine.model import torch_private
from engine.model.network.kv_storage import KVStorage
from engine.model.network.mkldnn_packing import can_pack, pack

CPU = torch.device("cpu")
PROBES = (
    torch_private.has_reordered_layers,
    torch_private.has_weighted_rows,
)


@pytest.fixture(autouse=True)
def _every_probe_is_asked_again() -> Iterator[None]:
    for probe in PROBES:
        probe.cache_clear()
    yield
    for probe in PROBES:
        probe.cache_clear()


def gone(*_: object, **__: object) -> Tensor:
    raise AttributeError("'_OpNamespace' object has no attribute of this name")


def wrong(*_: object, **__: object) -> Tensor:
    return torch.zeros(1)


BROKEN = pytest.mark.parametrize("broken", [gone, wrong])


@BROKEN
def test_weights_are_not_packed(monkeypatch: pytest.MonkeyPatch, broken: object) -> None:
    monkeypatch.setattr(torch_private, "reordered_linear", broken)
    assert not can_pack(CPU, torch.float32)
    network = nn.Sequential(nn.Linear(4, 4))
    pack(network)
    assert type(network[0]) is nn.Linear


@BROKEN
def test_past_frames_are_multiplied_instead(
    monkeypatch: pytest.MonkeyPatch, broken: object
) -> None:
    monkeypatch.setattr(torch_private, "weighted_rows", broken)
    keys = torch.randn(1, 5, 2, 4, generator=torch.Generator().manual_seed(0))
    store = KVStorage.empty(1, keys[0])
    store.write(0, torch.tensor([0]), keys, keys)
    scores = store.scores(keys)
    torch.testing.assert_close(scores[..., 0], keys.square().sum(-1))


def test_an_unknown_limit_of_the_compiler_is_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr("torch._dynamo.config.recompile_limit")
    torch_private.allow_recompilations(64)
    assert "limit" in caplog.text
