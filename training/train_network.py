"""The later stages: the network on single frames, then on moving clips.

The network learns as it will run: from noisy latents of the source at the few timesteps of a
schedule, with the source's latent as structure and the flicker-free styled picture as the target.
The autoencoder is trained along with it, on the network's pictures and, every few steps, on its own
task, so that it stays an autoencoder and does not overuse its guide.

Shape letters: B clips, F frames, N styles, Z latent channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from engine.model.sampling.noise_schedule import (
    NoiseLevel,
    few_step_timestep,
    noise_level,
    step_indices,
)
from engine.model.styles.face_planner import look_share
from training import train_autoencoder
from training.batches import Clips, Stills, to_pixels
from training.critic import PatchDiscriminator, adversarial_losses, balance
from training.losses import amount_loss, normal, picture_loss
from training.network import STYLES, BuiltIn, add_noise, load_model
from training.paths import RUNS
from training.pictures import write_sheet
from training.stills import open_shards
from training.trainer import Losses, RunConfig, Trainer, channels_last, quickest_precision

STEP_SHARES = {1: 0.65, 2: 0.25, 3: 0.1}
FULL_STRENGTH_SHARE = 0.55
FRESH_NOISE_SHARE = 0.3
LATENT_WEIGHT = 0.1
STEADY_WEIGHT = 3.0
AMOUNT_WEIGHT = 0.06
AUTOENCODER_SHARE = 0.12
CRITIC_SHARE = 0.4
"""Limit of the critic's gradient, relative to that of the other losses on the pictures."""
MATCHING_WEIGHT = 5.0
CRITIC_WEIGHT = 0.1
"""Weight of the critic's own loss. Small, because both gradients are clipped together."""
WEIGHTS_WITH_CRITIC = (1.5, 3.0)
"""Weights of edges and of their amount."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, starting from the one `before`. shapes: clips, frames and side of a batch.

    critic: whether there is one. final_rate: see `RunConfig`.
    """

    name: str
    before: str
    shapes: tuple[tuple[int, int, int], ...]
    motion: bool
    learning_rate: float
    final_rate: float
    critic: bool = False


STILLS = (*4 * ((2, 1, 192),), *2 * ((1, 1, 256),))
STAGES = {
    "spatial": Stage(
        "spatial", "autoencoder", ((2, 1, 192), (2, 1, 160), (1, 1, 256)), False, 2e-3, 0.4
    ),
    "lines": Stage(
        "lines",
        "spatial",
        (*STILLS, (1, 10, 128), (1, 18, 96)),
        True,
        1e-3,
        0.04,
        critic=True,
    ),
    "steady": Stage(
        "steady",
        "lines",
        (*STILLS, (1, 10, 128), (1, 18, 96), (1, 4, 160)),
        True,
        8e-4,
        0.02,
        critic=True,
    ),
}


@dataclass(frozen=True, slots=True)
class DenoisingTask:
    """How each clip of a batch is denoised. levels: its noise level; later: whether this is a step
    after the first. strength, scale (of the structure): (B,).
    """

    levels: list[NoiseLevel]
    later: list[bool]
    strength: Tensor
    scale: Tensor

    @property
    def timesteps(self) -> Tensor:
        """(B,)"""
        return torch.tensor([level.timestep for level in self.levels])


def random_task(count: int, random: Generator) -> DenoisingTask:
    """Strengths, steps and structure scales as users choose them, mostly the defaults."""
    levels, later, strengths, scales = [], [], [], []
    for _ in range(count):
        full = random.random() < FULL_STRENGTH_SHARE
        strength = 1.0 if full else float(random.uniform(0.2, 1.0))
        steps = int(random.choice(list(STEP_SHARES), p=list(STEP_SHARES.values())))
        step = int(random.integers(steps))
        levels.append(noise_level(few_step_timestep(step_indices(strength, steps)[step])))
        later.append(step > 0)
        strengths.append(strength)
        scales.append(1.0 if random.random() < 0.5 else float(random.uniform(0.7, 1.3)))
    return DenoisingTask(levels, later, torch.tensor(strengths), torch.tensor(scales))


def wanted_pictures(clips: Clips, strength: Tensor) -> Tensor:
    """The target: between the clean source and its styled version, (B, F, 3, S, S)."""
    return torch.lerp(clips.clean, clips.target, look_share(strength)[:, None, None, None, None])


def shared_noise(shape: Sequence[int], random: Generator) -> Tensor:
    """Noise (B, F, Z, h, w): the same in all frames of a clip, sometimes fresh in each."""
    noise = normal(random, shape)
    if random.random() >= FRESH_NOISE_SHARE:
        noise = noise[:, :1].expand(*shape)
    return noise


def entering(task: DenoisingTask, source: Tensor, wanted: Tensor, random: Generator) -> Tensor:
    """The latent to add noise to: the source's at first, almost the result at later steps."""
    rough = torch.lerp(wanted, source, 0.3 * float(random.random()))
    rough = rough + 0.15 * float(random.random()) * normal(random, rough.shape)
    later = torch.tensor(task.later)[:, None, None, None, None]
    return torch.where(later, rough, source)


def encode(model: BuiltIn, pictures: Tensor) -> Tensor:
    """(B, F, 3, S, S) -> (B, F, Z, h, w)"""
    return model.autoencoder.encode(pictures.flatten(0, 1)).unflatten(0, pictures.shape[:2])


def losses(
    model: BuiltIn, clips: Clips, random: Generator, critic: PatchDiscriminator | None = None
) -> Losses:
    """One step's losses."""
    task = random_task(len(clips.source), random)
    wanted = wanted_pictures(clips, task.strength)
    with quickest_precision():
        source = encode(model, clips.source).float()
        with torch.no_grad():
            goal = encode(model, wanted).float()
        noise = shared_noise(source.shape, random)
        noisy = add_noise(task.levels, entering(task, source, goal, random), noise)
        style = (clips.mixture, task.strength)
        predicted = model.predict(noisy, source, task.timesteps, style, task.scale)
        decoded = model.autoencoder.decode(predicted.flatten(0, 1), clips.source.flatten(0, 1))
    learned = decoded.float().unflatten(0, wanted.shape[:2])
    found = _picture_losses(learned, wanted, critic is not None)
    found["latent"] = (predicted.float() - goal).abs().mean()
    found["total"] = found["total"] + LATENT_WEIGHT * found["latent"]
    if critic is not None:
        found |= _judged(critic, clips, task, learned, wanted)
        pull = found["realism"] + MATCHING_WEIGHT * found["matching"]
        weight = balance(found["picture"], pull, learned, CRITIC_SHARE)
        found["total"] = found["total"] + weight * pull + CRITIC_WEIGHT * found["critic"]
    return found


def _picture_losses(learned: Tensor, wanted: Tensor, judged: bool) -> Losses:
    """The distance from the pictures wanted, and its flicker; both (B, F, 3, S, S)."""
    weights = WEIGHTS_WITH_CRITIC if judged else ()
    made, goal = learned.flatten(0, 1), wanted.flatten(0, 1)
    picture, amount = picture_loss(made, goal, *weights), amount_loss(made, goal)
    total = picture + AMOUNT_WEIGHT * amount
    if wanted.shape[1] == 1:
        return {"total": total, "picture": picture, "amount": amount}
    error = learned - wanted
    steady = (error[:, 1:] - error[:, :-1]).abs().mean()
    total = total + STEADY_WEIGHT * steady
    return {"total": total, "picture": picture, "amount": amount, "steady": steady}


def _judged(
    critic: PatchDiscriminator, clips: Clips, task: DenoisingTask, learned: Tensor, wanted: Tensor
) -> Losses:
    """The critic's losses on the last frame of each clip."""
    style = torch.cat([clips.mixture, task.strength[:, None]], dim=1)
    with quickest_precision():
        found = adversarial_losses(critic, clips.clean[:, -1], learned[:, -1], wanted[:, -1], style)
    return {"realism": found.realism, "matching": found.matching, "critic": found.critic}


@torch.no_grad()
def restyle(model: BuiltIn, source: Tensor, mixture: Tensor, strength: float, steps: int) -> Tensor:
    """Style whole clips as the program does: (B, F, 3, S, S) -> the same."""
    with quickest_precision():
        structure = encode(model, source).float()
        latents, strengths = structure, torch.full((len(source),), strength)
        for index in step_indices(strength, steps):
            level = noise_level(few_step_timestep(index))
            noise = torch.randn_like(latents[:, :1]).expand_as(latents)
            noisy = add_noise([level] * len(source), latents, noise)
            times = torch.full((len(source),), level.timestep)
            style = (mixture, strengths)
            latents = model.predict(noisy, structure, times, style, torch.ones(len(source))).float()
        decoded = model.autoencoder.decode(latents.flatten(0, 1), source.flatten(0, 1))
    return decoded.float().unflatten(0, source.shape[:2])


def write_sample_sheet(model: nn.Module, stills: Stills, path: Path) -> None:
    """Write a sheet: source, each style as taught and as learned, of stills never seen."""
    assert isinstance(model, BuiltIn)
    random = np.random.default_rng(3)
    torch.manual_seed(0)
    rows = []
    for style in range(stills.styles):
        still = stills.still(random)
        source = torch.from_numpy(still[0].copy()).permute(2, 0, 1).float()[None, None] / 127.5 - 1
        mixture = nn.functional.one_hot(torch.tensor([style]), stills.styles).float()
        made = [restyle(model, source, mixture, s, n)[0] for s, n in ((1.0, 1), (1.0, 2), (0.5, 1))]
        rows.append([still[0], still[1 + style], *(to_pixels(picture)[0] for picture in made)])
    half = len(rows) // 2
    write_sheet(path, [[*a, *b] for a, b in zip(rows[:half], rows[half:], strict=True)])


class TrainableModels(nn.Module):
    """The model and, in stages that have one, the critic; trained together."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        torch.manual_seed(0)
        state = torch.load(RUNS / f"{stage.before}.pt", weights_only=True)["average"]
        self.model = start(stage, state)
        self.critic = PatchDiscriminator(len(STYLES.styles) + 1) if stage.critic else None
        judged = {k.removeprefix("critic."): v for k, v in state.items() if k.startswith("critic.")}
        if self.critic is not None and judged:
            self.critic.load_state_dict(judged)
        channels_last(self)


def start(stage: Stage, state: dict[str, Tensor]) -> BuiltIn:
    """The model from the previous stage; new modules start as the identity."""
    model = BuiltIn(motion=stage.motion)
    if stage.before == "autoencoder":
        model.autoencoder.load_state_dict(state)
    else:
        load_model(model, state)
    return model


def train(name: str, minutes: float) -> None:
    """Run or continue a stage, and write `NAME.pt` to the runs folder."""
    stage = STAGES[name]
    stills = Stills(open_shards())
    held_out = Stills([np.load(RUNS / "stills" / "held-out.npy", mmap_mode="r")])
    both = TrainableModels(stage)
    config = RunConfig(minutes, stage.learning_rate, stage.final_rate)
    trainer = Trainer(both, config, RUNS / f"{name}.pt")

    def step(common: Generator, random: Generator) -> Losses:
        if common.random() < AUTOENCODER_SHARE:
            return train_autoencoder.losses(both.model.autoencoder, stills, random)
        count, frames, side = stage.shapes[int(common.integers(len(stage.shapes)))]
        if frames == 1:
            return losses(both.model, stills.crops(count, side, random), random, both.critic)
        return losses(both.model, stills.clips(count, frames, side, random), random, both.critic)

    def show(average: nn.Module) -> None:
        write_sample_sheet(
            average.get_submodule("model"), held_out, RUNS / "sheets" / f"{name}.jpg"
        )

    trainer.run(step, show)
