"""Reports how close the learned styles are to their teachers, on crops kept from training."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch
from torch import nn

from engine.evaluation.metrics import sharpness
from engine.frames import Pixels
from training.batches import to_pixels, to_tensor
from training.checkpoints import load_trained
from training.network import STYLES
from training.paths import RUNS
from training.train_network import restyle

log = logging.getLogger(__name__)

WINDOWS = 16


def psnr(picture: Pixels, target: Pixels) -> float:
    """Peak signal-to-noise ratio in dB, of 8-bit pictures."""
    error = np.square(picture.astype(np.float32) - target).mean()
    return float(10.0 * np.log10(255.0**2 / error))


def report_figures(checkpoint: Path) -> None:
    """Log for every style the PSNR against the teacher's picture, and the ratio of sharpness."""
    model = load_trained(checkpoint)
    shard = np.load(RUNS / "stills" / "held-out.npy", mmap_mode="r")
    for number, style in enumerate(STYLES.styles):
        mixture = nn.functional.one_hot(torch.tensor([number]), len(STYLES.styles)).float()
        near, sharp = [], []
        for pictures in shard[:: len(shard) // WINDOWS][:WINDOWS]:
            torch.manual_seed(0)
            source = to_tensor([np.ascontiguousarray(pictures[0])])[None]
            picture = to_pixels(restyle(model, source, mixture, 1.0, 1)[0])[0]
            target = np.ascontiguousarray(pictures[1 + number])
            near.append(psnr(picture, target))
            sharp.append(sharpness(picture) / sharpness(target))
        log.info("%-12s %.1f dB, sharpness %.2f", style, np.mean(near), np.mean(sharp))
