"""The last stages: faces become characters.

The network of the filters is widened by a plan (`engine.drawing.plan`) and learns to paint around
it as the drawing teacher does. What it knew of the filters it keeps by doing as it did: a frozen
copy of it teaches them, and blends of a filter with the drawn look.

Shape letters: B clips, F frames, S side.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from engine.drawing.looks import look_named
from engine.drawing.plan import TONES
from engine.model.network.autoencoder import PICTURE
from engine.model.sampling.noise_schedule import few_step_timestep, noise_level, step_indices
from engine.model.styles.face_planner import look_share
from training.batches import to_pixels
from training.checkpoints import (
    CHARACTERS,
    HEADS,
    PEOPLE,
    RECURRENCE,
    TOGETHER,
    load_shipped,
    load_trained,
    newest_checkpoint,
)
from training.critic import PatchDiscriminator, adversarial_losses, balance
from training.drawn_pairs import DrawnClips, DrawnPairs
from training.losses import amount_loss, edge_loss, energy_loss, normal, texture_loss
from training.network import CHARACTER_STYLES, LOOKS, BuiltIn, add_noise, widen
from training.paths import RUNS
from training.pictures import write_sheet
from training.recurrence import Motion, nothing, paint, random_first, remembering
from training.train_autoencoder import unit_loss
from training.train_network import (
    DenoisingTask,
    encode,
    entering,
    random_task,
    shared_noise,
)
from training.trainer import Losses, RunConfig, Trainer, channels_last, quickest_precision
from training.trajectories import moving_mask

LOOK_SHARES = (0.52, 0.16, 0.16, 0.16)
"""How often each look is drawn, in the order of `LOOKS`."""
SHAPES = ((2, 1, 192), (1, 1, 288), (1, 1, 384), *3 * ((1, 6, 192),), (1, 10, 128), (1, 3, 256))
"""Clips, frames and side of a batch."""
FILTER_SHAPE = (1, 4, 192)
IN_FRONT_SHARE = 0.3
"""How often another clip moves in front: most of the time something comes into view somewhere."""
OTHER_STYLE_SHARE = 0.3
"""How often what was painted of the frame before a filter's first is in another filter's style."""
FILTER_SHARE, BLEND_SHARE, AUTOENCODER_SHARE = 0.22, 0.06, 0.08
BLANK_SHARE, STRANGER_SHARE, GUIDED_SHARE = 0.25, 0.25, 0.35
EDGES, ENERGY, AMOUNT, TEXTURE, LATENT, UNIT = 1.5, 3.0, 0.06, 4.0, 0.05, 0.02
STEADY, STILL = 3.0, 6.0
"""Weights of changes that their targets do not have, and of any change in a filter's pictures."""
CRITIC_SHARE, MATCHING, CRITIC = 0.8, 5.0, 0.1
BEYOND = 0.3
"""Weight of agreement outside of -1..1, where it could not be unlearned."""


class TrainableCharacters(nn.Module):
    """The model that learns, and the critic."""

    def __init__(self, start: BuiltIn) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.model = BuiltIn(motion=True, plan=True)
        widen(self.model, start)
        self.critic = PatchDiscriminator(len(CHARACTER_STYLES.styles) + 1)
        channels_last(self)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A step's pairs and what is wanted. mixture: (B, styles).

    first (B, 4, S, S): what is given for what was before the first frame; by lot if None. still:
    whether pictures shall not change at all, motion taken out, rather than as their targets do.
    """

    clips: DrawnClips
    task: DenoisingTask
    mixture: Tensor
    first: Tensor | None = None
    still: bool = False


def structure_of(model: BuiltIn, clips: DrawnClips) -> tuple[Tensor, Tensor]:
    """The source's latent (B, F, Z, h, w), and the whole structure input."""
    source, plan = encode(model, clips.source), encode(model, clips.planned)
    return source.float(), torch.cat([source, plan, clips.tones.to(plan.dtype)], dim=2).float()


def unplanned(latent: Tensor) -> Tensor:
    """The structure input of frames in which nothing is drawn, from their latents."""
    tones = latent.new_zeros(*latent.shape[:2], TONES, *latent.shape[3:])
    return torch.cat([latent, latent, tones], dim=2)


def laid_upon(decoded: Tensor, drawn: Tensor) -> Tensor:
    """The drawn features upon a decoded picture, as far as the decoder agrees: (..., 3, S, S).

    decoded (..., 5, S, S): a picture, its agreement, and what is kept. drawn (..., 4, S, S):
    premultiplied colours and their cover.
    """
    picture, agreement = decoded[..., :3, :, :], decoded[..., 3:4, :, :]
    shown = ((agreement + 1.0) / 2.0).clamp(0.0, 1.0)
    colours, cover = (drawn[..., :3, :, :] + 1.0) / 2.0, (drawn[..., 3:, :, :] + 1.0) / 2.0
    return picture - shown * cover * (picture + 1.0) + 2.0 * shown * colours


def losses(both: TrainableCharacters, lesson: Lesson, random: Generator) -> Losses:
    """One step's losses."""
    model, clips, task = both.model, lesson.clips, lesson.task
    with quickest_precision():
        source, structure = structure_of(model, clips)
        with torch.no_grad():
            goal = encode(model, clips.target).float()
        noise = shared_noise(source.shape, random)
        noisy = add_noise(task.levels, entering(task, source, goal, random), noise)
        style = (lesson.mixture, task.strength)
        predicted = model.predict(noisy, structure, task.timesteps, style, task.scale)
        motion = Motion.of(clips.source)
        first = lesson.first
        if first is None:
            first = random_first(clips.clean[:, 0], clips.target[:, 0], random)
        decoded, given = paint(model.autoencoder, predicted, clips.planned, motion, first)
    learned = laid_upon(decoded, clips.drawn)
    found = _picture_losses(learned, clips)
    if len(given) > 1:
        target = None if lesson.still else clips.target
        steady = _unsteadiness(decoded, given, target, motion)
        weighed = (STILL if lesson.still else STEADY) * steady
        found |= {"steady": steady, "total": found["total"] + weighed}
    latent = (predicted.float() - goal).abs().mean()
    judged = torch.cat([lesson.mixture, task.strength[:, None]], dim=1)
    last = (clips.clean[:, -1], learned[:, -1], clips.target[:, -1])
    with quickest_precision():
        verdict = adversarial_losses(both.critic, *last, judged)
    pull = verdict.realism + MATCHING * verdict.matching
    weight = balance(found["picture"], pull, learned, CRITIC_SHARE)
    beyond = (decoded[:, :, 3:].abs() - 1.0).relu().square().mean()
    total = found["total"] + LATENT * latent + weight * pull + CRITIC * verdict.critic
    total = total + BEYOND * beyond
    return {**found, "latent": latent, "critic": verdict.critic, "total": total}


def _picture_losses(learned: Tensor, clips: DrawnClips) -> Losses:
    error = learned - clips.target
    colours = (clips.weight * (error.abs() + 2.0 * error.square())).mean()
    made, goal = learned.flatten(0, 1), clips.target.flatten(0, 1)
    picture = colours + EDGES * edge_loss(made, goal) + ENERGY * energy_loss(made, goal)
    total = picture + AMOUNT * amount_loss(made, goal) + TEXTURE * texture_loss(made, goal)
    return {"picture": picture, "total": total}


def _unsteadiness(
    decoded: Tensor, given: Sequence[Tensor], target: Tensor | None, motion: Motion
) -> Tensor:
    """How far pictures (B, F, 5, S, S) change otherwise than their targets do, motion taken out;
    without a target, how far they change at all.

    given: what was before each frame, moved along, (B, 4, S, S).
    """
    changes = []
    for frame in range(1, len(given)):
        before = given[frame]
        trust = (before[:, PICTURE:] + 1.0) / 2.0
        other = decoded[:, frame, :PICTURE] - before[:, :PICTURE]
        if target is not None:
            wanted = motion.bring(frame, target[:, frame - 1])[:, :PICTURE]
            other = other - (target[:, frame] - wanted)
        changes.append((trust * (other.abs() + 4.0 * other.square())).mean())
    return torch.stack(changes).mean()


def autoencoder_losses(model: BuiltIn, clips: DrawnClips, random: Generator) -> Losses:
    """The autoencoder's own task, so that it stays one and does not overuse its guide.

    Sometimes the latent is blank: then the picture must be plain grey.
    """
    chance = random.random()
    goal, guide = clips.target[:, 0], clips.planned[:, 0]
    with quickest_precision():
        latent = model.autoencoder.encode(goal)
        unit = unit_loss(latent)
        if chance < BLANK_SHARE:
            latent, goal = torch.zeros_like(latent), torch.zeros_like(goal)
        elif chance < BLANK_SHARE + STRANGER_SHARE:
            guide = clips.source[:, 0].roll(1, dims=0).flip(-1)
        blind = BLANK_SHARE + STRANGER_SHARE <= chance < 1.0 - GUIDED_SHARE
        before = random_first(clips.clean[:, 0], clips.target[:, 0], random)
        before = nothing(guide) if before is None else before
        made = model.autoencoder.decode(latent, None if blind else guide, before).float()
        made = remembering(made, before)[:, :PICTURE]
    error = made - goal
    picture = error.abs().mean() + 2.0 * error.square().mean() + EDGES * edge_loss(made, goal)
    return {"picture": picture, "total": picture + UNIT * unit}


class Lessons:
    """Makes the lessons of a training: drawn ones, filters as before, and blends."""

    def __init__(self, pairs: Sequence[DrawnPairs], filters: BuiltIn) -> None:
        """pairs: of each look, in the order of `LOOKS`."""
        self.pairs = pairs
        self._filters = copy.deepcopy(filters).eval().requires_grad_(False)
        channels_last(self._filters)

    def draw(self, common: Generator, random: Generator) -> Lesson:
        """The next lesson; `common` decides its kind."""
        chance = common.random()
        count, frames, side = SHAPES[int(common.integers(len(SHAPES)))]
        if chance < FILTER_SHARE:
            return self.filtered(random)
        if chance < FILTER_SHARE + BLEND_SHARE:
            return self.blended(random)
        return self.drawn(random, count, frames, side)

    def drawn(self, random: Generator, count: int, frames: int, side: int) -> Lesson:
        """One of the looks alone."""
        task, look = random_task(count, random), _random_look(random)
        shares = look_share(task.strength).tolist()
        clips = self.pairs[look].clips(frames, side, shares, random)
        if frames > 1 and random.random() < IN_FRONT_SHARE:
            other = self.pairs[look].clips(frames, side, shares, random)
            clips = clips.behind(other, moving_mask(random, frames, side))
        return Lesson(clips, task, one_style(look, count))

    def filtered(self, random: Generator) -> Lesson:
        """A filter, as the old network does it; nothing is drawn."""
        count, frames, side = FILTER_SHAPE
        task = random_task(count, random)
        clips = self.pairs[0].clips(frames, side, count * [0.0], random)
        if random.random() < IN_FRONT_SHARE:
            other = self.pairs[0].clips(frames, side, count * [0.0], random)
            clips = clips.behind(other, moving_mask(random, frames, side))
        mixture = one_style(_random_filter(random), count)
        target = self._as_before(clips.clean, mixture, task, random)
        first = None
        if random.random() < OTHER_STYLE_SHARE:  # of which nothing may be kept
            other_style = one_style(_random_filter(random), count)
            first = self._as_before(clips.clean[:, :1], other_style, task, random)[:, 0]
            first = torch.cat([first, torch.ones_like(first[:, :1])], dim=1)
        plain = torch.full_like(clips.drawn, -1.0)
        return Lesson(
            DrawnClips(
                clips.source, clips.source, plain, torch.zeros_like(clips.tones),
                clips.clean, target, torch.ones_like(clips.weight),
            ),
            task,
            mixture,
            first,
            still=True,
        )  # fmt: skip

    def blended(self, random: Generator) -> Lesson:
        """A look and a filter: what lies between them."""
        task, weight = random_task(2, random), float(random.uniform(0.2, 0.8))
        shares, look = look_share(task.strength) * weight, _random_look(random)
        clips = self.pairs[look].clips(1, 192, shares.tolist(), random)
        style = one_style(_random_filter(random), 2)
        filtered = self._as_before(clips.clean, style, task, random)
        # the target holds a share of the drawing that its strength alone would make larger
        grown = torch.where(shares > 0, look_share(task.strength) / shares, 1.0)
        drawn = clips.clean + (clips.target - clips.clean) * grown[:, None, None, None, None]
        target = (1 - weight) * filtered + weight * drawn.clamp(-1, 1)
        mixture = weight * one_style(look, 2) + (1 - weight) * style
        changed = DrawnClips(
            clips.source, clips.planned, clips.drawn, clips.tones, clips.clean, target, clips.weight
        )
        return Lesson(changed, task, mixture)

    @torch.no_grad()
    def _as_before(
        self, clean: Tensor, mixture: Tensor, task: DenoisingTask, random: Generator
    ) -> Tensor:
        """What the old network makes of clean pictures, at the strengths of a task in one step."""
        model = self._filters
        names = model.style_table.config.styles
        old = torch.zeros(len(mixture), len(names))
        for row, name in enumerate(CHARACTER_STYLES.styles):
            if name in names:
                old[:, names.index(name)] = mixture[:, row]
        levels = [
            noise_level(few_step_timestep(step_indices(strength, 1)[0]))
            for strength in task.strength.tolist()
        ]
        with quickest_precision():
            latent = encode(model, clean).float()
            noise = normal(random, latent[:, :1].shape).expand_as(latent)
            noisy = add_noise(levels, latent, noise)
            times = torch.tensor([level.timestep for level in levels])
            ones = torch.ones(len(levels))
            structure = unplanned(latent) if model.has_plan else latent
            predicted = model.predict(noisy, structure, times, (old, task.strength), ones)
            guides = clean.flatten(0, 1)
            recurrent = model.autoencoder.config.recurrent
            before = nothing(guides) if recurrent else None
            made = model.autoencoder.decode(predicted.flatten(0, 1), guides, before)
        return made[:, :PICTURE].float().clamp(-1, 1).unflatten(0, clean.shape[:2])


def _random_look(random: Generator) -> int:
    return int(random.choice(len(LOOKS), p=LOOK_SHARES))


def _random_filter(random: Generator) -> int:
    return int(random.integers(len(LOOKS), len(CHARACTER_STYLES.styles)))


def one_style(number: int, count: int) -> Tensor:
    """A mixture of one style alone, (count, styles)."""
    return nn.functional.one_hot(
        torch.tensor([number] * count), len(CHARACTER_STYLES.styles)
    ).float()


@torch.no_grad()
def restyle(
    model: BuiltIn, clips: DrawnClips, mixture: Tensor, strength: float, seed: int = 0
) -> Tensor:
    """Paint clips as the program does, in one step: (B, F, 3, S, S)."""
    random = np.random.default_rng(seed)
    level = noise_level(few_step_timestep(step_indices(strength, 1)[0]))
    count = len(clips.source)
    with quickest_precision():
        source, structure = structure_of(model, clips)
        noise = torch.from_numpy(random.standard_normal((count, 1, *source.shape[2:]), np.float32))
        noisy = add_noise([level] * count, source, noise.expand_as(source))
        times, strengths = torch.full((count,), level.timestep), torch.full((count,), strength)
        predicted = model.predict(noisy, structure, times, (mixture, strengths), torch.ones(count))
        motion = Motion.of(clips.source)
        decoded, _ = paint(model.autoencoder, predicted, clips.planned, motion)
    return laid_upon(decoded, clips.drawn)


def write_sample_sheet(model: nn.Module, pairs: Sequence[DrawnPairs], path: Path) -> None:
    """Write a sheet of people never seen, two of each look: source, plan, learned and taught."""
    assert isinstance(model, BuiltIn)
    random, rows = np.random.default_rng(5), []
    for look, held_out in enumerate(pairs):
        row = []
        for _ in range(2):
            clips = held_out.clips(1, 288, [1.0], random)
            full = restyle(model, clips, one_style(look, 1), 1.0)[0]
            pictures = (clips.source[0], clips.planned[0], full, clips.target[0])
            row += [to_pixels(picture)[0] for picture in pictures]
        rows.append(row)
    write_sheet(path, rows)


def pairs_of(pattern: str) -> list[DrawnPairs]:
    """The pairs of each look, in the order of `LOOKS`; see `training.anime.pairs`."""
    return [DrawnPairs(RUNS / f"{look}_pairs", look_named(look), pattern) for look in LOOKS]


def filters() -> BuiltIn:
    """The network to begin with: the newest of the filters' stages, else the one that ships."""
    try:
        return load_trained(newest_checkpoint())
    except FileNotFoundError:
        return load_shipped()


def train(minutes: float) -> None:
    """Train, or continue training, and write `characters.pt` to the runs folder."""
    start = filters()
    _train(TrainableCharacters(start), start, RunConfig(minutes, 8e-4, 0.02), CHARACTERS)


def train_recurrence(minutes: float) -> None:
    """Train the decoder of `characters.pt` alone, and write `recurrence.pt`."""
    both, start = _continued(CHARACTERS)
    both.model.requires_grad_(False)
    both.model.autoencoder.decoder.requires_grad_(True)
    _train(both, start, RunConfig(minutes, 1e-3, 0.02), RECURRENCE)


def train_together(minutes: float) -> None:
    """Go on with all of what `recurrence.pt` has, and write `together.pt`."""
    both, start = _continued(RECURRENCE)
    _train(both, start, RunConfig(minutes, 4e-4, 0.02), TOGETHER)


def train_heads(minutes: float) -> None:
    """Go on with all of what `together.pt` has, with heads in the plans, and write `heads.pt`."""
    both, start = _continued(TOGETHER)
    _train(both, start, RunConfig(minutes, 6e-4, 0.02), HEADS)


def train_people(minutes: float) -> None:
    """Go on with all of what `heads.pt` has, with whole people in the plans and the room in tones,
    and write `people.pt`.
    """
    both, start = _continued(HEADS)
    _train(both, start, RunConfig(minutes, 6e-4, 0.02), PEOPLE)


def _continued(stage: str) -> tuple[TrainableCharacters, BuiltIn]:
    """What a stage left, and a model and critic to go on with."""
    start = load_trained(RUNS / stage)
    both = TrainableCharacters(start)
    state = torch.load(RUNS / stage, weights_only=True)["module"]
    prefix = "critic."
    both.critic.load_state_dict(
        {name.removeprefix(prefix): v for name, v in state.items() if name.startswith(prefix)}
    )
    return both, start


def _train(both: TrainableCharacters, start: BuiltIn, config: RunConfig, name: str) -> None:
    lessons = Lessons(pairs_of("train-*.npz"), start)
    held_out = pairs_of("held-*.npz")
    trainer = Trainer(both, config, RUNS / name)

    def step(common: Generator, random: Generator) -> Losses:
        if common.random() < AUTOENCODER_SHARE:
            shares = [1.0, 1.0]
            return autoencoder_losses(
                both.model, lessons.pairs[0].clips(1, 192, shares, random), random
            )
        return losses(both, lessons.draw(common, random), random)

    trainer.run(
        step,
        lambda average: write_sample_sheet(
            average.get_submodule("model"), held_out, RUNS / "sheets" / f"{Path(name).stem}.jpg"
        ),
    )
