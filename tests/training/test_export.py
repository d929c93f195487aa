"""From a checkpoint to the files that ship, and the stages by their names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.model.sampling.noise_schedule import noise_level
from engine.model.styles.built_in import RANGES
from engine.paths import RESOURCES
from training import export as module
from training import run as stages
from training.export import STAGES_TO_SHIP, export, load_trained, newest_checkpoint, stored
from training.network import AUTOENCODER, STYLES, BuiltIn, add_noise, load_model, unet_config


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of the second stage: no motion modules yet, and no critic."""
    torch.manual_seed(0)
    state = {f"model.{k}": v for k, v in BuiltIn(motion=False).state_dict().items()}
    path = tmp_path_factory.mktemp("runs") / "spatial.pt"
    torch.save({"average": state}, path)
    return path


def test_the_latest_stage_is_shipped(tmp_path: Path) -> None:
    for stage in reversed(STAGES_TO_SHIP):
        (tmp_path / f"{stage}.pt").touch()
        assert newest_checkpoint(tmp_path) == tmp_path / f"{stage}.pt"


def test_without_a_stage_there_is_nothing_to_ship(tmp_path: Path) -> None:
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


def test_weights_are_stored_in_half_precision_and_plainly() -> None:
    picture = torch.ones(2, 3, 4, 4).contiguous(memory_format=torch.channels_last)
    kept = stored({"layer": picture})["layer"]
    assert kept.dtype is torch.float16
    assert kept.is_contiguous()


def test_what_is_written_is_what_run_time_loads(
    checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "measured_ranges", lambda _: {})
    export(checkpoint, tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    config = json.loads((tmp_path / "config.json").read_text())
    assert weights.keys() == BuiltIn(motion=True).state_dict().keys()
    assert {value.dtype for value in weights.values()} == {torch.float16}
    assert config["style_table"]["styles"] == list(STYLES.styles)
    assert (tmp_path / RANGES).is_file()


def test_the_shipped_configuration_is_the_one_that_training_has() -> None:
    shipped = json.loads((RESOURCES / "models" / "built_in" / "config.json").read_text())
    assert shipped["style_table"]["styles"] == list(STYLES.styles)
    assert shipped["autoencoder"]["latent_channels"] == AUTOENCODER.latent_channels
    assert tuple(shipped["unet"]["block_out_channels"]) == unet_config().block_out_channels


def test_noise_is_added_at_each_clips_own_level() -> None:
    levels = [noise_level(999), noise_level(19)]
    latents, noise = torch.ones(2, 1, 4, 2, 2), torch.full((2, 1, 4, 2, 2), 2.0)
    noisy = add_noise(levels, latents, noise)
    for row, level in zip(noisy, levels, strict=True):
        assert float(row.mean()) == pytest.approx(level.signal + 2 * level.noise, abs=1e-5)
    assert float(noisy[0].mean()) > float(noisy[1].mean())


WORK: list[tuple[str, str]] = [
    ("stills", "training.run.stills.make_shards"),
    ("autoencoder", "training.run.train_autoencoder.train"),
    ("sheet", "training.run.render.write_clip_sheet"),
    ("figures", "training.run.report.report_figures"),
    ("steady", "training.run.train_network.train"),
]


@pytest.mark.parametrize(("stage", "work"), WORK)
def test_each_stage_does_its_own_work(
    stage: str, work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for _, name in WORK:
        monkeypatch.setattr(name, _noting(done, name))
    monkeypatch.setattr("training.run.export.newest_checkpoint", lambda: Path("newest.pt"))
    stages.run(stage, 1.0)
    assert done == [work]


def _noting(done: list[str], name: str) -> Callable[..., None]:
    return lambda *_: done.append(name)


def test_the_files_that_ship_are_written_with_their_thumbnails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[tuple[str, Path]] = []
    newest = Path("steady.pt")
    monkeypatch.setattr("training.run.export.newest_checkpoint", lambda: newest)
    monkeypatch.setattr("training.run.export.export", lambda path: done.append(("files", path)))
    monkeypatch.setattr(
        "training.run.render.write_thumbnails", lambda path: done.append(("thumbnails", path))
    )
    stages.run("export", 1.0)
    assert done == [("files", newest), ("thumbnails", newest)]


def test_the_command_line_names_a_stage_and_its_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, float]] = []
    monkeypatch.setattr(stages, "run", lambda stage, minutes: asked.append((stage, minutes)))
    monkeypatch.setattr("sys.argv", ["run", "autoencoder", "--minutes", "2.5"])
    stages.main()
    assert asked == [("autoencoder", 2.5)]


def test_an_unknown_stage_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["run", "everything"])
    with pytest.raises(SystemExit) as caught:
        stages.main()
    assert caught.value.code == 2
