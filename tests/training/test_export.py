"""From a checkpoint to the files that ship, and the stages by their names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engine.model.styles.built_in import RANGES
from training import export as module
from training import run as stages
from training.checkpoints import CHARACTERS, load_shipped, stored
from training.export import export
from training.network import CHARACTER_STYLES, LOOKS, BuiltIn


def test_weights_are_stored_in_half_precision_and_plainly() -> None:
    picture = torch.ones(2, 3, 4, 4).contiguous(memory_format=torch.channels_last)
    kept = stored({"layer": picture})["layer"]
    assert kept.dtype is torch.float16
    assert kept.is_contiguous()


def test_what_is_written_is_what_run_time_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "measured_ranges", lambda _: {})
    model = BuiltIn(motion=True, plan=True)
    state = {f"model.{name}": value for name, value in model.state_dict().items()}
    torch.save({"average": state}, tmp_path / CHARACTERS)
    export(tmp_path / CHARACTERS, tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    config = json.loads((tmp_path / "config.json").read_text())
    assert weights.keys() == model.state_dict().keys()
    assert {value.dtype for value in weights.values()} == {torch.float16}
    assert config["style_table"]["styles"] == list(CHARACTER_STYLES.styles)
    assert config["looks"] == list(LOOKS)
    assert (tmp_path / RANGES).is_file()
    again = load_shipped(tmp_path)
    assert again.has_plan


def test_the_shipped_configuration_is_the_one_that_training_has() -> None:
    shipped, trained = load_shipped(), BuiltIn(motion=True, plan=True)
    assert shipped.style_table.config == trained.style_table.config
    assert shipped.autoencoder.config == trained.autoencoder.config
    assert shipped.unet.config == trained.unet.config


WORK: list[tuple[str, str]] = [
    ("stills", "training.run.stills.make_shards"),
    ("autoencoder", "training.run.train_autoencoder.train"),
    ("sheet", "training.run.render.write_clip_sheet"),
    ("figures", "training.run.report.report_figures"),
    ("steady", "training.run.train_network.train"),
    ("characters", "training.run.train_characters.train"),
    ("recurrence", "training.run.train_characters.train_recurrence"),
    ("together", "training.run.train_characters.train_together"),
    ("parts", "training.run.train_parts.train_and_export"),
    ("heads", "training.run.train_characters.train_heads"),
    ("people", "training.run.train_characters.train_people"),
]


@pytest.mark.parametrize(("stage", "work"), WORK)
def test_each_stage_does_its_own_work(
    stage: str, work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for _, name in WORK:
        monkeypatch.setattr(name, _noting(done, name))
    monkeypatch.setattr("training.run.checkpoints.newest_checkpoint", lambda: Path("newest.pt"))
    stages.run(stage, 1.0)
    assert done == [work]


def _noting(done: list[str], name: str) -> Callable[..., None]:
    return lambda *_: done.append(name)


def test_the_files_that_ship_are_written_with_their_thumbnails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    monkeypatch.setattr("training.run.export.export", done.append)
    monkeypatch.setattr("training.run.checkpoints.newest_characters", lambda: Path("newest.pt"))
    monkeypatch.setattr("training.run.render.write_thumbnails", lambda: done.append("thumbnails"))
    stages.run("export", 1.0)
    assert done == [Path("newest.pt"), "thumbnails"]


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
