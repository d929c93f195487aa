"""Runs a training: steps for a number of minutes, checkpoints, and an averaged model."""

from __future__ import annotations

import copy
import logging
import math
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from engine.files.atomic import written_whole
from engine.model.hardware.devices import choose_dtype

log = logging.getLogger(__name__)

Losses = dict[str, Tensor]
"""Losses by name; "total" is minimised."""

WORKERS = min(2, len(os.sched_getaffinity(0)))
"""Shares of a batch that are processed in parallel, each on one core. On a busy machine this is far
faster than one batch on two cores, whose threads wait for each other at every layer."""


def quickest_precision() -> torch.autocast:
    """Autocast to bfloat16 if the CPU supports it, else float32."""
    own = choose_dtype(torch.device("cpu"))
    return torch.autocast("cpu", torch.bfloat16, enabled=own is torch.bfloat16)


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Duration and rates. minutes: of training, including those before a resume.

    decay: of the average of weights that is shipped. keep: minutes between checkpoints.
    """

    minutes: float
    learning_rate: float = 1e-3
    final_rate: float = 0.05
    warm_up_steps: int = 100
    decay: float = 0.998
    keep: float = 1.5
    seed: int = 0


def channels_last(module: nn.Module) -> None:
    """Store convolutions in the layout that the CPU reads fastest."""
    for parameter in module.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)


class Trainer:
    """Trains a module with a loss function, and continues a killed run from its checkpoint."""

    def __init__(self, module: nn.Module, config: RunConfig, path: Path) -> None:
        self.module = module
        self.average = copy.deepcopy(module).requires_grad_(False).eval()
        self.config = config
        self.steps = 0
        self.minutes = 0.0
        self._path = path
        self._parameters = [p for p in module.parameters() if p.requires_grad]
        torch.set_num_threads(1)
        self._workers = ThreadPoolExecutor(
            WORKERS, initializer=torch.set_num_threads, initargs=(1,)
        )
        self._optimiser = torch.optim.AdamW(
            self._parameters,
            lr=config.learning_rate,
            weight_decay=1e-3,
            betas=(0.9, 0.98),
            fused=True,
        )
        if path.exists():
            self._resume()

    def run(
        self,
        losses: Callable[[Generator, Generator], Losses],
        on_checkpoint: Callable[[nn.Module], None],
    ) -> nn.Module:
        """Train, and return the averaged module; `on_checkpoint` gets it at every checkpoint.

        losses: from a generator common to all shares of a step, and from the share's own.
        """
        last_kept = self.minutes
        while self.minutes < self.config.minutes:
            started = time.perf_counter()
            found = self._step(losses)
            self.minutes += (time.perf_counter() - started) / 60.0
            if self.steps % 20 == 0:
                values = " ".join(f"{k} {float(v):.4f}" for k, v in found.items())
                log.info("step %d, %.2f min: %s", self.steps, self.minutes, values)
            if self.minutes - last_kept >= self.config.keep:
                last_kept = self.minutes
                self.save()
                on_checkpoint(self.average)
        self.save()
        on_checkpoint(self.average)
        return self.average

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "module": self.module.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "steps": self.steps,
            "minutes": self.minutes,
        }
        with written_whole(self._path) as partial:
            torch.save(state, partial)

    def _resume(self) -> None:
        state = torch.load(self._path, weights_only=True)
        self.module.load_state_dict(state["module"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.steps, self.minutes = int(state["steps"]), float(state["minutes"])
        log.info("continuing from step %d, minute %.2f", self.steps, self.minutes)

    def _step(self, losses: Callable[[Generator, Generator], Losses]) -> Losses:
        for group in self._optimiser.param_groups:
            group["lr"] = self.config.learning_rate * self._pace()
        jobs = [
            self._workers.submit(self._share_of_step, losses, share) for share in range(WORKERS)
        ]
        shares = [job.result() for job in jobs]
        for parameter, *found in zip(
            self._parameters, *(share[1] for share in shares), strict=True
        ):
            parameter.grad = _mean([gradient for gradient in found if gradient is not None])
        length = nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimiser.step()
        self.steps += 1
        self._follow()
        return {**shares[0][0], "gradient": length}

    def _share_of_step(
        self, losses: Callable[[Generator, Generator], Losses], share: int
    ) -> tuple[Losses, Sequence[Tensor | None]]:
        """One worker's losses and gradients."""
        common = np.random.default_rng((self.config.seed, self.steps))
        own = np.random.default_rng((self.config.seed, self.steps, share + 1))
        found = losses(common, own)
        gradients = torch.autograd.grad(found["total"], self._parameters, allow_unused=True)
        return {name: value.detach() for name, value in found.items()}, gradients

    def _pace(self) -> float:
        """Linear warm-up, then half a cosine down to `final_rate`."""
        warm = min(1.0, (self.steps + 1) / self.config.warm_up_steps)
        done = min(1.0, self.minutes / self.config.minutes)
        low = self.config.final_rate
        return warm * (low + (1.0 - low) * 0.5 * (1.0 + math.cos(math.pi * done)))

    @torch.no_grad()
    def _follow(self) -> None:
        decay = min(self.config.decay, (1.0 + self.steps) / (10.0 + self.steps))
        for mean, now in zip(self.average.parameters(), self.module.parameters(), strict=True):
            mean.lerp_(now, 1.0 - decay)


def _mean(gradients: Sequence[Tensor]) -> Tensor | None:
    """The mean of the shares' gradients, in place of the first; None where no share has one."""
    if not gradients:
        return None
    total = gradients[0]
    for gradient in gradients[1:]:
        total = total.add_(gradient)
    return total.div_(len(gradients))
