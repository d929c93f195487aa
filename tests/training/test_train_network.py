import numpy as np
import pytest
import torch
from numpy.random import default_rng

from engine.model.styles.face_planner import look_share
from training.batches import Stills, StyleMixture
from training.network import AUTOENCODER, STYLES, BuiltIn
from training.stills import SIDE
from training.train_network import random_task, shared_noise, wanted_pictures


@pytest.fixture(scope="module")
def stills() -> Stills:
    count = 1 + len(STYLES.styles)
    return Stills([default_rng(0).integers(0, 255, (3, count, SIDE, SIDE, 3), dtype=np.uint8)])


def test_a_touch_at_the_lowest_strength_and_the_whole_look_at_full_strength() -> None:
    shares = look_share(torch.tensor([0.2, 0.4, 0.6, 0.8, 1.0]))
    assert 0.05 < shares[0] < 0.3
    assert shares[-1] == pytest.approx(1.0)
    assert bool((shares.diff() > 0.1).all())


def test_a_plan_enters_at_its_strength() -> None:
    plan = random_task(64, default_rng(0))
    for level, later, strength in zip(plan.levels, plan.later, plan.strength, strict=True):
        if not later:
            assert level.timestep == 999 - 20 * round(50 * (1.0 - float(strength)))


def test_full_strength_wants_the_look_itself(stills: Stills) -> None:
    clips = stills.clips(1, 2, 64, default_rng(1))
    assert torch.allclose(wanted_pictures(clips, torch.ones(1)), clips.target)


def test_noise_is_mostly_shared_by_the_frames_of_a_clip() -> None:
    shared = [
        bool(torch.equal(n[:, 0], n[:, 1]))
        for n in (shared_noise((1, 2, 4, 8, 8), default_rng(seed)) for seed in range(40))
    ]
    assert 20 <= sum(shared) < 40


def test_a_mixture_of_looks_lies_between_them(stills: Stills) -> None:
    looks = stills.still(default_rng(0))
    _, mixed = StyleMixture(1, 2, 0.5).of(looks)
    assert np.abs(mixed - (looks[2].astype(float) + looks[3]) / 2).max() <= 0.5


def test_new_motion_modules_change_nothing() -> None:
    torch.manual_seed(0)
    plain, moving = BuiltIn(motion=False).eval(), BuiltIn(motion=True).eval()
    moving.load_state_dict(plain.state_dict(), strict=False)
    noisy = torch.randn(1, 3, AUTOENCODER.latent_channels, 8, 8)
    style = (torch.eye(len(STYLES.styles))[:1], torch.ones(1))
    given = (noisy, noisy, torch.tensor([999]), style, torch.ones(1))
    with torch.no_grad():
        torch.testing.assert_close(plain.predict(*given), moving.predict(*given))
