"""Weights and videos through the product's own parsers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import torch
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from safetensors.torch import save
from torch import Tensor, nn

from engine.model.checkpoints.lora import TEXT, UNET, read_loras
from engine.model.checkpoints.recognise import embedding_vectors, role_name
from engine.model.checkpoints.weight_files import open_weights
from engine.model_store.components import Role
from engine.video.sources.file import FileSource

FRAMES = 8
"""Of each video, from its beginning."""

_CODECS = (
    ("mp4", "libx264", "yuv420p"), ("mkv", "libx264", "yuv444p"), ("webm", "libvpx", "yuv420p"),
    ("avi", "mjpeg", "yuvj420p"), ("mov", "prores_ks", "yuv422p10le"), ("gif", "gif", "rgb8"),
    ("mpg", "mpeg2video", "yuv420p"), ("mkv", "ffv1", "bgr0"), ("ts", "libx264", "yuv420p"),
)  # fmt: skip


def safetensors_files() -> Sequence[bytes]:
    alphas = ("4", "1" + 400 * "0", "NaN", '"x"', "[]", "true", "1e308", 5000 * "9", 9000 * "[")
    kohya, peft, *others = _tensors()
    loras = [save(peft, {"lora_adapter_metadata": f'{{"lora_alpha": {a}}}'}) for a in alphas]
    return [*loras, *(save(tensors, {"format": "pt"}) for tensors in (kohya, *others))]


def torch_files() -> Sequence[bytes]:
    return [_saved(value) for value in (*_tensors(), *_odd_objects())]


def videos() -> Sequence[bytes]:
    return [_video(*codec) for codec in _CODECS]


def read_as_weights(path: Path) -> None:
    """What an import does, then what loading does with what was imported."""
    role = role_name(path)
    weights = open_weights(path)
    for name in weights.shapes:
        weights.read(name)
    if role == Role.EMBEDDING.value:
        embedding_vectors(path)
    if role == Role.LORA.value:
        found = read_loras(weights, {UNET: _Layers(), TEXT: _Layers()})
        for lora in found.values():
            for addition in lora.additions.values():
                addition.delta(1.0)


def read_as_video(path: Path) -> None:
    with closing(FileSource(path)) as source:
        source.open()
        for _ in range(FRAMES):
            if source.read() is None:
                break


class _Layers(nn.Module):
    """Two layers that a LoRA can add to."""

    def __init__(self) -> None:
        super().__init__()
        self.to_q = nn.Linear(8, 8, bias=False)
        self.conv1 = nn.Conv2d(8, 16, 3)


def _tensors() -> Sequence[dict[str, Tensor]]:
    """A LoRA in two namings, embeddings, a piece of a checkpoint, of motion and of a decoder."""
    kohya = {
        "lora_unet_to_q.lora_down.weight": torch.ones(4, 8),
        "lora_unet_to_q.lora_up.weight": torch.ones(8, 4),
        "lora_unet_to_q.alpha": torch.tensor(4.0),
        "lora_unet_conv1.lora_down.weight": torch.ones(2, 8, 3, 3),
        "lora_unet_conv1.lora_up.weight": torch.ones(16, 2, 1, 1),
    }
    peft = {
        "unet.to_q.lora_A.weight": torch.ones(4, 8, dtype=torch.float16),
        "unet.to_q.lora_B.weight": torch.ones(8, 4, dtype=torch.bfloat16),
    }
    checkpoint = {
        "model.diffusion_model.input_blocks.0.0.weight": torch.ones(8, 4, 3, 3),
        "model.diffusion_model.input_blocks.1.1.attn2.to_k.weight": torch.ones(8, 768),
    }
    motion = {"motion_modules.0.weight": torch.ones(4, dtype=torch.float64)}
    decoder = {"decoder.layers.0.weight": torch.ones(4, 4, 3, 3, dtype=torch.int8)}
    return [kohya, peft, {"emb_params": torch.ones(2, 768)}, checkpoint, motion, decoder]


def _odd_objects() -> Sequence[object]:
    """What torch can save and nobody expects in a file of weights."""
    huge = torch.ones(1, 768).expand(8_000_000, 768)
    return [
        {"string_to_param": {"*": torch.ones(1, 768)}, "name": "x", "step": 7},
        {"state_dict": {"motion_modules.0.weight": torch.ones(4, 4)}, "epoch": 3},
        {"emb_params": huge},
        {"emb_params": torch.tensor(1.0)},
        {"emb_params": torch.zeros(0, 768)},
        {"emb_params": torch.ones(2, 768).to_sparse()},
        {"emb_params": torch.ones(2, 768, dtype=torch.complex64)},
        {"emb_params": torch.ones(2, 768).to(torch.float8_e4m3fn)},
        {"emb_params": torch.ones(2, 768, device="meta")},
        {"emb_params": nn.Parameter(torch.ones(2, 768))},
        {"lora_unet_to_q.alpha": torch.ones(1, dtype=torch.complex64), 3: torch.ones(1)},
        [torch.ones(2)],
        torch.ones(2, 768),
        {"a\ud800.lora_up.weight": torch.ones(2, 2)},
        {"emb_params": torch.full((2, 768), torch.nan)},
        {"emb_params": [{} for _ in range(5000)]},
    ]


def _saved(value: object) -> bytes:
    written = io.BytesIO()
    torch.save(value, written)
    return written.getvalue()


def _video(container: str, codec: str, pixels: str) -> bytes:
    names = {"mkv": "matroska", "ts": "mpegts", "mpg": "mpeg"}
    written = io.BytesIO()
    generator = np.random.default_rng(7)
    with av.open(written, "w", format=names.get(container, container)) as output:
        stream = output.add_stream(codec, rate=25)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 96, 64, pixels
        stream.codec_context.time_base = Fraction(1, 25)
        for number in range(6):
            picture = generator.integers(0, 256, (8, 12, 3), np.uint8).repeat(8, 0).repeat(8, 1)
            frame = VideoFrame.from_ndarray(picture, "rgb24").reformat(format=pixels)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return written.getvalue()
