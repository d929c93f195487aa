"""Measures the memory that loading the full network takes, against its own size.

    python -m tests.benchmarks.loading_memory [FOLDER]

FOLDER keeps the made-up files (3.4 GB) for another run; by default they are thrown away.
Linux only: the peak is the kernel's own record of this process.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import torch
from rich.console import Console

from engine.events import ignore_progress
from engine.model.checkpoints.loading_progress import LoadingProgress
from engine.model.styles.sd15.loader import Placement, empty_unet, load_unet
from engine.model_store.resolve import PipelineFiles
from engine.model_store.styles import StyleEntry
from tests.benchmarks.full_size import write_full_model


def peak_bytes() -> int:
    """The most memory that this process has held so far, mapped files included."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None, "this needs Linux"
    return int(found[1]) * 1024


def load(folder: Path, answer: Connection) -> None:
    """Load in a fresh process; send its size, the growth of the peak, and the seconds."""
    files = PipelineFiles(
        style=StyleEntry("drawn", "Drawn", "live2diff-sd15"),
        base=folder,
        motion=folder / "live2diff.ckpt",
        few_step=None,
        autoencoder=folder,
        depth=folder,
    )
    before, start = peak_bytes(), time.perf_counter()
    unet, placement = empty_unet(files), Placement(torch.device("cpu"), torch.bfloat16)
    load_unet(unet, files, None, placement, LoadingProgress(0, ignore_progress))
    seconds = time.perf_counter() - start
    size = sum(parameter.nbytes for parameter in unet.parameters())
    answer.send((size, peak_bytes() - before, seconds))


def measure(folder: Path) -> tuple[int, int, float]:
    """Size of the network, growth of the peak, seconds."""
    if not (folder / "live2diff.ckpt").is_file():
        write_full_model(folder)
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=load, args=(folder, sender))
    process.start()
    sender.close()
    result: tuple[int, int, float] = receiver.recv()
    process.join()
    return result


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as temporary:
        size, peak, seconds = measure(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
    Console().print(
        f"bfloat16 network {size / 1e9:.2f} GB, peak while loading {peak / 1e9:.2f} GB "
        f"({peak / size:.2f} times), {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
