"""The one UNet: warm-up, streaming, offline use and training all call the same class.

Stable Diffusion 1.5's UNet with a motion module after each (resnet, transformer) pair and a
convolutional network that adds the structure input (Live2Diff, arXiv 2407.08701, section 3).
Attribute names are those of Live2Diff's weights.

Shape letters: see `engine.model.network.kv_cache` and `engine.model.network.spatial`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.network.config import UNetConfig
from engine.model.network.spatial import (
    ResnetBlock,
    SpatialTransformer,
    VectorEmbedding,
    sinusoidal_embedding,
)
from engine.model.network.temporal_context import TemporalContext
from engine.model.network.unet_blocks import (
    Conditioning,
    DownBlock,
    ForwardBlock,
    ForwardState,
    ForwardStep,
    MidBlock,
    UpBlock,
)


class StructureEncoder(nn.Module):
    """Encodes the structure input (`flow_conv_in`): (B, A, h, w) -> (B, C0, h, w)"""

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
        return self.conv_out(hidden)


class UNet(nn.Module):
    """Predicts the noise of latents (or x0, depending on the configuration).

    forward(x (B, c, h, w), features (B, C0, h, w), conditioning, context) -> (B, c, h, w)
    The batch has R rows of F frames, row by row; `context` says what the rows are.
    """

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        widths, indices = config.block_out_channels, range(len(config.block_out_channels))
        self.conv_in = nn.Conv2d(config.sample_channels, widths[0], 3, padding=1)
        self.flow_conv_in = StructureEncoder(config)
        self.time_embedding = VectorEmbedding(widths[0], config.time_embed_dim)
        self.class_embedding = (
            VectorEmbedding(config.class_embed_dim, config.time_embed_dim)
            if config.class_embed_dim
            else None
        )
        self.down_blocks = nn.ModuleList(DownBlock(config, index) for index in indices)
        self.up_blocks = nn.ModuleList(UpBlock(config, index) for index in reversed(indices))
        self.mid_block = MidBlock(config)
        self.conv_norm_out = nn.GroupNorm(config.norm_num_groups, widths[0], eps=1e-5)
        self.conv_out = nn.Conv2d(widths[0], config.sample_channels, 3, padding=1)

    @property
    def device(self) -> torch.device:
        """The device of its weights. Convolutions may be quantized, this layer never is."""
        return self.time_embedding.linear_1.weight.device

    @property
    def dtype(self) -> torch.dtype:
        """The precision of its inputs and results."""
        return self.time_embedding.linear_1.weight.dtype

    def condition(
        self, timesteps: Sequence[int] | Tensor, text: Tensor, labels: Tensor | None = None
    ) -> Conditioning:
        """Compute what depends only on the prompt and the schedule.

        timesteps: one for each row. text: (1 or R, T, cross_attention_dim). labels: (1 or R,
        class_embed_dim), for configurations that use them.
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
            texts={block: block.text_attention.project_text(text) for block in transformers},
        )

    def structure_features(self, structure: Tensor, scale: float | Tensor = 1.0) -> Tensor:
        """Encode the structure input: (B, A, h, w) -> (B, C0, h, w), once per frame."""
        return self.flow_conv_in(structure) * scale

    def stages(self) -> Iterator[nn.Module]:
        """The blocks of a forward, in order."""
        yield from self.down_blocks
        yield self.mid_block
        yield from self.up_blocks

    def steps(self) -> Iterator[ForwardStep]:
        """The steps of the blocks in order, so that a long forward can be interrupted."""
        for block in self.stages():
            assert isinstance(block, ForwardBlock)
            yield from block.steps()

    def begin(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: TemporalContext
    ) -> ForwardState:
        """The state before the first block."""
        entered = self.conv_in(x) + features
        return ForwardState(entered, conditioning, context, skips=[entered])

    def finish(self, state: ForwardState) -> Tensor:
        """The prediction (B, c, h, w) from the state after the last block."""
        return self.conv_out(F.silu(self.conv_norm_out(state.x)))

    def forward(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: TemporalContext
    ) -> Tensor:
        state = self.begin(x, features, conditioning, context)
        for stage in self.stages():
            state = stage(state)
        return self.finish(state)
