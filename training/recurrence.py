"""Paints clips frame by frame with a recurrent decoder, as the program does.

Shape letters: B clips, F frames, S side.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from numpy.random import Generator
from torch import Tensor

from engine.frames import Size
from engine.model.images.optical_flow import BackwardFlow, OpticalFlowEstimator
from engine.model.images.recurrence import moved, nothing_before
from engine.model.images.tensors import to_float, to_tensor
from engine.model.network.autoencoder import PICTURE, SmallAutoencoder
from training.batches import to_pixels

STRANGER_SHARE = 0.25
"""How often something that was never painted is given for what was before the first frame."""

CPU = torch.device("cpu")


@dataclass(frozen=True, slots=True)
class Motion:
    """The flow to each frame of each clip from the one before, by clip and frame; none to the
    first.
    """

    flows: list[list[BackwardFlow]]

    @staticmethod
    def of(sources: Tensor) -> Motion:
        """Estimated on what the camera saw, (B, F, 3, S, S)."""
        found = []
        for clip in sources:
            estimator = OpticalFlowEstimator()
            flows = [estimator.estimate(picture) for picture in to_pixels(clip)]
            found.append([flow for flow in flows if flow is not None])
        return Motion(found)

    def bring(self, frame: int, pictures: Tensor) -> Tensor:
        """Pictures (B, 3, S, S) of frame - 1, brought to `frame`, and trust: (B, 4, S, S)."""
        brought = [
            to_tensor(moved(picture, flows[frame - 1]), CPU)
            for flows, picture in zip(self.flows, to_pixels(pictures), strict=True)
        ]
        return to_float(torch.cat(brought), torch.float32)


def paint(
    autoencoder: SmallAutoencoder,
    latents: Tensor,
    guides: Tensor,
    motion: Motion,
    first: Tensor | None = None,
) -> tuple[Tensor, list[Tensor]]:
    """What the decoder gives, (B, F, 5, S, S), and what it was given of the frame before each,
    (B, 4, S, S).

    latents: (B, F, Z, h, w). guides: (B, F, 3, S, S). first: what is given for what was before the
    first frame; nothing by default.
    """
    painted: list[Tensor] = []
    given: list[Tensor] = []
    for frame in range(latents.shape[1]):
        if frame:
            before = motion.bring(frame, painted[-1][:, :PICTURE].detach())
        else:
            before = nothing(guides[:, 0]) if first is None else first
        made = autoencoder.decode(latents[:, frame], guides[:, frame], before).float()
        painted.append(remembering(made, before))
        given.append(before)
    return torch.stack(painted, dim=1), given


def remembering(made: Tensor, before: Tensor) -> Tensor:
    """What a decoder made, (B, 5, S, S), with what it keeps of that before, (B, 4, S, S)."""
    keep = ((made[:, -1:] + 1.0) / 2.0).clamp(0.0, 1.0) * (before[:, PICTURE:] + 1.0) / 2.0
    picture = made[:, :PICTURE] + keep * (before[:, :PICTURE] - made[:, :PICTURE])
    return torch.cat([picture, made[:, PICTURE:]], dim=1)


def nothing(pictures: Tensor) -> Tensor:
    """What is given where there is no frame before: (B, 3, S, S) -> (B, 4, S, S)."""
    blank = to_tensor(nothing_before(Size(*pictures.shape[:-3:-1])), CPU)
    return to_float(blank, torch.float32).expand(len(pictures), -1, -1, -1)


def random_first(clean: Tensor, target: Tensor, random: Generator) -> Tensor | None:
    """Mostly nothing; sometimes a photograph or another picture, which must not be trusted.

    clean, target: (B, 3, S, S).
    """
    if random.random() >= STRANGER_SHARE:
        return None
    picture = clean if random.random() < 0.5 else target.flip(-1).roll(1, dims=0)
    return torch.cat([picture, torch.ones_like(picture[:, :1])], dim=1)
