"""The network, once: warm-up, stream, offline and training are calls of the same class.

Stable Diffusion 1.5's UNet with a motion module after each (resnet, transformer) pair and a
convolutional net that adds the structure input (Live2Diff, arXiv 2407.08701, section 3).
Attribute names are those of the published weights.

Shape letters: see `engine.model.window` and `engine.model.spatial`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.config import UNetConfig
from engine.model.spatial import (
    Downsample,
    ResnetBlock,
    SpatialTransformer,
    TextMemory,
    Upsample,
    VectorEmbedding,
    sinusoidal_embedding,
)
from engine.model.temporal import MotionModule
from engine.model.window import Memory


@dataclass(frozen=True, slots=True)
class Conditioning:
    """What stays constant while a prompt and a schedule stand, computed once.

    shifts: for each residual block the time embedding's part, (R, C). texts: for each spatial
    transformer the text's keys and values.
    """

    shifts: dict[nn.Module, Tensor]
    texts: dict[nn.Module, TextMemory]

    def rows(self, chosen: slice) -> Conditioning:
        """The same for some rows only; views, nothing is copied. One text serves all rows."""
        return Conditioning({k: v[chosen] for k, v in self.shifts.items()}, self.texts)


@dataclass(slots=True)
class Pass:
    """One call of the network on its way through the stages: x (B, C, h, w) and the skips."""

    x: Tensor
    conditioning: Conditioning
    memory: Memory
    skips: list[Tensor] = field(default_factory=list)


Part = Callable[[Pass], Pass]
"""A piece of a pass: it takes the state and gives it on."""


class _Block(nn.Module):
    """A part of the network that can itself be cut up, so that a long pass spreads over frames."""

    resnets: nn.ModuleList
    attentions: nn.ModuleList | None

    def parts(self) -> Iterator[Part]:
        """The work in order; `forward` does it all."""
        raise AssertionError("a block says what it consists of")

    def forward(self, state: Pass) -> Pass:
        for part in self.parts():
            state = part(state)
        return state


class _Level(_Block):
    """Shared by the blocks of a level, whose layers are a resnet, then its transformer and motion
    module if there are.
    """

    motion_modules: nn.ModuleList | None

    def _run_layer(self, index: int, x: Tensor, state: Pass) -> Tensor:
        resnet = self.resnets[index]
        x = resnet(x, state.conditioning.shifts[resnet])
        if self.attentions is not None:
            attention = self.attentions[index]
            x = attention(x, state.conditioning.texts[attention])
        if self.motion_modules is not None:
            x = self.motion_modules[index](x, state.memory)
        return x


def _attentions(config: UNetConfig, level: int, channels: int, count: int) -> nn.ModuleList | None:
    if not config.attention_levels[level]:
        return None
    return nn.ModuleList(_transformer(config, channels) for _ in range(count))


def _transformer(config: UNetConfig, channels: int) -> SpatialTransformer:
    return SpatialTransformer(
        channels, config.num_attention_heads, config.cross_attention_dim, config.norm_num_groups
    )


def _motions(config: UNetConfig, level: int, channels: int, count: int) -> nn.ModuleList | None:
    if not config.motion_levels[level]:
        return None
    return nn.ModuleList(
        MotionModule(channels, config.motion_heads, config.motion_norm_groups) for _ in range(count)
    )


def _resnet(config: UNetConfig, in_channels: int, out_channels: int) -> ResnetBlock:
    return ResnetBlock(in_channels, out_channels, config.time_embed_dim, config.norm_num_groups)


class DownBlock(_Level):
    """Layers of one level; keeps each result for the up side, then halves the size."""

    def __init__(self, config: UNetConfig, level: int) -> None:
        super().__init__()
        widths = config.block_out_channels
        channels, count = widths[level], config.layers_per_block
        inputs = [widths[max(level - 1, 0)], *([channels] * count)][:count]
        self.resnets = nn.ModuleList(_resnet(config, width, channels) for width in inputs)
        self.attentions = _attentions(config, level, channels, count)
        self.motion_modules = _motions(config, level, channels, count)
        last = level == len(widths) - 1
        after = channels if count or last else widths[level + 1]
        self.downsamplers = None if last else nn.ModuleList([Downsample(channels, after)])

    def parts(self) -> Iterator[Part]:
        for index in range(len(self.resnets)):
            yield partial(self._add_layer, index)
        if self.downsamplers is not None:
            yield self._halve

    def _add_layer(self, index: int, state: Pass) -> Pass:
        state.x = self._run_layer(index, state.x, state)
        state.skips.append(state.x)
        return state

    def _halve(self, state: Pass) -> Pass:
        assert self.downsamplers is not None
        state.x = self.downsamplers[0](state.x)
        state.skips.append(state.x)
        return state


class MidBlock(_Block):
    """Resnet, transformer, resnet at the smallest size; no motion module."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        channels = config.block_out_channels[-1]
        self.resnets = nn.ModuleList(_resnet(config, channels, channels) for _ in range(2))
        self.attentions = (
            nn.ModuleList([_transformer(config, channels)]) if config.mid_attention else None
        )

    def parts(self) -> Iterator[Part]:
        yield self._run

    def _run(self, state: Pass) -> Pass:
        first, second = self.resnets
        state.x = first(state.x, state.conditioning.shifts[first])
        if self.attentions is not None:
            attention = self.attentions[0]
            state.x = attention(state.x, state.conditioning.texts[attention])
        state.x = second(state.x, state.conditioning.shifts[second])
        return state


class UpBlock(_Level):
    """Layers of one level, each fed with a skip of the down side; then the next size."""

    def __init__(self, config: UNetConfig, level: int) -> None:
        super().__init__()
        widths = config.block_out_channels
        channels, count = widths[level], config.layers_per_block + 1
        below = widths[min(level + 1, len(widths) - 1)]
        entered = widths[max(level - 1, 0)] if config.layers_per_block else channels
        skips = [channels] * (count - 1) + [entered]
        inputs = [below, *([channels] * (count - 1))]
        self.resnets = nn.ModuleList(
            _resnet(config, width + skip, channels)
            for width, skip in zip(inputs, skips, strict=True)
        )
        self.attentions = _attentions(config, level, channels, count)
        self.motion_modules = _motions(config, level, channels, count)
        self.upsamplers = None if level == 0 else nn.ModuleList([Upsample(channels)])

    def parts(self) -> Iterator[Part]:
        for index in range(len(self.resnets)):
            yield partial(self._add_layer, index)
        if self.upsamplers is not None:
            yield self._double

    def _add_layer(self, index: int, state: Pass) -> Pass:
        joined = torch.cat([state.x, state.skips.pop()], dim=1)
        state.x = self._run_layer(index, joined, state)
        return state

    def _double(self, state: Pass) -> Pass:
        assert self.upsamplers is not None
        height, width = state.skips[-1].shape[-2:]
        state.x = self.upsamplers[0](state.x, (height, width))
        return state


class StructureNet(nn.Module):
    """The net of the structure input (`flow_conv_in`): (B, A, h, w) -> (B, C0, h, w)"""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        widths = config.conditioning_channels
        self.conv_in = nn.Conv2d(config.structure_channels, widths[0], 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Conv2d(a, b, 3, padding=1) for w, v in pairwise(widths) for a, b in ((w, w), (w, v))
        )
        self.conv_out = nn.Conv2d(widths[-1], config.block_out_channels[0], 3, padding=1)

    def forward(self, structure: Tensor) -> Tensor:
        hidden = F.silu(self.conv_in(structure))
        for block in self.blocks:
            hidden = F.silu(block(hidden))
        features: Tensor = self.conv_out(hidden)
        return features


class UNet(nn.Module):
    """Predicts the noise (or x0, as the configuration says) of latents.

    forward(x (B, c, h, w), structure features (B, C0, h, w), conditioning, memory) -> (B, c, h, w).
    The batch holds R rows of F frames, row by row; `memory` says what the rows are.
    """

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        widths, levels = config.block_out_channels, range(len(config.block_out_channels))
        self.conv_in = nn.Conv2d(config.sample_channels, widths[0], 3, padding=1)
        self.flow_conv_in = StructureNet(config)
        self.time_embedding = VectorEmbedding(widths[0], config.time_embed_dim)
        self.class_embedding = (
            VectorEmbedding(config.class_embed_dim, config.time_embed_dim)
            if config.class_embed_dim
            else None
        )
        self.down_blocks = nn.ModuleList(DownBlock(config, level) for level in levels)
        self.up_blocks = nn.ModuleList(UpBlock(config, level) for level in reversed(levels))
        self.mid_block = MidBlock(config)
        self.conv_norm_out = nn.GroupNorm(config.norm_num_groups, widths[0], eps=1e-5)
        self.conv_out = nn.Conv2d(widths[0], config.sample_channels, 3, padding=1)

    @property
    def device(self) -> torch.device:
        """Where it works. Convolutions may become layers of bytes, this one never does."""
        return self.time_embedding.linear_1.weight.device

    @property
    def dtype(self) -> torch.dtype:
        """Of what goes in and comes out."""
        return self.time_embedding.linear_1.weight.dtype

    def condition(
        self, timesteps: Sequence[int] | Tensor, text: Tensor, labels: Tensor | None = None
    ) -> Conditioning:
        """Compute what a prompt and a schedule fix.

        timesteps: one for each row. text: (1 or R, T, cross_attention_dim). labels: (1 or R,
        class_embed_dim), for configurations that take them.
        """
        times = torch.as_tensor(timesteps, device=self.device)
        waves = sinusoidal_embedding(times, self.config.block_out_channels[0])
        embedding = self.time_embedding(waves.to(self.dtype))
        if self.class_embedding is not None:
            assert labels is not None, "this configuration takes labels"
            embedding = embedding + self.class_embedding(labels)
        resnets = (m for m in self.modules() if isinstance(m, ResnetBlock))
        transformers = (m for m in self.modules() if isinstance(m, SpatialTransformer))
        return Conditioning(
            shifts={block: block.shift_of(embedding) for block in resnets},
            texts={block: block.text_attention.read(text) for block in transformers},
        )

    def structure_features(self, structure: Tensor, scale: float | Tensor = 1.0) -> Tensor:
        """The structure input: (B, A, h, w) -> (B, C0, h, w), the same at each step of a frame."""
        return self.flow_conv_in(structure) * scale

    def stages(self) -> Iterator[nn.Module]:
        """The blocks a pass goes through, in order."""
        yield from self.down_blocks
        yield self.mid_block
        yield from self.up_blocks

    def parts(self) -> Iterator[Part]:
        """What the blocks consist of, in order, so that a long pass can be cut up."""
        for block in self.stages():
            assert isinstance(block, _Block)
            yield from block.parts()

    def begin(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, memory: Memory
    ) -> Pass:
        """Enter: the state before the first stage."""
        entered = self.conv_in(x) + features
        return Pass(entered, conditioning, memory, skips=[entered])

    def finish(self, state: Pass) -> Tensor:
        """Leave: the prediction (B, c, h, w)."""
        prediction: Tensor = self.conv_out(F.silu(self.conv_norm_out(state.x)))
        return prediction

    def forward(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, memory: Memory
    ) -> Tensor:
        state = self.begin(x, features, conditioning, memory)
        for stage in self.stages():
            state = stage(state)
        return self.finish(state)
