"""Streaming must equal the offline result, in any order of steps, at any size."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from engine.model.network.clip_attention import ClipAttention
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import EncodedFrame, StreamSpec
from engine.settings import CachePrecision
from tests.encoded import RecordedNoise, encoded, streamed, warmed_up

FRAMES = 24
TINY = UNetConfig(
    block_out_channels=(16, 32),
    layers_per_block=1,
    attention_blocks=(True, False),
    motion_blocks=(True, True),
    num_attention_heads=2,
    motion_heads=4,
    cross_attention_dim=8,
    norm_num_groups=4,
    motion_norm_groups=4,
    conditioning_channels=(8,),
)


class Setting:
    """A drawn network with inputs: clean (F, 4, h, w), noise (S, F, 4, h, w)."""

    def __init__(
        self,
        steps: int = 2,
        size: tuple[int, int] = (5, 7),
        frames: int = FRAMES,
        config: UNetConfig = TINY,
    ) -> None:
        torch.manual_seed(0)
        self.unet = UNet(config).double().requires_grad_(False)
        for parameter in self.unet.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=parameter[0].numel() ** -0.5)
        self.levels = noise_levels(step_indices(0.6, steps))
        timesteps = [level.timestep for level in self.levels]
        text = torch.randn(1, 3, 8, dtype=torch.double)
        conditioning = self.unet.condition(timesteps, text)
        self.clean = torch.randn(frames, 4, *size, dtype=torch.double)
        self.noise = torch.randn(steps, frames, 4, *size, dtype=torch.double)
        self.structure = torch.randn_like(self.clean)
        noise = RecordedNoise(self.noise)
        self.spec = StreamSpec(self.unet, self.levels, conditioning, noise)

    def stream(self, *, batched: bool, cache: CachePrecision = CachePrecision.SAME) -> Tensor:
        stream, frames = Stream(self.spec, batched=batched, cache=cache), self.frames()
        return torch.stack(warmed_up(stream, frames[:8]) + streamed(stream, frames[8:]))

    def frames(self) -> list[EncodedFrame]:
        return encoded(self.clean, self.structure)

    def offline(self) -> Tensor:
        """Each step over the whole clip at once."""
        x = self.clean
        features = self.unet.structure_features(self.structure)
        context = ClipAttention(1, len(x), x.device, x.dtype)
        for row, level in enumerate(self.levels):
            noisy = level.signal * x + level.noise * self.noise[row]
            conditioning = self.spec.conditioning.rows(slice(row, row + 1))
            eps = self.unet(noisy, features, conditioning, context)
            x0 = (noisy - level.noise * eps) / level.signal
            x = level.c_out * x0 + level.c_skip * noisy
        return x


@torch.inference_mode()
@pytest.mark.parametrize("steps", [1, 2, 3, 8])
@pytest.mark.parametrize("batched", [True, False])
def test_streaming_equals_offline(steps: int, batched: bool) -> None:
    setting = Setting(steps)
    torch.testing.assert_close(setting.stream(batched=batched), setting.offline())


@torch.inference_mode()
@pytest.mark.parametrize("size", [(1, 1), (3, 8), (9, 5)])
def test_odd_latent_sizes_stream_too(size: tuple[int, int]) -> None:
    setting = Setting(size=size)
    torch.testing.assert_close(setting.stream(batched=False), setting.offline())


@torch.inference_mode()
@pytest.mark.parametrize("size", [(8, 4), (5, 7)])
def test_a_network_without_layers_on_the_way_down_streams_too(size: tuple[int, int]) -> None:
    config = replace(TINY, layers_per_block=0, attention_blocks=(False, False))
    setting = Setting(size=size, config=config)
    assert not any("down_blocks" in n and "resnets." in n for n, _ in setting.unet.named_modules())
    torch.testing.assert_close(setting.stream(batched=True), setting.offline())


@torch.inference_mode()
@pytest.mark.parametrize("frames", [1, 5, 8, 9])
@pytest.mark.parametrize("batched", [True, False])
def test_a_clip_of_n_frames_gives_n_frames(frames: int, batched: bool) -> None:
    assert len(Setting(3, frames=frames).stream(batched=batched)) == frames


@torch.inference_mode()
def test_no_frame_depends_on_a_later_one() -> None:
    setting = Setting(steps=2)
    before = setting.stream(batched=True)
    setting.clean[12:] += 1.0
    after = setting.stream(batched=True)
    torch.testing.assert_close(before[:12], after[:12], rtol=0, atol=0)
    assert not torch.allclose(before[12:], after[12:])


@torch.inference_mode()
def test_a_short_warm_up_can_stream_on() -> None:
    setting = Setting(frames=12)
    stream, frames = Stream(setting.spec), setting.frames()
    warmed_up(stream, frames[:1])
    for frame in frames[1:]:
        (x0,) = stream.step(frame)
        assert bool(x0.latent.isfinite().all())
