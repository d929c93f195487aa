"""The blocks of the UNet, and the state that passes through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import torch
from torch import Tensor, nn

from engine.model.network.config import UNetConfig
from engine.model.network.motion_module import MotionModule
from engine.model.network.spatial import (
    Downsample,
    ResnetBlock,
    SpatialTransformer,
    TextKeyValues,
    Upsample,
)
from engine.model.network.temporal_context import TemporalContext


@dataclass(frozen=True, slots=True)
class Conditioning:
    """What depends only on the prompt and the schedule, computed once.

    shifts: for each residual block, from the time embedding, (R, C). texts: for each spatial
    transformer the text's keys and values.
    """

    shifts: dict[nn.Module, Tensor]
    texts: dict[nn.Module, TextKeyValues]

    def rows(self, chosen: slice) -> Conditioning:
        """The same for some of the rows, as views. One text serves all rows."""
        return Conditioning({k: v[chosen] for k, v in self.shifts.items()}, self.texts)


@dataclass(slots=True)
class ForwardState:
    """A forward in progress: x (B, C, h, w) and the skips."""

    x: Tensor
    conditioning: Conditioning
    context: TemporalContext
    skips: list[Tensor] = field(default_factory=list)


ForwardStep = Callable[[ForwardState], ForwardState]
"""One step of a forward: state in, state out."""


class ForwardBlock(nn.Module):
    """A block that works in steps, so that a long forward can be spread over several frames."""

    resnets: nn.ModuleList
    attentions: nn.ModuleList | None

    def steps(self) -> Iterator[ForwardStep]:
        """The steps in order; `forward` does all of them."""
        raise AssertionError("every block has steps of its own")

    def forward(self, state: ForwardState) -> ForwardState:
        for step in self.steps():
            state = step(state)
        return state


class _ResolutionBlock(ForwardBlock):
    """Shared by the blocks of one resolution: each layer is a resnet, then a transformer and a
    motion module, where the configuration has them.
    """

    motion_modules: nn.ModuleList | None

    def _run_layer(self, index: int, x: Tensor, state: ForwardState) -> Tensor:
        resnet = self.resnets[index]
        x = resnet(x, state.conditioning.shifts[resnet])
        if self.attentions is not None:
            attention = self.attentions[index]
            x = attention(x, state.conditioning.texts[attention])
        if self.motion_modules is not None:
            x = self.motion_modules[index](x, state.context)
        return x


def _attentions(config: UNetConfig, index: int, channels: int, count: int) -> nn.ModuleList | None:
    if not config.attention_blocks[index]:
        return None
    return nn.ModuleList(_transformer(config, channels) for _ in range(count))


def _transformer(config: UNetConfig, channels: int) -> SpatialTransformer:
    return SpatialTransformer(
        channels, config.num_attention_heads, config.cross_attention_dim, config.norm_num_groups
    )


def _motion_modules(
    config: UNetConfig, index: int, channels: int, count: int
) -> nn.ModuleList | None:
    if not config.motion_blocks[index]:
        return None
    return nn.ModuleList(
        MotionModule(channels, config.motion_heads, config.motion_norm_groups) for _ in range(count)
    )


def _resnet(config: UNetConfig, in_channels: int, out_channels: int) -> ResnetBlock:
    return ResnetBlock(in_channels, out_channels, config.time_embed_dim, config.norm_num_groups)


class DownBlock(_ResolutionBlock):
    """Layers of one resolution; keeps each result for the up blocks, then halves the size."""

    def __init__(self, config: UNetConfig, index: int) -> None:
        super().__init__()
        widths = config.block_out_channels
        channels, count = widths[index], config.layers_per_block
        inputs = [widths[max(index - 1, 0)], *([channels] * count)][:count]
        self.resnets = nn.ModuleList(_resnet(config, width, channels) for width in inputs)
        self.attentions = _attentions(config, index, channels, count)
        self.motion_modules = _motion_modules(config, index, channels, count)
        last = index == len(widths) - 1
        after = channels if count or last else widths[index + 1]
        self.downsamplers = None if last else nn.ModuleList([Downsample(channels, after)])

    def steps(self) -> Iterator[ForwardStep]:
        for index in range(len(self.resnets)):
            yield partial(self._add_layer, index)
        if self.downsamplers is not None:
            yield self._halve

    def _add_layer(self, index: int, state: ForwardState) -> ForwardState:
        state.x = self._run_layer(index, state.x, state)
        state.skips.append(state.x)
        return state

    def _halve(self, state: ForwardState) -> ForwardState:
        assert self.downsamplers is not None
        state.x = self.downsamplers[0](state.x)
        state.skips.append(state.x)
        return state


class MidBlock(ForwardBlock):
    """Resnet, transformer, resnet at the smallest size; no motion module."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        channels = config.block_out_channels[-1]
        self.resnets = nn.ModuleList(_resnet(config, channels, channels) for _ in range(2))
        self.attentions = (
            nn.ModuleList([_transformer(config, channels)]) if config.mid_attention else None
        )

    def steps(self) -> Iterator[ForwardStep]:
        yield self._run

    def _run(self, state: ForwardState) -> ForwardState:
        first, second = self.resnets
        state.x = first(state.x, state.conditioning.shifts[first])
        if self.attentions is not None:
            attention = self.attentions[0]
            state.x = attention(state.x, state.conditioning.texts[attention])
        state.x = second(state.x, state.conditioning.shifts[second])
        return state


class UpBlock(_ResolutionBlock):
    """Layers of one resolution, each with a skip from the down blocks; then enlarges."""

    def __init__(self, config: UNetConfig, index: int) -> None:
        super().__init__()
        widths = config.block_out_channels
        channels, count = widths[index], config.layers_per_block + 1
        below = widths[min(index + 1, len(widths) - 1)]
        entered = widths[max(index - 1, 0)] if config.layers_per_block else channels
        skips = [channels] * (count - 1) + [entered]
        inputs = [below, *([channels] * (count - 1))]
        self.resnets = nn.ModuleList(
            _resnet(config, width + skip, channels)
            for width, skip in zip(inputs, skips, strict=True)
        )
        self.attentions = _attentions(config, index, channels, count)
        self.motion_modules = _motion_modules(config, index, channels, count)
        self.upsamplers = None if index == 0 else nn.ModuleList([Upsample(channels)])

    def steps(self) -> Iterator[ForwardStep]:
        for index in range(len(self.resnets)):
            yield partial(self._add_layer, index)
        if self.upsamplers is not None:
            yield self._double

    def _add_layer(self, index: int, state: ForwardState) -> ForwardState:
        joined = torch.cat([state.x, state.skips.pop()], dim=1)
        state.x = self._run_layer(index, joined, state)
        return state

    def _double(self, state: ForwardState) -> ForwardState:
        assert self.upsamplers is not None
        height, width = state.skips[-1].shape[-2:]
        state.x = self.upsamplers[0](state.x, (height, width))
        return state
