"""Times the full network of the published model, with drawn weights, on this computer's CPU.

    python -m tests.benchmarks.against_reference [--side 256] [--precision bfloat16] [--steps 2]

For each case, steps one by one, and as a batch if asked: seconds per streamed frame (by the clock,
and of processor time, which a busy machine changes little), seconds of the warm-up, bytes of the
window, and the shares of a frame that the motion modules take, their attention with its
projections, and the window alone; also what share the window would have in the order of work of the
authors' program (a position-corrected copy of all of it at every frame), in place of ours.
Orientation, from the authors' networks on two idle cores of this kind, 2 steps, by the clock:
3.95 s (float32) and 1.95 s (bfloat16) a frame at 256 x 256, 17.5 s and 10.8 s at 512 x 512.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Annotated
from unittest.mock import patch

import torch
import typer
from rich.console import Console
from rich.table import Table
from torch import Tensor, nn
from torch.nn import functional as F

from engine.frames import Size
from engine.model.checkpoints.weight_files import Shape, fill
from engine.model.hardware.memory_budget import cache_bytes_per_step
from engine.model.network.config import CACHE_SLOTS, UNetConfig
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.mkldnn_packing import pack
from engine.model.network.motion_module import MotionModule, TemporalAttention
from engine.model.network.temporal_context import PositionedLayer
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from tests.benchmarks.full_size import drawn
from tests.encoded import RecordedNoise, encoded, warmed_up

STRENGTH = 0.4
TEXT_TOKENS = 77
REFERENCE = {
    ("float32", 256, 2): 3.95,
    ("bfloat16", 256, 2): 1.95,
    ("float32", 512, 2): 17.5,
    ("bfloat16", 512, 2): 10.8,
}
"""Seconds per frame of the authors' networks, by precision, side and steps."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case. Times in seconds; cpu: of all threads together; shares: of the frame, 0..1."""

    precision: str
    side: int
    steps: int
    batched: bool
    frame: float
    frame_cpu: float
    warm_up: float
    warm_up_cpu: float
    cache_gb: float
    moved_gb: float
    motion_share: float
    attention_share: float
    window_share: float
    copied_window_share: float
    reference: float | None


class Stopwatch:
    """Adds up the processor time spent inside modules of one kind."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._started = 0.0

    @contextmanager
    def on(self, unet: nn.Module, kind: type[nn.Module]) -> Iterator[None]:
        """Watch every module of a kind for a while."""
        handles = []
        for module in unet.modules():
            if isinstance(module, kind):
                handles.append(module.register_forward_pre_hook(self._start))
                handles.append(module.register_forward_hook(self._stop))
        yield
        for handle in handles:
            handle.remove()

    @contextmanager
    def on_windows(self) -> Iterator[None]:
        """Watch what windows store and are asked for."""
        attend = StreamingKVCache.attend

        def watched(
            memory: StreamingKVCache,
            layer: PositionedLayer,
            query: Tensor,
            key: Tensor,
            value: Tensor,
        ) -> Tensor:
            self._start()
            mixed = attend(memory, layer, query, key, value)
            self._stop()
            return mixed

        with patch.object(StreamingKVCache, "attend", watched):
            yield

    def _start(self, *_: object) -> None:
        self._started = time.process_time()

    def _stop(self, *_: object) -> None:
        self.seconds += time.process_time() - self._started


def full_network(dtype: torch.dtype) -> UNet:
    """The full network with its weights drawn from their names."""
    with torch.device("meta"):
        unet = UNet(UNetConfig())

    def read(name: str, shape: Shape) -> Tensor:
        return drawn(name, shape)

    fill(unet, read, torch.device("cpu"), dtype)
    pack(unet)
    return unet.eval()


@torch.inference_mode()
def measure(unet: UNet, side: int, steps: int, frames: int, *, batched: bool) -> Result:
    """Warm up, then stream that many frames."""
    levels = noise_levels(step_indices(STRENGTH, steps))
    dtype = unet.dtype
    text = drawn("text", (1, TEXT_TOKENS, unet.config.cross_attention_dim)).to(dtype)
    conditioning = unet.condition([level.timestep for level in levels], text)
    latents = drawn("clean", (8, 4, side // 8, side // 8)).to(dtype)
    noise = drawn("noise", (steps, 8, 4, side // 8, side // 8)).to(dtype)
    spec = StreamSpec(unet, levels, conditioning, RecordedNoise(noise))
    stream, inputs = Stream(spec, batched=batched), encoded(latents, latents)

    def stream_frames() -> None:
        for _ in range(frames):
            stream.step(inputs[0])

    warm_up, warm_up_cpu = timed(lambda: warmed_up(stream, inputs))
    for _ in range(steps):  # a batch is full once every row has a frame
        stream.step(inputs[0])
    motion, attention, window = Stopwatch(), Stopwatch(), Stopwatch()
    watched = motion.on(unet, MotionModule), attention.on(unet, TemporalAttention)
    with watched[0], watched[1], window.on_windows():
        taken, taken_cpu = timed(stream_frames)
    copied = frames * steps * copying_window(unet, side)
    cache = steps * cache_bytes_per_step(unet.config, Size(side, side), dtype.itemsize)
    precision = str(dtype).removeprefix("torch.")
    return Result(
        precision=precision,
        side=side,
        steps=steps,
        batched=batched,
        frame=taken / frames,
        frame_cpu=taken_cpu / frames,
        warm_up=warm_up,
        warm_up_cpu=warm_up_cpu,
        cache_gb=cache / 1e9,
        moved_gb=cache * (1 + 1 / CACHE_SLOTS) / 1e9,
        motion_share=motion.seconds / taken_cpu,
        attention_share=attention.seconds / taken_cpu,
        window_share=window.seconds / taken_cpu,
        copied_window_share=copied / (taken_cpu - window.seconds + copied),
        reference=REFERENCE.get((precision, side, steps)),
    )


def copying_window(unet: UNet, side: int) -> float:
    """Processor seconds that the window takes in one step if it is copied each frame.

    As in the authors' program: positions are added to every stored key and value, and the fused
    kernel then reads the copies.
    """
    total = 0.0
    for level, width in enumerate(unet.config.block_out_channels):
        positions = math.ceil(side / 8 / 2**level) ** 2
        layers = 2 * (2 * unet.config.layers_per_block + 1)
        work = _copying_layer(positions, width, unet.config.motion_heads, unet.dtype)
        work()
        total += layers * timed(work)[1]
    return total


def _copying_layer(
    positions: int, width: int, heads: int, dtype: torch.dtype
) -> Callable[[], object]:
    new = torch.zeros(positions, 1, width, dtype=dtype)
    keys, values = (torch.zeros(positions, CACHE_SLOTS, width, dtype=dtype) for _ in range(2))
    terms = torch.zeros(1, CACHE_SLOTS, width, dtype=dtype)

    def split(tensor: Tensor) -> Tensor:
        return tensor.reshape(*tensor.shape[:2], heads, -1).transpose(1, 2)

    def work() -> Tensor:
        keys[:, -1:], values[:, -1:] = new, new
        copies = split(keys + terms), split(values + terms)
        return F.scaled_dot_product_attention(split(new), *copies)

    return work


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a piece of work takes: by the clock, and of all processors together."""
    start, start_cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - start_cpu


def table(results: list[Result]) -> Table:
    """The results for reading."""
    shown = Table(title=f"Full network, drawn weights, CPU, {torch.get_num_threads()} threads")
    headings = ("case", "s/frame", "cpu s/frame", "authors' s/frame", "warm-up s", "cpu s")
    more = ("window GB", "moved GB/frame", "motion", "attention", "window", "window copied")
    for heading in headings + more:
        shown.add_column(heading, justify="right")
    for row in results:
        order = "batch" if row.batched else "one by one"
        shown.add_row(
            f"{row.precision} {row.side} px, {row.steps} steps {order}",
            *(f"{value:.2f}" for value in (row.frame, row.frame_cpu)),
            f"{row.reference:.2f}" if row.reference else "",
            *(f"{value:.1f}" for value in (row.warm_up, row.warm_up_cpu)),
            *(f"{value:.2f}" for value in (row.cache_gb, row.moved_gb)),
            *(f"{value:.0%}" for value in (row.motion_share, row.attention_share)),
            *(f"{value:.1%}" for value in (row.window_share, row.copied_window_share)),
        )
    return shown


def main(
    side: Annotated[list[int], typer.Option(help="Sides of the picture, in pixels.")] = [256, 512],  # noqa: B006
    precision: Annotated[list[str], typer.Option()] = ["bfloat16", "float32"],  # noqa: B006
    steps: Annotated[list[int], typer.Option()] = [1, 2],  # noqa: B006
    frames: Annotated[int, typer.Option(help="Frames to time in each case.")] = 3,
    threads: Annotated[int, typer.Option(help="Threads; 1 suits a busy machine.")] = 2,
    both_orders: Annotated[
        bool, typer.Option("--both-orders", help="Steps as a batch, too, not just one by one.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
) -> None:
    """Measure every combination and tell."""
    torch.set_num_threads(threads)
    results = []
    for name in precision:
        unet = full_network(getattr(torch, name))
        results += [
            measure(unet, one, count, frames, batched=batched)
            for one, count in product(side, steps)
            for batched in ((False, True)[:count] if both_orders else (False,))
        ]
        del unet
    Console(width=180).print(table(results))
    if report is not None:
        report.write_text(json.dumps([asdict(row) for row in results], indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
