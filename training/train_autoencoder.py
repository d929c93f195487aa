"""The first stage: the autoencoder, on photographs and on every style."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from engine.model.network.autoencoder import SmallAutoencoder
from training.batches import Clips, Stills, to_pixels
from training.losses import normal, picture_loss
from training.network import AUTOENCODER
from training.paths import RUNS
from training.pictures import write_sheet
from training.stills import open_shards
from training.trainer import Losses, RunConfig, Trainer, channels_last, quickest_precision

BATCH, SIDE = 2, 256
LEARNING_RATE = 2e-3
PHOTO_SHARE, BLIND_SHARE, STRANGER_SHARE, FLAT_SHARE = 0.3, 0.2, 0.2, 0.1
BLANK_SHARE = 0.05
LATENT_NOISE = 0.1
UNIT_WEIGHT = 0.02


def unit_loss(latent: Tensor) -> Tensor:
    """The deviation of each channel's mean and spread from 0 and 1."""
    flat = latent.float().transpose(0, 1).flatten(1)
    return (flat.mean(dim=1) ** 2 + (flat.std(dim=1) - 1.0) ** 2).mean()


def flattened(picture: Tensor, random: Generator) -> Tensor:
    """A picture without detail: a colour gradient, (3, S, S)."""
    corners = picture.mean(dim=(1, 2))[:, None, None] + 0.3 * normal(random, (3, 2, 2))
    side = picture.shape[-1]
    return nn.functional.interpolate(corners[None], (side, side), mode="bilinear")[0].clamp(-1, 1)


def task(clips: Clips, random: Generator) -> tuple[Tensor, Tensor, Tensor]:
    """What to encode, what to decode to, and the guide: each (B, 3, S, S).

    Most samples are styled pictures with their source as the guide. Some are photographs to be
    denoised; others have no detail, or an unrelated picture or nothing as the guide, so that the
    decoder relies on the latent.
    """
    source, clean, target = (x[:, 0] for x in (clips.source, clips.clean, clips.target))
    entered, wanted, guide = target.clone(), target.clone(), source.clone()
    strangers = source.roll(1, dims=0)
    for i in range(len(entered)):
        if random.random() < PHOTO_SHARE:
            entered[i], wanted[i] = source[i], clean[i]
        chance = random.random()
        if chance < FLAT_SHARE:
            entered[i] = wanted[i] = flattened(target[i], random)
        elif chance < FLAT_SHARE + STRANGER_SHARE:
            guide[i] = strangers[i]
    return entered, wanted, guide


def losses(model: SmallAutoencoder, stills: Stills, random: Generator) -> Losses:
    """One step's losses. Sometimes the latent is blank, and the result must be plain grey."""
    entered, wanted, guide = task(stills.crops(BATCH, SIDE, random), random)
    blind = random.random() < BLIND_SHARE
    with quickest_precision():
        latent = model.encode(entered)
        spread = LATENT_NOISE * float(random.random())
        shaken = latent + spread * normal(random, latent.shape)
        blank = torch.from_numpy(random.random(BATCH) < BLANK_SHARE)[:, None, None, None]
        shaken, wanted = shaken.where(~blank, 0.0), wanted.where(~blank, 0.0)
        decoded = model.decode(shaken, None if blind else guide).float()
    picture, unit = picture_loss(decoded, wanted), unit_loss(latent)
    signal = 10.0 * torch.log10(4.0 / ((decoded - wanted) ** 2).mean())
    total = picture + UNIT_WEIGHT * unit
    return {"total": total, "picture": picture, "unit": unit, "psnr": signal}


def write_sample_sheet(model: nn.Module, stills: Stills, path: Path) -> None:
    """Write a sheet: source, styled, decoded with and without guide, and with a blank latent."""
    assert isinstance(model, SmallAutoencoder)
    clips = stills.crops(6, 384, np.random.default_rng(1))
    with torch.no_grad(), quickest_precision():
        source, target = clips.source[:, 0], clips.target[:, 0]
        latent = model.encode(target)
        guided = model.decode(latent, source)
        blind = model.decode(latent)
        blank = model.decode(torch.zeros_like(latent), source)
    write_sheet(path, [to_pixels(x) for x in (source, target, guided, blind, blank)])


def train(minutes: float) -> None:
    """Train, or continue training, and write `autoencoder.pt` to the runs folder."""
    torch.manual_seed(0)
    model = SmallAutoencoder(AUTOENCODER)
    channels_last(model)
    stills = Stills(open_shards())
    held_out = Stills([np.load(RUNS / "stills" / "held-out.npy", mmap_mode="r")])
    trainer = Trainer(model, RunConfig(minutes, LEARNING_RATE), RUNS / "autoencoder.pt")
    sheet = RUNS / "sheets" / "autoencoder.png"
    trainer.run(
        lambda _, random: losses(model, stills, random),
        lambda average: write_sample_sheet(average, held_out, sheet),
    )
