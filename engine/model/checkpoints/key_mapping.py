"""Maps the parameter names of other projects to ours; the only module that knows them.

Our own attribute names are those of diffusers' UNet and of Live2Diff's motion modules. Here are
the original Stable Diffusion names, and the signs that distinguish kinds of files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.model.checkpoints.weight_files import Shape, Weights
from engine.model.network.config import UNetConfig
from engine.model.network.motion_module import sinusoidal_positions

Rename = Callable[[str], str]

UNET_PREFIX = "model.diffusion_model."
VAE_PREFIX = "first_stage_model."
TEXT_PREFIX = "cond_stage_model.transformer."
TEXT_WIDTH = 768
"""Channels of Stable Diffusion 1.5's text embeddings; other families differ."""

LARGEST_WIDTH = 8192
"""Upper limit for the channels of a position table; real ones have at most 1280."""

_POSITIONS = "pos_encoder.pe"


class NamedTensors:
    """The tensors of a file under our names; records which were read.

    rename: from our name to the file's. what: for messages, such as "UNet".
    """

    def __init__(self, weights: Weights, rename: Rename, what: str) -> None:
        self._weights, self._rename, self._what = weights, rename, what
        self._read: set[str] = set()

    def read(self, name: str, shape: Shape) -> Tensor:
        """The tensor with this name of ours, in this shape. Raises ModelError with the name."""
        foreign = self._rename(name)
        found = self._weights.shapes.get(foreign)
        if found is None:
            raise self._error(f"its {self._what} lacks {foreign}")
        if not _same_but_for_ones(found, shape):
            raise self._error(f"{foreign} has the shape {list(found)}, not {list(shape)}")
        self._read.add(foreign)
        return self._weights.read(foreign).reshape(shape)

    def check_all_read(self, prefix: str = "", ignore: str = r"(?!)") -> None:
        """Raise ModelError if names under the prefix were never read.

        ignore: a regular expression for names that may remain unread.
        """
        ours = {name for name in self._weights.shapes if name.startswith(prefix)}
        left = sorted(name for name in ours - self._read if not re.search(ignore, name))
        if left:
            more = f" and {len(left) - 1} more" if len(left) > 1 else ""
            raise self._error(f"its {self._what} has {left[0]}{more}, which belongs to no layer")

    def _error(self, reason: str) -> ModelError:
        return ModelError(
            "{file} does not fit: {reason}.",
            "It is for another model, or damaged; use one for Stable Diffusion 1.5.",
            file=self._weights.path.name,
            reason=reason,
        )


def _same_but_for_ones(found: Shape, wanted: Shape) -> bool:
    """A 1x1 convolution may be stored as a matrix, and the other way round."""
    return [n for n in found if n != 1] == [n for n in wanted if n != 1]


def unet_tensors(weights: Weights, config: UNetConfig) -> NamedTensors:
    """The spatial network from a diffusers file or a single-file checkpoint."""
    if any(name.startswith(UNET_PREFIX) for name in weights.shapes):
        return NamedTensors(weights, lambda name: UNET_PREFIX + original_unet(name, config), "UNet")
    return NamedTensors(weights, lambda name: name, "UNet")


_TOP = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_MIDDLE = {"resnets.0": 0, "attentions.0": 1, "resnets.1": 2}


def original_unet(name: str, config: UNetConfig) -> str:
    """The original Stable Diffusion name of one of the UNet's parameters, without prefix."""
    module, _, leaf = name.rpartition(".")
    if module in _TOP:
        return f"{_TOP[module]}.{leaf}"
    block, rest = _block_and_rest(name, config)
    kind, _, rest = rest.partition(".")
    if kind == "resnets":
        inner, _, leaf = rest.partition(".")
        return f"{block}.{_RESNET[inner]}.{leaf}"
    return f"{block}.{rest}"


def _block_and_rest(name: str, config: UNetConfig) -> tuple[str, str]:
    """A parameter's original block, and the rest of its name from the kind of module on."""
    side, _, rest = name.partition(".")
    if side == "mid_block":
        kind, number, rest = rest.split(".", 2)
        return f"middle_block.{_MIDDLE[f'{kind}.{number}']}", f"{kind}.{rest}"
    index, kind, number, rest = rest.split(".", 3)
    count = config.layers_per_block + 1
    if side == "down_blocks":
        return _down_block(int(index) * count, kind, int(number), count), _op(kind, rest)
    attended = config.attention_blocks[len(config.block_out_channels) - 1 - int(index)]
    return _up_block(int(index) * count, kind, int(number), count, attended), f"{kind}.{rest}"


def _down_block(first: int, kind: str, number: int, count: int) -> str:
    if kind == "downsamplers":
        return f"input_blocks.{first + count}.0"
    return f"input_blocks.{first + 1 + number}.{int(kind == 'attentions')}"


def _up_block(first: int, kind: str, number: int, count: int, attended: bool) -> str:
    if kind == "upsamplers":
        return f"output_blocks.{first + count - 1}.{1 + int(attended)}"
    return f"output_blocks.{first + number}.{int(kind == 'attentions')}"


def _op(kind: str, rest: str) -> str:
    """In the original, a downsampler's convolution is called `op`."""
    return f"{kind}.{rest.replace('conv.', 'op.')}" if kind == "downsamplers" else f"{kind}.{rest}"


def motion_tensors(weights: Weights) -> NamedTensors:
    """The motion modules and `flow_conv_in` of a `live2diff.ckpt`. Raises ModelError.

    Any position tables in it must be the sinusoids that we compute.
    """
    prefix = "module." if _any(weights.shapes, r"^module\.") else ""
    for name in weights.shapes:
        if name.endswith(_POSITIONS):
            _check_positions(weights, name)
    return NamedTensors(weights, lambda name: prefix + name, "motion modules")


MOTION_LEFT_OVER = rf"grid|global_step|{re.escape(_POSITIONS)}$"
"""Names in a `live2diff.ckpt` that are not weights of our network."""


SPATIAL = r"^(module\.)?((down|up)_blocks\.|mid_block\.|conv_|time_embedding\.)(?!.*motion_modules)"
"""Names of Stable Diffusion 1.5 itself; those in a `live2diff.ckpt` are ignored."""


def is_motion(name: str) -> bool:
    """Whether a parameter of ours is absent from Stable Diffusion 1.5."""
    return "motion_modules." in name or name.startswith("flow_conv_in.")


def _check_positions(weights: Weights, name: str) -> None:
    found = weights.read(name).float()
    width = found.shape[-1] if found.dim() and found.shape[-1] <= LARGEST_WIDTH else 2
    table = sinusoidal_positions(width)
    rows = found.flatten()[:, None] if found.dim() < 2 else found.reshape(-1, found.shape[-1])
    if rows.shape != table.shape or not torch.allclose(rows, table, atol=2e-3):
        raise ModelError(
            "{file} was trained with other positions ({name}).",
            "Fetch the published live2diff.ckpt.",
            file=weights.path.name,
            name=name,
        )


def has_text(weights: Weights) -> bool:
    """Whether a file includes a text encoder, as single-file checkpoints do."""
    return any(name.startswith(TEXT_PREFIX) for name in weights.shapes)


def text_tensors(weights: Weights) -> NamedTensors:
    """The CLIP text encoder of a single-file checkpoint or a diffusers file."""
    prefix = TEXT_PREFIX if has_text(weights) else ""
    if _any(weights.shapes, rf"^{re.escape(prefix)}text_model\."):
        prefix += "text_model."
    return NamedTensors(
        weights, lambda name: prefix + name.removeprefix("text_model."), "text encoder"
    )


def vae_tensors(weights: Weights, blocks: int) -> NamedTensors:
    """The autoencoder inside a single-file checkpoint; blocks: how often it halves, plus one."""
    return NamedTensors(
        weights, lambda name: VAE_PREFIX + original_vae(name, blocks), "autoencoder"
    )


_VAE_RULES = (
    (r"\bdown_blocks\.(\d+)\.resnets\.(\d+)", r"down.\1.block.\2"),
    (r"\bdown_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample"),
    (r"\bup_blocks\.(\d+)\.resnets\.(\d+)", r"up.\1.block.\2"),
    (r"\bup_blocks\.(\d+)\.upsamplers\.0", r"up.\1.upsample"),
    (r"\bmid_block\.resnets\.0", "mid.block_1"),
    (r"\bmid_block\.resnets\.1", "mid.block_2"),
    (r"\bmid_block\.attentions\.0\.group_norm", "mid.attn_1.norm"),
    (r"\bmid_block\.attentions\.0\.to_([qkv])\b", r"mid.attn_1.\1"),
    (r"\bmid_block\.attentions\.0\.to_out\.0", "mid.attn_1.proj_out"),
    (r"\bconv_norm_out\b", "norm_out"),
    (r"\bconv_shortcut\b", "nin_shortcut"),
)


def original_vae(name: str, blocks: int) -> str:
    """The original name of one of `AutoencoderKL`'s parameters, without prefix."""
    for pattern, replacement in _VAE_RULES:
        name = re.sub(pattern, replacement, name)
    return re.sub(r"\bup\.(\d+)", lambda match: f"up.{blocks - 1 - int(match[1])}", name)


def _any(names: Iterable[str], pattern: str) -> bool:
    return any(re.search(pattern, name) for name in names)
