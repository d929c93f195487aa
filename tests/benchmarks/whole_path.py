"""A real clip through the whole published path at full size, with drawn weights.

    python -m tests.benchmarks.whole_path CLIP TAESD_FOLDER [--frames 10] [--side 256]

The pictures mean nothing: only TAESD has real weights. It shows that pictures, depth, text,
network and autoencoder of the published sizes work together, and in how much memory.
TAESD_FOLDER holds `taesd_encoder.safetensors` and `taesd_decoder.safetensors`. Linux only.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import torch
import typer
from diffusers import AutoencoderTiny
from rich.console import Console
from transformers import CLIPTextConfig, CLIPTextModel, DPTConfig, DPTForDepthEstimation

from engine.frames import Size
from engine.imaging import fit
from engine.interfaces import Wait
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.styles.sd15.assembly import DepthStructure
from engine.model.styles.sd15.loader import load_pipeline
from engine.model.styles.sd15.model import SD15Model
from engine.model.styles.style_model import StyleModel, Uint8Autoencoder
from engine.model.translator import DiffusionTranslator, Hardware
from engine.model_store.resolve import PipelineFiles
from engine.model_store.styles import StyleEntry
from engine.settings import InputSettings, LiveSettings
from engine.video.sources.factory import make_source
from tests.benchmarks.full_size import write_full_model
from tests.benchmarks.loading_memory import peak_bytes
from tests.engine.doubles import step
from tests.engine.model.styles.sd15.test_vae import taesd_state
from tests.engine.model.styles.sd15.tiny import write_tokenizer

CLIP_VOCABULARY = 49408


@dataclass(frozen=True, slots=True)
class OnePrompt:
    """One prompt, whatever the settings say."""

    model: SD15Model

    @property
    def unet(self) -> UNet:
        return self.model.components.unet

    def prepare(
        self, settings: LiveSettings, schedule: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        text = self.model.encode_prompt(settings.prompt)
        return self.unet, self.unet.condition([level.timestep for level in schedule], text)


def write_model(folder: Path, taesd_folder: Path) -> PipelineFiles:
    """Everything at the published sizes; drawn, but for TAESD."""
    if not (folder / "base" / "live2diff.ckpt").is_file():
        write_full_model(folder / "base")
    write_tokenizer(folder / "base" / "tokenizer")
    text = CLIPTextConfig(
        vocab_size=CLIP_VOCABULARY, hidden_size=768, intermediate_size=3072,
        num_hidden_layers=12, num_attention_heads=12,
    )  # fmt: skip
    CLIPTextModel(text).save_pretrained(folder / "base" / "text_encoder")
    hybrid = DPTConfig(is_hybrid=True, neck_hidden_sizes=[256, 512, 768, 768])
    DPTForDepthEstimation(hybrid).save_pretrained(folder / "depth")
    tiny = AutoencoderTiny()
    tiny.load_state_dict(taesd_state(taesd_folder))
    tiny.save_pretrained(folder / "taesd")
    return PipelineFiles(
        style=StyleEntry("drawn", "Drawn", "live2diff-sd15", prompt="{}"),
        base=folder / "base",
        motion=folder / "base" / "live2diff.ckpt",
        few_step=None,
        autoencoder=folder / "taesd",
        depth=folder / "depth",
    )


def stream(translator: DiffusionTranslator, clip: Path, size: Size, count: int) -> int:
    """Send the clip's first frames through; gives how many came out."""
    settings = InputSettings(source=str(clip))
    source = make_source(settings, live=False)
    source.open()
    out = 0
    for _ in range(count):
        frame = source.read()
        if frame is None:
            break
        fitted = replace(frame, pixels=fit(frame.pixels, size, settings))
        out += len(step(translator, fitted))
    source.close()
    return out + len(translator.take_finished(Wait.END))


def main(
    clip: Path,
    taesd_folder: Path,
    side: int = 256,
    frames: int = 10,
    threads: int = 2,
    keep: Annotated[Path | None, typer.Option(help="Where to keep the made-up model.")] = None,
) -> None:
    """Run and tell."""
    torch.set_num_threads(threads)
    size, live = Size(side, side), LiveSettings(strength=0.4, steps=1, prompt="a fox")
    with tempfile.TemporaryDirectory() as temporary:
        files = write_model(keep or Path(temporary), taesd_folder)
        device, dtype = torch.device("cpu"), torch.bfloat16
        model = load_pipeline(files, device=device, dtype=dtype)
        style = StyleModel(
            Uint8Autoencoder(model.components.autoencoder, dtype),
            DepthStructure(model.components.depth),
            OnePrompt(model),
        )
        translator = DiffusionTranslator(style, size, live, Hardware(device))
        start = time.perf_counter()
        out = stream(translator, clip, size, frames)
    seconds = time.perf_counter() - start
    Console().print(
        f"{frames} frames in, {out} out, {seconds:.0f} s, peak {peak_bytes() / 1e9:.1f} GB"
    )


if __name__ == "__main__":
    typer.run(main)
