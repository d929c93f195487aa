"""The sizes of a network. Stable Diffusion 1.5 and the built-in model are two of these.

Field names follow diffusers' `UNet2DConditionModel` where it has a name for the thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WARM_UP_FRAMES = 8
"""Frames of the warm-up: they attend to each other and stay in the KV cache for good."""

RECENT_FRAMES = 8
"""The most recent frames, kept in addition to the warm-up."""

CACHE_SLOTS = WARM_UP_FRAMES + RECENT_FRAMES
"""Slots of the KV cache, and so the number of positions in use."""

MAX_POSITIONS = 24
"""Rows of the sinusoidal position table of Live2Diff's motion modules."""


@dataclass(frozen=True, slots=True)
class UNetConfig:
    """What `engine.model.network.unet.UNet` is built from. Defaults: Live2Diff on SD 1.5.

    sample_channels: channels of the latent. structure_channels: of the structure input's latent.
    block_out_channels: width of each down block; the up blocks mirror them. layers_per_block:
    resnets in a down block; an up block has one more. With none, the convolution that halves the
    size also widens. attention_blocks: which down blocks (and their mirrors) have spatial
    transformers; the middle block has one if `mid_attention`. motion_blocks: which have a motion
    module after each resnet (or transformer). num_attention_heads: of the spatial transformers;
    motion_heads: of the motion modules. norm_num_groups: of every GroupNorm outside the motion
    modules, motion_norm_groups inside. conditioning_channels: widths of `flow_conv_in`.
    class_embed_dim: width of a pooled style vector (and strength) added to the time embedding;
    None leaves it out. prediction_type: "epsilon" or "sample" (the network gives x0).
    """

    sample_channels: int = 4
    structure_channels: int = 4
    block_out_channels: tuple[int, ...] = (320, 640, 1280, 1280)
    layers_per_block: int = 2
    attention_blocks: tuple[bool, ...] = field(
        default=(True, True, True, False), metadata={"old_names": ("attention_levels",)}
    )
    mid_attention: bool = True
    motion_blocks: tuple[bool, ...] = field(
        default=(True, True, True, True), metadata={"old_names": ("motion_levels",)}
    )
    num_attention_heads: int = 8
    motion_heads: int = 8
    cross_attention_dim: int = 768
    norm_num_groups: int = 32
    motion_norm_groups: int = 32
    conditioning_channels: tuple[int, ...] = (16, 32, 96, 256)
    class_embed_dim: int | None = None
    prediction_type: str = "epsilon"

    def __post_init__(self) -> None:
        blocks = len(self.block_out_channels)
        if not len(self.attention_blocks) == len(self.motion_blocks) == blocks:
            raise ValueError(
                f"{blocks} widths need as many attention and motion blocks, got "
                f"{len(self.attention_blocks)} and {len(self.motion_blocks)}"
            )
        if self.prediction_type not in ("epsilon", "sample"):
            raise ValueError(
                f"prediction_type must be epsilon or sample, got {self.prediction_type}"
            )
        for width in self.block_out_channels:
            self._check_width(width)

    def _check_width(self, width: int) -> None:
        for name in (
            "norm_num_groups",
            "motion_norm_groups",
            "num_attention_heads",
            "motion_heads",
        ):
            if width % getattr(self, name):
                raise ValueError(f"{width} channels do not split by {name} {getattr(self, name)}")

    @property
    def time_embed_dim(self) -> int:
        """Width of the time embedding."""
        return 4 * self.block_out_channels[0]
