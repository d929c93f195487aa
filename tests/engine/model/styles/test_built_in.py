"""Broken files of the built-in model are refused in words that name the file and the field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from engine.model.styles.built_in import CONFIG, load_built_in
from tests.tiny_model import write_tiny_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model"))


def refused(folder: Path, text: str) -> str:
    """What is said of a `config.json` with this text; the file is restored."""
    path = folder / CONFIG
    good = path.read_text()
    path.write_text(text)
    try:
        with pytest.raises(ModelError) as told:
            load_built_in(folder, torch.device("cpu"), torch.float32)
    finally:
        path.write_text(good)
    return str(told.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null"])
def test_a_config_that_is_none_is_refused(folder: Path, text: str) -> None:
    assert CONFIG in refused(folder, text)


@pytest.mark.parametrize(
    ("network", "field", "value"),
    [
        ("unet", "layers_per_block", "many"),
        ("unet", "new_field", 1),
        ("autoencoder", "fine_blocks", None),
        ("style_table", "styles", 7),
    ],
)
def test_a_wrong_field_is_named(folder: Path, network: str, field: str, value: object) -> None:
    config = json.loads((folder / CONFIG).read_text())
    config[network][field] = value
    said = refused(folder, json.dumps(config))
    assert network in said
    assert field in said


def test_a_missing_network_is_named(folder: Path) -> None:
    config = json.loads((folder / CONFIG).read_text())
    del config["style_table"]
    assert "style_table" in refused(folder, json.dumps(config))


def test_sizes_that_do_not_fit_the_weights_are_refused(folder: Path) -> None:
    config = json.loads((folder / CONFIG).read_text())
    config["autoencoder"]["fine_channels"] = 16
    assert "expected" in refused(folder, json.dumps(config))
