"""A small model in the published files' layouts and names, made on the spot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderKL, AutoencoderTiny
from safetensors.torch import save_file
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, DPTConfig, DPTForDepthEstimation

from engine.model.checkpoints.key_mapping import is_motion, original_unet, original_vae
from engine.model.network.config import UNetConfig
from engine.model.network.motion_module import sinusoidal_positions
from engine.model.network.unet import UNet
from engine.model_store.resolve import LoraFile, PipelineFiles
from engine.model_store.styles import StyleEntry

CONFIG = UNetConfig(block_out_channels=(32, 64, 64, 64), cross_attention_dim=32, norm_num_groups=8)
STYLE = StyleEntry("own", "Own", "live2diff-sd15", prompt="{}")
VAE_LEVELS = 4


def drawn(shape: tuple[int, ...], seed: int) -> Tensor:
    """A tensor from a seed, of a size that keeps activations tame."""
    tensor = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    return tensor / max(tensor[0].numel() if tensor.ndim > 1 else 20, 1) ** 0.5


def drawn_state(module: torch.nn.Module, seed: int = 0) -> dict[str, Tensor]:
    """Values for every parameter of a module, norms near one."""
    return {
        name: drawn(tuple(p.shape), seed + index) + (1.0 if "norm" in name and p.ndim == 1 else 0)
        for index, (name, p) in enumerate(module.named_parameters())
    }


def unet_state(seed: int = 0) -> dict[str, Tensor]:
    """All parameters of the small network, by our names."""
    with torch.device("meta"):
        network = UNet(CONFIG)
    return drawn_state(network, seed)


def spatial(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Those that Stable Diffusion 1.5 has."""
    return {name: tensor for name, tensor in state.items() if not is_motion(name)}


def motion(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Those of Live2Diff."""
    return {name: tensor for name, tensor in state.items() if is_motion(name)}


def write_motion(state: Mapping[str, Tensor], path: Path) -> None:
    """A `live2diff.ckpt` with everything that it may contain besides the weights."""
    named = {f"module.{name}": tensor for name, tensor in motion(state).items()}
    attention = next(name for name in named if name.endswith("attention_blocks.0.to_q.weight"))
    stem = attention.removesuffix("to_q.weight")
    channels = named[attention].shape[0]
    named[f"{stem}pos_encoder.pe"] = sinusoidal_positions(channels)[None]
    named["module.up_blocks.0.grid"] = torch.zeros(2, 2)
    torch.save({"state_dict": named, "global_step": 12, "epoch": 3}, path)


def small_text_encoder(seed: int = 5) -> CLIPTextModel:
    """Three layers of 32 channels over 600 tokens."""
    config = CLIPTextConfig(
        vocab_size=600,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=77,
        bos_token_id=512,
        eos_token_id=513,
        pad_token_id=513,
    )
    torch.manual_seed(seed)
    return CLIPTextModel(config).eval()


def write_tokenizer(folder: Path) -> None:
    """A tokenizer of single letters, in CLIP's form."""
    folder.mkdir(parents=True, exist_ok=True)
    signs = [chr(code) for code in range(33, 127)]
    words = signs + [f"{sign}</w>" for sign in signs]
    words += [f"<unused-{number}>" for number in range(512 - len(words))]
    words += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: number for number, word in enumerate(words)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    special: dict[str, object] = {"bos_token": words[-2], "model_max_length": 77}
    special |= dict.fromkeys(("eos_token", "unk_token", "pad_token"), words[-1])
    (folder / "tokenizer_config.json").write_text(json.dumps(special))


def small_vae() -> AutoencoderKL:
    torch.manual_seed(7)
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * VAE_LEVELS,
        up_block_types=("UpDecoderBlock2D",) * VAE_LEVELS,
        block_out_channels=(8, 8, 16, 16),
        norm_num_groups=4,
        layers_per_block=2,
    ).eval()


def small_depth() -> DPTForDepthEstimation:
    """The smallest network of DPT's form that takes 384 x 384."""
    torch.manual_seed(8)
    config = DPTConfig(
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=384,
        patch_size=32,
        backbone_out_indices=[0, 1, 2, 3],
        neck_hidden_sizes=[8, 8, 8, 8],
        fusion_hidden_size=8,
        is_hybrid=False,
    )
    return DPTForDepthEstimation(config).eval()


def write_depth(folder: Path) -> None:
    """A torch file, as published, and without what the published one lacks."""
    network = small_depth()
    network.config.save_pretrained(folder)
    unused = "neck.fusion_stage.layers.0.residual_layer1."
    state = {n: t for n, t in network.state_dict().items() if not n.startswith(unused)}
    torch.save(state, folder / "pytorch_model.bin")


def write_base(folder: Path, state: Mapping[str, Tensor]) -> None:
    """The diffusers folders of a base model."""
    (folder / "unet").mkdir(parents=True)
    save_file(spatial(state), folder / "unet" / "diffusion_pytorch_model.safetensors")
    config = {
        "in_channels": 4,
        "block_out_channels": list(CONFIG.block_out_channels),
        "layers_per_block": 2,
        "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
        "attention_head_dim": 8,
        "cross_attention_dim": 32,
        "norm_num_groups": 8,
    }
    (folder / "unet" / "config.json").write_text(json.dumps(config))
    small_text_encoder().save_pretrained(folder / "text_encoder")
    write_tokenizer(folder / "tokenizer")
    small_vae().save_pretrained(folder / "vae")


def write_single_file(path: Path, state: Mapping[str, Tensor], text_seed: int = 6) -> None:
    """A checkpoint in the original Stable Diffusion names, with text encoder and autoencoder."""
    names = {f"model.diffusion_model.{original_unet(n, CONFIG)}": t for n, t in state.items()}
    text = small_text_encoder(text_seed).state_dict()
    names |= {f"cond_stage_model.transformer.text_model.{n}": t for n, t in text.items()}
    for name, tensor in drawn_state(small_vae(), 900).items():
        attention = "attentions" in name and tensor.ndim == 2
        stored = tensor[:, :, None, None].contiguous() if attention else tensor
        names[f"first_stage_model.{original_vae(name, VAE_LEVELS)}"] = stored
    names["model_ema.decay"] = torch.tensor(0.9999)
    save_file(names, path)


@dataclass(frozen=True, slots=True)
class Small:
    """The files, and the network's weights that they were made from."""

    files: PipelineFiles
    state: dict[str, Tensor]


def write_small_model(folder: Path) -> Small:
    """Everything that a published model needs, in a folder."""
    state = unet_state()
    write_base(folder / "base", state)
    write_motion(state, folder / "live2diff.ckpt")
    torch.manual_seed(9)
    AutoencoderTiny(
        encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8)
    ).save_pretrained(folder / "taesd")
    write_depth(folder / "depth")
    files = PipelineFiles(
        style=STYLE,
        base=folder / "base",
        motion=folder / "live2diff.ckpt",
        few_step=None,
        autoencoder=folder / "taesd",
        depth=folder / "depth",
    )
    return Small(files, state)


def kohya_lora(
    path: Path,
    targets: Mapping[str, tuple[int, ...]],
    *,
    prefix: str,
    rank: int = 4,
    seed: int = 70,
) -> LoraFile:
    """A LoRA in kohya's names for parameters of these shapes; alpha is half the rank."""
    tensors: dict[str, Tensor] = {}
    for index, (name, shape) in enumerate(targets.items()):
        stem = prefix + name.removesuffix(".weight").replace(".", "_")
        tail = shape[2:]
        ones = (1,) * len(tail)
        tensors[f"{stem}.lora_down.weight"] = drawn((rank, shape[1], *tail), seed + 2 * index)
        tensors[f"{stem}.lora_up.weight"] = drawn((shape[0], rank, *ones), seed + 2 * index + 1)
        tensors[f"{stem}.alpha"] = torch.tensor(rank / 2)
    save_file(tensors, path)
    return LoraFile(path)
