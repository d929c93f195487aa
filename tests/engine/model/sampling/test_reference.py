"""The engine agrees with the published network written the plain way, on diffusers' own UNet."""

import pytest
import torch

from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from tests.engine.model.sampling.reference import Clip, Reference
from tests.engine.model.styles.sd15.tiny import CONFIG, drawn, unet_state

FRAMES, STEPS = 19, 2


@pytest.mark.parametrize("batched", [False, True], ids=["one by one", "batch"])
def test_streamed_frames_are_those_of_the_plain_network(batched: bool) -> None:
    state = {name: tensor.double() for name, tensor in unet_state().items()}
    with torch.device("meta"):
        unet = UNet(CONFIG).eval()
    unet.load_state_dict(state, assign=True)
    shapes = (FRAMES, 4, 8, 8), (FRAMES, 4, 8, 8), (1, 5, 32), (STEPS, FRAMES, 4, 8, 8)
    clip = Clip(*(drawn(shape, seed).double() for seed, shape in enumerate(shapes)))
    levels = noise_levels(step_indices(0.4, STEPS))
    expected = Reference(CONFIG, state).denoised(clip, levels)
    found = clip.streamed(unet, levels, batched=batched)
    # time embedding and positions are float32 in both, worked out in different ways
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)
