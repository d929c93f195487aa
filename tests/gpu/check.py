"""Checks the engine on an NVIDIA GPU, in one go of a few minutes. **Not yet run on one.**

    python -m tests.gpu.check [--device cuda:0] [--report FILE.json]

Golden cases in float16 against the authors' recorded numbers; the stream against one offline pass,
in float32; and the rate of the full network with drawn weights in float16, by PyTorch's kernels and
by torch.compile with CUDA graphs, at the sizes and steps of the paper. The rates are the network's
alone, so they bound those of the whole path, which `python main.py benchmark` measures once the
model is installed. Exits with 1 if a number is wrong. `tests/gpu/test_check.py` runs all of it on
the CPU with a small network.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.table import Table
from torch import Tensor

from cli.benchmark_sd15 import AUTHORS_CARD, PAPER_RATES
from engine.frames import Size
from engine.model.acceleration.background_compile import BackgroundCompiler
from engine.model.acceleration.torch_compile import CudaGraphCapturer, torch_compiler
from engine.model.checkpoints.weight_files import Shape, fill
from engine.model.network.clip_attention import ClipAttention
from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES, UNetConfig
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from tests.benchmarks.full_size import drawn
from tests.encoded import RecordedNoise, encoded, streamed, warmed_up
from tests.golden.case import Case, draw_network, max_abs_error, run

GOLDEN = Path(__file__).parents[1] / "golden"
HALF_TOLERANCE = 0.05
"""The largest error of numbers of about unit variance in float16, over up to three steps."""

OFFLINE_TOLERANCE = 1e-3
STRENGTH = 0.4
TEXT_TOKENS = 77
TIMED_FRAMES = 40


@dataclass(frozen=True, slots=True)
class Rate:
    """Frames per second of the network. paper: the authors' with TensorRT, for two steps."""

    way: str
    size: str
    steps: int
    fps: float
    paper: float | None


def golden_errors(device: torch.device, dtype: torch.dtype) -> dict[str, float]:
    """The largest error of each golden case, as a stream batch and one after the other."""
    errors = {}
    for path in sorted(GOLDEN.glob("*/case.json")):
        case = Case.read(path.parent)
        network = draw_network(case.config).to(device, dtype)
        names = ("clean", "depth", "text", "noise")
        moved = replace(case, **{name: getattr(case, name).to(device, dtype) for name in names})
        errors[path.parent.name] = max(
            max_abs_error(case, _plain(run(moved, network, batched=batched)))
            for batched in (True, False)
        )
    return errors


def _plain(found: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.float().cpu() for name, tensor in found.items()}


@torch.inference_mode()
def offline_error(device: torch.device) -> float:
    """The largest difference between a stream and one pass over the whole clip, in float32."""
    case = Case.read(min(GOLDEN.glob("*/case.json")).parent)
    network = draw_network(case.config).to(device)
    levels = noise_levels(case.indices)
    clean, depth, noise = (x.to(device) for x in (case.clean, case.depth, case.noise))
    conditioning = network.condition([level.timestep for level in levels], case.text.to(device))
    spec = StreamSpec(network, levels, conditioning, RecordedNoise(noise))
    stream, frames = Stream(spec), encoded(clean, depth)
    live = torch.stack(warmed_up(stream, frames[:8]) + streamed(stream, frames[8:]))
    x, features = clean, network.structure_features(depth)
    context = ClipAttention(1, len(x), device, x.dtype)
    for row, level in enumerate(levels):
        noisy = level.signal * x + level.noise * noise[row]
        eps = network(noisy, features, conditioning.rows(slice(row, row + 1)), context)
        x0 = (noisy - level.noise * eps) / level.signal
        x = level.c_out * x0 + level.c_skip * noisy
    return float((live - x).abs().max())


def network_of(config: UNetConfig, device: torch.device, dtype: torch.dtype) -> UNet:
    """A network whose weights follow from their names."""
    with torch.device("meta"):
        unet = UNet(config)

    def read(name: str, shape: Shape) -> Tensor:
        return drawn(name, shape)

    fill(unet, read, device, dtype)
    return unet.eval()


@torch.inference_mode()
def frames_per_second(
    unet: UNet, size: Size, steps: int, compiler: BackgroundCompiler | None, frames: int
) -> float:
    """Of a stream with a full KV cache; a compiler, if given, is waited for."""
    device, dtype = unet.device, unet.dtype
    levels = noise_levels(step_indices(STRENGTH, steps))
    text = drawn("text", (1, TEXT_TOKENS, unet.config.cross_attention_dim)).to(device, dtype)
    conditioning = unet.condition([level.timestep for level in levels], text)
    shape = (4, size.height // 8, size.width // 8)
    latents = drawn("clean", (WARM_UP_FRAMES, *shape)).to(device, dtype)
    noise = drawn("noise", (steps, WARM_UP_FRAMES, *shape)).to(device, dtype)
    spec = StreamSpec(unet, levels, conditioning, RecordedNoise(noise))
    spec = spec if compiler is None else compiler(spec)
    stream, inputs = Stream(spec, batched=steps > 1), encoded(latents, latents)
    warmed_up(stream, inputs)
    for _ in range(RECENT_FRAMES + steps + 2):
        stream.step(inputs[0])
    if compiler is not None:
        compiler.wait()
        for _ in range(steps + 4):  # the first frames are recorded
            stream.step(inputs[0])
    _finish(device)
    began = time.perf_counter()
    for _ in range(frames):
        stream.step(inputs[0])
    _finish(device)
    return frames / (time.perf_counter() - began)


def _finish(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def rates(
    unet: UNet,
    sizes: tuple[Size, ...],
    make_compiler: Callable[[], BackgroundCompiler],
    frames: int = TIMED_FRAMES,
) -> list[Rate]:
    """Every size, with one and two steps, eager and compiled."""
    found = []
    for size in sizes:
        for steps in (1, 2):
            paper = PAPER_RATES[size].with_tensorrt if size in PAPER_RATES and steps == 2 else None
            for way, compiler in (("eager", None), ("compile", make_compiler())):
                fps = frames_per_second(unet, size, steps, compiler, frames)
                found.append(Rate(way, str(size), steps, fps, paper))
    return found


def main(
    device: Annotated[str, typer.Option(help="As torch calls it.")] = "cuda:0",
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
) -> None:
    """Run every check, print the results, and exit with 1 if a number is wrong."""
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    place, console = torch.device(device), Console()
    golden, offline = golden_errors(place, torch.float16), offline_error(place)
    console.print(f"golden cases, float16, largest errors (limit {HALF_TOLERANCE}): {golden}")
    console.print(f"stream against offline, float32 (limit {OFFLINE_TOLERANCE}): {offline:.2g}")
    unet = network_of(UNetConfig(), place, torch.float16)
    found = rates(unet, tuple(PAPER_RATES), lambda: torch_compiler(CudaGraphCapturer(place)))
    table = Table("way", "size", "steps", "frames/s", f"authors, {AUTHORS_CARD}")
    for row in found:
        paper = "" if row.paper is None else f"{row.paper}"
        table.add_row(row.way, row.size, str(row.steps), f"{row.fps:.2f}", paper)
    console.print(table)
    if report is not None:
        results = {
            "device": torch.cuda.get_device_name(place),
            "golden": golden,
            "offline": offline,
            "rates": [asdict(row) for row in found],
        }
        report.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    right = max(golden.values()) <= HALF_TOLERANCE and offline <= OFFLINE_TOLERANCE
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    typer.run(main)
