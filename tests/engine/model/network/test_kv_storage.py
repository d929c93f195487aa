"""Both layouts of the store give the formula's numbers; 8 bits come close to them."""

import pytest
import torch
from torch import Tensor

from engine.model.network import kv_storage as slots
from engine.model.network.config import CACHE_SLOTS
from engine.model.network.kv_storage import KVStorage
from engine.settings import CachePrecision
from tests.engine.model.sampling.test_stream import Setting

PLACES, HEADS, DEPTH = 5, 2, 40
LARGEST_ERROR = {CachePrecision.SAME: 1e-5, CachePrecision.INT8: 0.01, CachePrecision.FLOAT8: 0.06}
"""Of scores and mixtures, as a share of the largest there is."""

FORMS = pytest.mark.parametrize("form", CachePrecision, ids=lambda form: form.value)
BAGS = pytest.mark.parametrize("bags", [True, False], ids=["bags", "products"])


def numbers(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@FORMS
@BAGS
def test_scores_and_mixtures_are_the_formula(
    monkeypatch: pytest.MonkeyPatch, form: CachePrecision, bags: bool
) -> None:
    monkeypatch.setattr(slots, "_has_weighted_bags", lambda _: bags)
    keys, values = numbers(2, 2, CACHE_SLOTS, PLACES, HEADS, DEPTH)
    store = KVStorage.empty(2, keys[0, 0], form)
    for row in range(2):
        store.write(row, torch.arange(CACHE_SLOTS), keys[row], values[row])
    store.write(1, torch.tensor([3]), keys[0, :1], values[0, :1])  # a later frame takes a slot
    keys[1, 3], values[1, 3] = keys[0, 0], values[0, 0]
    query = numbers(1, PLACES, HEADS, DEPTH, seed=1)
    weights = numbers(1, PLACES, HEADS, CACHE_SLOTS, seed=2).softmax(dim=-1)
    later = store.rows(slice(1, 2))
    scores, mixed = later.scores(query), later.mix(weights)
    expected_scores = torch.einsum("rphd,wphd->rphw", query, keys[1])
    expected_mixed = torch.einsum("rphw,wphd->rphd", weights, values[1])
    for found, expected in ((scores, expected_scores), (mixed, expected_mixed)):
        error = (found - expected).abs().max() / expected.abs().max()
        assert float(error) < LARGEST_ERROR[form]


@FORMS
def test_large_and_small_numbers_keep_their_share(form: CachePrecision) -> None:
    keys = numbers(1, PLACES, HEADS, DEPTH) * 1e3
    store = KVStorage.empty(1, keys[0], form)
    store.write(0, torch.tensor([0]), keys, keys * 1e-6)
    one = torch.zeros(1, PLACES, HEADS, CACHE_SLOTS)
    one[..., 0] = 1.0
    mixed = store.rows(slice(0, 1)).mix(one)
    assert float((mixed - keys * 1e-6).abs().max()) < LARGEST_ERROR[form] * 4e-3


@pytest.mark.parametrize(
    "form", [CachePrecision.INT8, CachePrecision.FLOAT8], ids=lambda form: form.value
)
@torch.inference_mode()
def test_a_stream_through_8_bits_stays_close(form: CachePrecision) -> None:
    setting = Setting(steps=2)
    exact = setting.stream(batched=False)
    error = (setting.stream(batched=False, cache=form) - exact).square().mean().sqrt()
    assert 0.0 < float(error / exact.square().mean().sqrt()) < LARGEST_ERROR[form]
