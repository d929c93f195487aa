"""Clips painted frame by frame, each given what was painted before."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.video.sources.demo import read_portrait
from training.batches import to_tensor
from training.network import BuiltIn
from training.recurrence import Motion, nothing, paint, random_first, remembering

SIDE = 128


def clip(frames: int) -> Tensor:
    """A window that moves by two pixels a frame: (1, F, 3, S, S)."""
    whole = cv2.resize(read_portrait(), (2 * SIDE, 2 * SIDE))
    views = [whole[40 : 40 + SIDE, 20 + 2 * n : 20 + 2 * n + SIDE] for n in range(frames)]
    return to_tensor([np.ascontiguousarray(view) for view in views])[None]


def test_a_picture_is_brought_to_the_next_frame() -> None:
    pictures = clip(3)
    brought = Motion.of(pictures).bring(2, pictures[:, 1])
    inner = slice(16, -16)
    error = (brought[:, :3] - pictures[:, 2])[..., inner, inner]
    assert float(error.abs().mean()) < 0.03
    assert float(brought[:, 3, inner, inner].mean()) > 0.9


def test_only_the_first_frame_has_nothing_before_it() -> None:
    model = BuiltIn(motion=True, plan=True).requires_grad_(False)
    pictures = clip(3)
    latents = model.autoencoder.encode(pictures[0])[None]
    painted, given = paint(model.autoencoder, latents, pictures, Motion.of(pictures))
    assert painted.shape == (1, 3, 5, SIDE, SIDE)
    assert torch.equal(given[0], nothing(pictures[:, 0]))
    assert all(float(before[:, 3].mean()) > 0.5 for before in given[1:])


def test_what_is_kept_is_kept_only_where_the_motion_is_trusted() -> None:
    made = torch.full((1, 5, 8, 8), -1.0)
    made[:, 4, 4:] = 1.0
    before = torch.full((1, 4, 8, 8), 0.5)
    before[:, 3] = 1.0
    before[:, 3, :, 4:] = -1.0
    picture = remembering(made, before)[0, 0]
    assert (picture[:4] == -1.0).all()
    assert (picture[4:, :4] == 0.5).all()
    assert (picture[4:, 4:] == -1.0).all()


def test_sometimes_what_was_never_painted_is_given() -> None:
    clean, target = clip(1)[:, 0], -clip(1)[:, 0]
    firsts = [random_first(clean, target, np.random.default_rng(seed)) for seed in range(60)]
    given = [first for first in firsts if first is not None]
    assert 6 <= len(given) <= 25
    assert all((first[:, 3] == 1.0).all() for first in given)
    assert any(torch.equal(first[:, :3], clean) for first in given)
