"""The memory plan: the published figures, the real cache, and offers that fit."""

import pytest
import torch

from engine.errors import ModelError
from engine.frames import Size
from engine.model.hardware.memory_budget import (
    MemoryRequest,
    cache_bytes_per_step,
    check_fits,
    free_memory,
    nearest_fit,
    plan_memory,
    unet_parameters,
)
from engine.model.network.config import UNetConfig
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.settings import CachePrecision

FULL = UNetConfig()
SQUARE = Size(512, 512)


def test_the_full_network_has_the_published_number_of_parameters() -> None:
    assert unet_parameters(FULL) == 1_277_745_188


def test_the_cache_at_512_in_half_precision_is_the_published_size() -> None:
    assert cache_bytes_per_step(FULL, SQUARE, 2) == pytest.approx(1.52e9, rel=0.005)


@pytest.mark.parametrize("form", CachePrecision, ids=lambda form: form.value)
@torch.inference_mode()
def test_the_reckoned_cache_is_what_the_window_really_takes(form: CachePrecision) -> None:
    config = UNetConfig(
        block_out_channels=(32, 64, 64, 64), cross_attention_dim=32, norm_num_groups=8
    )
    unet, memory = UNet(config), StreamingKVCache(1, torch.device("cpu"), torch.float32, form)
    conditioning = unet.condition([399], torch.zeros(1, 77, 32))
    memory.warm_up(0, 1)
    latent = torch.zeros(1, 4, 9, 12)
    unet(latent, unet.structure_features(latent), conditioning, memory)
    assert memory.bytes == cache_bytes_per_step(config, Size(96, 72), 4, form)


def test_eight_bits_take_about_half_of_half_precision() -> None:
    same = cache_bytes_per_step(FULL, SQUARE, 2)
    eight = cache_bytes_per_step(FULL, SQUARE, 2, CachePrecision.INT8)
    assert 0.5 < eight / same < 0.53


def test_a_second_cache_and_further_steps_are_counted() -> None:
    one = plan_memory(FULL, MemoryRequest(SQUARE, 1, second_cache=False)).cache
    assert plan_memory(FULL, MemoryRequest(SQUARE, 2, second_cache=True)).cache == 4 * one


def test_what_fits_is_left_as_it_is() -> None:
    wish = MemoryRequest(SQUARE, 2)
    assert nearest_fit(FULL, wish, 24 << 30) == wish


def test_the_second_cache_goes_first_then_precision_then_steps_then_size() -> None:
    wish = MemoryRequest(Size(768, 512), 2)
    offers = [nearest_fit(FULL, wish, gigabytes << 30) for gigabytes in (16, 11, 8, 7, 6)]
    found = [(o.size.width, o.steps, o.cache, o.second_cache) for o in offers if o is not None]
    assert found == [
        (768, 2, CachePrecision.SAME, True),
        (768, 2, CachePrecision.SAME, False),
        (768, 2, CachePrecision.INT8, False),
        (768, 1, CachePrecision.INT8, False),
        (672, 1, CachePrecision.INT8, False),
    ]


def test_every_offer_fits_and_keeps_the_shape() -> None:
    for megabytes in range(4200, 16000, 700):
        offer = nearest_fit(FULL, MemoryRequest(Size(1280, 720), 4), megabytes << 20)
        if offer is not None:
            assert plan_memory(FULL, offer).total <= megabytes << 20
            assert offer.size.width / offer.size.height == pytest.approx(16 / 9, rel=0.03)
            assert offer.size.width % 8 == offer.size.height % 8 == 0


def test_too_large_a_wish_is_refused_with_an_offer() -> None:
    with pytest.raises(ModelError, match=r"512x512 with 2 steps needs .* fit"):
        check_fits(FULL, MemoryRequest(SQUARE, 2), 6 << 30)


def test_where_nothing_fits_the_built_in_model_is_offered() -> None:
    with pytest.raises(ModelError, match="built-in"):
        check_fits(FULL, MemoryRequest(SQUARE, 2), 1 << 30)


def test_the_processors_free_memory_is_known() -> None:
    assert free_memory(torch.device("cpu")) > 1 << 20
