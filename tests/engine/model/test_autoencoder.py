import pytest
import torch

from engine.model.autoencoder import AutoencoderConfig, SmallAutoencoder

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


def test_pictures_of_a_batch_do_not_touch_each_other(autoencoder: SmallAutoencoder) -> None:
    pixels = torch.rand(2, 3, 64, 64)
    both = autoencoder.decode(autoencoder.encode(pixels), pixels)
    second = autoencoder.decode(autoencoder.encode(pixels[1:]), pixels[1:])
    torch.testing.assert_close(both[1:], second, atol=1e-5, rtol=1e-4)


def test_a_config_without_channels_is_refused() -> None:
    with pytest.raises(ValueError, match="needs channels"):
        AutoencoderConfig(latent_channels=0)
