from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.model.images.tensors import to_float, to_tensor
from engine.model.network.autoencoder import AutoencoderConfig, SmallAutoencoder
from engine.model.styles.built_in import load_built_in
from engine.model.styles.style_model import Uint8Autoencoder
from engine.paths import RESOURCES
from engine.video.sources.demo import read_portrait

SHIPPED = RESOURCES / "models" / "built_in"

TINY = AutoencoderConfig(latent_channels=4, fine_channels=8, coarse_channels=8)


@pytest.fixture
def autoencoder() -> SmallAutoencoder:
    torch.manual_seed(0)
    return SmallAutoencoder(TINY).eval().requires_grad_(False)


@pytest.mark.parametrize(("height", "width"), [(64, 64), (72, 40), (360, 640)])
def test_a_latent_has_an_eighth_of_each_side(
    autoencoder: SmallAutoencoder, height: int, width: int
) -> None:
    latent = autoencoder.encode(torch.zeros(2, 3, height, width))
    assert latent.shape == (2, 4, height // 8, width // 8)


def test_a_decoded_picture_has_the_size_of_the_encoded_one(autoencoder: SmallAutoencoder) -> None:
    pixels = torch.rand(1, 3, 72, 40)
    assert autoencoder.decode(autoencoder.encode(pixels), pixels).shape == pixels.shape


def test_sides_that_are_no_multiples_of_eight_are_refused(autoencoder: SmallAutoencoder) -> None:
    with pytest.raises(ValueError, match="100 x 64"):
        autoencoder.encode(torch.zeros(1, 3, 100, 64))


def test_decoding_without_a_guide_is_decoding_with_no_edges(autoencoder: SmallAutoencoder) -> None:
    latent = torch.randn(1, 4, 8, 8)
    other = torch.rand(1, 3, 64, 64)
    assert not torch.equal(autoencoder.decode(latent), autoencoder.decode(latent, other))


def test_a_recurrent_decoder_sees_what_was_painted_before() -> None:
    torch.manual_seed(0)
    decoder = SmallAutoencoder(replace(TINY, agreement=True, recurrent=True)).eval()
    decoder.requires_grad_(False)
    latent, guide, before = (
        torch.randn(1, 4, 8, 8),
        torch.rand(1, 3, 64, 64),
        torch.rand(1, 4, 64, 64),
    )
    shown = decoder.decode(latent, guide, before)
    assert shown.shape == (1, 5, 64, 64)
    assert not torch.equal(shown, decoder.decode(latent, guide, -before))


def test_pictures_of_a_batch_do_not_touch_each_other(autoencoder: SmallAutoencoder) -> None:
    pixels = torch.rand(2, 3, 64, 64)
    both = autoencoder.decode(autoencoder.encode(pixels), pixels)
    second = autoencoder.decode(autoencoder.encode(pixels[1:]), pixels[1:])
    torch.testing.assert_close(both[1:], second, atol=1e-5, rtol=1e-4)


def test_a_config_without_channels_or_blocks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs channels"):
        AutoencoderConfig(latent_channels=0)
    with pytest.raises(ValueError, match="one fine block"):
        AutoencoderConfig(fine_blocks=0)


@pytest.fixture(scope="module")
def trained() -> SmallAutoencoder:
    model = load_built_in(SHIPPED, torch.device("cpu"), torch.float32)
    assert isinstance(model.autoencoder, Uint8Autoencoder)
    codec = model.autoencoder.codec
    assert isinstance(codec, SmallAutoencoder)
    return codec


@pytest.fixture(scope="module")
def portrait() -> Tensor:
    """The public-domain astronaut, 256 x 256: (1, 3, 256, 256)."""
    pixels = np.ascontiguousarray(read_portrait()[:256, 100:356])
    return to_float(to_tensor(pixels, torch.device("cpu")), torch.float32)


@torch.no_grad()
def test_with_a_blank_latent_the_raw_picture_does_not_come_through(
    trained: SmallAutoencoder, portrait: Tensor
) -> None:
    blank = torch.zeros_like(trained.encode(portrait))
    shown = trained.decode(blank, portrait)[:, :3]
    assert float(shown.std()) < 0.15 * float(portrait.std())


@torch.no_grad()
def test_with_a_blank_latent_nothing_of_a_photograph_is_kept(
    trained: SmallAutoencoder, portrait: Tensor
) -> None:
    """Were it ever given for what was painted before, although only painted pictures are."""
    blank = torch.zeros_like(trained.encode(portrait))
    before = torch.cat([portrait, torch.ones_like(portrait[:, :1])], dim=1)
    made = trained.decode(blank, portrait, before)
    keep = ((made[:, -1:] + 1.0) / 2.0).clamp(0.0, 1.0)
    shown = made[:, :3] + keep * (portrait - made[:, :3])
    assert float(shown.std()) < 0.15 * float(portrait.std())


@torch.no_grad()
def test_what_comes_out_is_what_the_latent_says_and_not_the_guide(
    trained: SmallAutoencoder, portrait: Tensor
) -> None:
    negative = -portrait
    shown = trained.decode(trained.encode(negative), portrait)[:, :3]
    assert float((shown - negative).abs().mean()) < 0.25 * float((shown - portrait).abs().mean())


@torch.no_grad()
def test_a_picture_comes_back_nearly_the_same(trained: SmallAutoencoder, portrait: Tensor) -> None:
    error = trained.decode(trained.encode(portrait), portrait)[:, :3] - portrait
    assert 10.0 * float(torch.log10(4.0 / (error**2).mean())) > 22.0
