"""What training loads: the filters' latest stage, or what ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.model.sampling.noise_schedule import noise_level
from training.checkpoints import (
    CHARACTER_STAGES,
    FILTER_STAGES,
    load_shipped,
    load_trained,
    newest_characters,
    newest_checkpoint,
)
from training.network import CHARACTER_STYLES, STYLES, BuiltIn, add_noise, load_model, widen


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of the second stage: no motion modules yet, and no critic."""
    torch.manual_seed(0)
    state = {f"model.{k}": v for k, v in BuiltIn(motion=False).state_dict().items()}
    path = tmp_path_factory.mktemp("runs") / "spatial.pt"
    torch.save({"average": state}, path)
    return path


def test_the_latest_stage_is_taken(tmp_path: Path) -> None:
    for stage in reversed(FILTER_STAGES):
        (tmp_path / f"{stage}.pt").touch()
        assert newest_checkpoint(tmp_path) == tmp_path / f"{stage}.pt"


def test_of_the_stages_with_faces_the_latest_is_taken(tmp_path: Path) -> None:
    for stage in CHARACTER_STAGES:
        (tmp_path / stage).touch()
        assert newest_characters(tmp_path) == tmp_path / stage


def test_without_a_stage_there_is_nothing_to_take(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="train first"):
        newest_checkpoint(tmp_path)


def test_a_checkpoint_without_motion_modules_becomes_a_whole_model(checkpoint: Path) -> None:
    model = load_trained(checkpoint)
    assert not model.training
    assert not any(parameter.requires_grad for parameter in model.parameters())
    last_layers = [v for k, v in model.state_dict().items() if "proj_out" in k and "motion" in k]
    assert last_layers
    assert all(not layer.any() for layer in last_layers)


def test_a_critic_is_left_behind(checkpoint: Path) -> None:
    state = torch.load(checkpoint, weights_only=True)["average"]
    with_critic = {**state, "critic.conv_in.weight": torch.ones(1)}
    load_model(BuiltIn(motion=True), with_critic)


@pytest.mark.parametrize("change", ["missing", "unknown"])
def test_a_checkpoint_of_another_model_is_refused(checkpoint: Path, change: str) -> None:
    state: dict[str, Tensor] = torch.load(checkpoint, weights_only=True)["average"]
    if change == "missing":
        state.pop(next(iter(state)))
    else:
        state["model.more"] = torch.ones(1)
    with pytest.raises(ValueError, match="does not fit the model"):
        load_model(BuiltIn(motion=True), state)


def test_noise_is_added_at_each_clips_own_level() -> None:
    levels = [noise_level(999), noise_level(19)]
    latents, noise = torch.ones(2, 1, 4, 2, 2), torch.full((2, 1, 4, 2, 2), 2.0)
    noisy = add_noise(levels, latents, noise)
    for row, level in zip(noisy, levels, strict=True):
        assert float(row.mean()) == pytest.approx(level.signal + 2 * level.noise, abs=1e-5)
    assert float(noisy[0].mean()) > float(noisy[1].mean())


def test_a_widened_model_paints_filters_as_the_narrow_one_did() -> None:
    narrow = BuiltIn(motion=True).eval()
    wide = BuiltIn(motion=True, plan=True).eval()
    widen(wide, narrow)
    picture = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        latent = narrow.autoencoder.encode(picture)
        assert torch.equal(latent, wide.autoencoder.encode(picture))
        tones = latent.new_zeros(1, 7, 8, 8)
        features = narrow.unet.structure_features(latent)
        planned = wide.unet.structure_features(torch.cat([latent, latent, tones], dim=1))
        assert torch.allclose(features, planned, atol=1e-6)
        decoded = wide.autoencoder.decode(latent, picture)
    assert torch.allclose(narrow.autoencoder.decode(latent, picture), decoded[:, :3], atol=1e-6)
    assert decoded[:, 3].min() > 0.5  # it agrees with whatever is drawn
    assert decoded[:, 4].abs().max() < 0.1  # and keeps half of what was before
    for name in CHARACTER_STYLES.styles:
        here = CHARACTER_STYLES.styles.index(name)
        there = STYLES.styles.index(name if name in STYLES.styles else "anime")
        assert torch.equal(wide.style_table.tokens[here], narrow.style_table.tokens[there])


def test_a_new_look_begins_as_anime_and_what_was_there_stays() -> None:
    few = BuiltIn(motion=True, plan=True, styles=replace(STYLES, styles=("anime", "ink"))).eval()
    wide = BuiltIn(motion=True, plan=True).eval()
    widen(wide, few)
    names, tokens = CHARACTER_STYLES.styles, wide.style_table.tokens
    assert torch.equal(tokens[names.index("hero")], few.style_table.tokens[0])
    assert torch.equal(tokens[names.index("ink")], few.style_table.tokens[1])
    own, old = wide.autoencoder.state_dict(), few.autoencoder.state_dict()
    assert all(torch.equal(value, old[name]) for name, value in own.items())


def test_the_shipped_model_is_loaded_whole() -> None:
    assert not any(parameter.requires_grad for parameter in load_shipped().parameters())
