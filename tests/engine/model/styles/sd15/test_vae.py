"""The published tiny autoencoder: with its real weights a picture survives there and back."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import load_file
from torch import Tensor

from engine.model.images.tensors import to_float, to_tensor
from engine.model.styles.sd15.vae import TinyAutoencoder
from engine.video.sources.demo import read_portrait

MODELS = Path(os.environ.get("LIVE2DIFF_TEST_DATA", "../shared")) / "models"
needs_weights = pytest.mark.skipif(
    not (MODELS / "taesd_encoder.safetensors").is_file(), reason=f"no TAESD weights in {MODELS}"
)


def taesd_state(folder: Path) -> dict[str, Tensor]:
    """TAESD from its two original files, whose decoder counts one layer more."""
    state: dict[str, Tensor] = {}
    for side, shift in (("encoder", 0), ("decoder", 1)):
        for name, tensor in load_file(folder / f"taesd_{side}.safetensors").items():
            number, _, rest = name.partition(".")
            state[f"{side}.layers.{int(number) - shift}.{rest}"] = tensor.float()
    return state


def taesd() -> TinyAutoencoder:
    network = AutoencoderTiny()
    network.load_state_dict(taesd_state(MODELS), strict=True)
    return TinyAutoencoder(network.eval())


@needs_weights
def test_a_portrait_comes_back_nearly_as_it_was() -> None:
    pixels = np.ascontiguousarray(read_portrait()[:256, 128:384])
    picture = to_float(to_tensor(pixels, torch.device("cpu")), torch.float32)
    codec = taesd()
    latent = codec.encode(picture)
    assert latent.shape == (1, 4, 32, 32)
    error = (codec.decode(latent).clamp(-1, 1) - picture).pow(2).mean()
    assert 10 * torch.log10(4.0 / error) > 23.0  # dB; the range of 2 squared is the peak


@needs_weights
def test_latents_have_about_unit_spread() -> None:
    picture = to_float(to_tensor(read_portrait(), torch.device("cpu")), torch.float32)
    assert 0.5 < taesd().encode(picture).std() < 1.5


def test_odd_latent_sides_come_back_whole() -> None:
    codec = TinyAutoencoder(
        AutoencoderTiny(
            encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8)
        ).eval()
    )
    assert codec.decode(codec.encode(torch.zeros(1, 3, 72, 40))).shape == (1, 3, 72, 40)
