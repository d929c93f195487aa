"""The published network the plain way: diffusers' UNet, and motion modules by their formula.

Slow, offline, and nothing of ours but the parameters' names: what the engine must agree with.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from tests.encoded import RecordedNoise, encoded, streamed, warmed_up

WARM_UP, RECENT, POSITIONS = 8, 8, 24


@dataclass(frozen=True, slots=True)
class Clip:
    """clean, structure: (F, c, h, w); text: (1, T, A); noise: (S, F, c, h, w)"""

    clean: Tensor
    structure: Tensor
    text: Tensor
    noise: Tensor

    @torch.inference_mode()
    def streamed(self, unet: UNet, levels: Sequence[NoiseLevel], *, batched: bool) -> Tensor:
        """The frames by the engine, one after the other: (F, c, h, w)"""
        conditioning = unet.condition([level.timestep for level in levels], self.text)
        spec = StreamSpec(unet, tuple(levels), conditioning, RecordedNoise(self.noise))
        stream, frames = Stream(spec, batched=batched), encoded(self.clean, self.structure)
        return torch.stack(warmed_up(stream, frames[:8]) + streamed(stream, frames[8:]))


class Reference:
    """The network over whole clips. state: every parameter by name; they are not copied."""

    def __init__(self, config: UNetConfig, state: Mapping[str, Tensor]) -> None:
        self._config, self._state = config, state
        self._unet = _diffusers_network(config)
        spatial = {name: state[name] for name in self._unet.state_dict()}
        self._unet.load_state_dict(spatial, assign=True, strict=True)
        self._unet.eval()
        self._features: Tensor | None = None
        self._unet.conv_in.register_forward_hook(lambda _, __, out: out + self._features)
        for side in ("down_blocks", "up_blocks"):
            for level, block in enumerate(getattr(self._unet, side)):
                self._mix_over_time(f"{side}.{level}", block)

    @torch.inference_mode()
    def denoised(self, clip: Clip, levels: Sequence[NoiseLevel]) -> Tensor:
        """All frames after all steps: (F, c, h, w)"""
        self._features, x = self._structure(clip.structure), clip.clean
        texts = clip.text.expand(len(x), -1, -1)
        for level, drawn in zip(levels, clip.noise, strict=True):
            noisy = level.signal * x + level.noise * drawn
            [eps] = self._unet(noisy, level.timestep, texts, return_dict=False)
            x0 = (noisy - level.noise * eps) / level.signal
            x = level.c_out * x0 + level.c_skip * noisy
        return x

    def _structure(self, structure: Tensor) -> Tensor:
        blocks = 2 * (len(self._config.conditioning_channels) - 1)
        hidden = structure
        for name in ("conv_in", *(f"blocks.{index}" for index in range(blocks))):
            hidden = F.silu(self._convolved(f"flow_conv_in.{name}", hidden))
        return self._convolved("flow_conv_in.conv_out", hidden)

    def _convolved(self, name: str, x: Tensor) -> Tensor:
        return F.conv2d(x, self._state[f"{name}.weight"], self._state[f"{name}.bias"], padding=1)

    def _mix_over_time(self, name: str, block: nn.Module) -> None:
        """Put a motion module behind each (resnet, transformer) pair, or resnet alone."""
        attended = hasattr(block, "attentions")
        after = self._after_attention if attended else self._after_resnet
        layers = block.get_submodule("attentions" if attended else "resnets")
        for index, layer in enumerate(layers.children()):
            layer.register_forward_hook(after(f"{name}.motion_modules.{index}"))

    def _after_attention(self, name: str) -> Callable[..., tuple[Tensor]]:
        return lambda _, __, out: (self._motion(name, out[0]),)

    def _after_resnet(self, name: str) -> Callable[..., Tensor]:
        return lambda _, __, out: self._motion(name, out)

    def _motion(self, module: str, x: Tensor) -> Tensor:
        """(F, C, h, w) -> the same, mixed over time at each pixel."""
        name = f"{module}.temporal_transformer"
        groups = self._config.motion_norm_groups
        weight, bias = self._state[f"{name}.norm.weight"], self._state[f"{name}.norm.bias"]
        normed = F.group_norm(x, groups, weight, bias, eps=1e-6)
        tokens = self._linear(f"{name}.proj_in", normed.flatten(2).permute(2, 0, 1))  # (P, F, C)
        block = f"{name}.transformer_blocks.0"
        for index in range(2):
            normed = self._normed(f"{block}.norms.{index}", tokens)
            tokens = tokens + self._attended(f"{block}.attention_blocks.{index}", normed)
        value, gate = self._linear(
            f"{block}.ff.net.0.proj", self._normed(f"{block}.ff_norm", tokens)
        ).chunk(2, dim=-1)
        tokens = tokens + self._linear(f"{block}.ff.net.2", value * F.gelu(gate))
        residual = self._linear(f"{name}.proj_out", tokens)
        return x + residual.permute(1, 2, 0).reshape(x.shape)

    def _attended(self, name: str, x: Tensor) -> Tensor:
        """Frame by frame, each with those it may see at their present positions: (P, F, C)"""
        table = _positions(x)
        mixed = []
        for frame in range(x.shape[1]):
            seen, places = _view(frame, x.shape[1])
            query = self._heads(f"{name}.to_q", x[:, frame : frame + 1] + table[places[frame]])
            context = x[:, seen] + table[[places[other] for other in seen]]
            key, value = (self._heads(f"{name}.{to}", context) for to in ("to_k", "to_v"))
            scores = query @ key.mT / math.sqrt(query.shape[-1])
            mixed.append((scores.softmax(-1) @ value).transpose(1, 2).flatten(2))
        return self._linear(f"{name}.to_out.0", torch.cat(mixed, dim=1))

    def _heads(self, name: str, x: Tensor) -> Tensor:
        """(P, ., C) -> (P, H, ., D)"""
        return self._linear(name, x).unflatten(-1, (self._config.motion_heads, -1)).transpose(1, 2)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return F.linear(x, self._state[f"{name}.weight"], self._state.get(f"{name}.bias"))

    def _normed(self, name: str, x: Tensor) -> Tensor:
        return F.layer_norm(
            x, x.shape[-1:], self._state[f"{name}.weight"], self._state[f"{name}.bias"]
        )


def _view(frame: int, frames: int) -> tuple[list[int], dict[int, int]]:
    """What a frame sees, and at which positions: the warm-up, and the last eight up to itself."""
    warm_up = list(range(min(WARM_UP, frames)))
    if frame < WARM_UP:
        return warm_up, {other: other for other in warm_up}
    recent = list(range(max(WARM_UP, frame - RECENT + 1), frame + 1))
    places = {other: other for other in warm_up}
    places |= {other: WARM_UP + index for index, other in enumerate(recent)}
    return warm_up + recent, places


def _positions(like: Tensor) -> Tensor:
    """The sinusoids: (24, C)"""
    channels = like.shape[-1]
    rows = []
    for place in range(POSITIONS):
        angles = [place / 10000.0 ** (even / channels) for even in range(0, channels, 2)]
        rows.append([wave(angle) for angle in angles for wave in (math.sin, math.cos)])
    return torch.tensor(rows).to(like)


def _diffusers_network(config: UNetConfig) -> UNet2DConditionModel:
    attended = config.attention_blocks
    down = tuple("CrossAttnDownBlock2D" if here else "DownBlock2D" for here in attended)
    up = tuple("CrossAttnUpBlock2D" if here else "UpBlock2D" for here in reversed(attended))
    assert all(config.motion_blocks)
    with torch.device("meta"):
        return UNet2DConditionModel(
            down_block_types=down,
            up_block_types=up,
            block_out_channels=config.block_out_channels,
            layers_per_block=config.layers_per_block,
            cross_attention_dim=config.cross_attention_dim,
            attention_head_dim=config.num_attention_heads,
            norm_num_groups=config.norm_num_groups,
        )
