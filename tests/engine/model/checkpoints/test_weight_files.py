"""Hostile and odd files of weights: refused by one sentence each, within little memory."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.errors import ModelError
from engine.model.checkpoints.lora import UNET, read_loras
from engine.model.checkpoints.recognise import embedding_vectors, role_name
from engine.model.checkpoints.weight_files import Weights, metadata_of, open_weights

VECTORS = torch.ones(2, 768)


class Layers(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.to_q = nn.Linear(8, 8, bias=False)


def saved(value: object, folder: Path) -> Path:
    torch.save(value, folder / "x.pt")
    return folder / "x.pt"


def lora(folder: Path, alpha: str) -> Weights:
    pair = {
        "unet.to_q.lora_A.weight": torch.ones(4, 8),
        "unet.to_q.lora_B.weight": torch.ones(8, 4),
    }
    metadata = {"lora_adapter_metadata": f'{{"lora_alpha": {alpha}}}'}
    save_file(pair, folder / "x.safetensors", metadata)
    return open_weights(folder / "x.safetensors")


@pytest.mark.parametrize(
    "tensor",
    [
        torch.ones(1, 768).expand(8_000_000, 768),
        VECTORS.to_sparse(),
        VECTORS.to(torch.complex64),
        torch.ones(2, 768, device="meta"),
        torch.full((2, 768), torch.nan),
        torch.zeros(0, 768),
    ],
)
def test_a_tensor_that_no_embedding_has_is_refused(tensor: Tensor, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        embedding_vectors(saved({"emb_params": tensor}, tmp_path))


def test_a_single_number_is_no_embedding(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        embedding_vectors(saved({"x": torch.tensor(1.0)}, tmp_path))


def test_floats_of_eight_bits_are_read(tmp_path: Path) -> None:
    path = saved({"emb_params": VECTORS.to(torch.float8_e4m3fn)}, tmp_path)
    assert torch.equal(embedding_vectors(path).float(), VECTORS)


@pytest.mark.parametrize("name", ["a\ud800", "a\0b", 5000 * "x", "line\nbreak"])
def test_a_tensors_name_that_no_sentence_can_hold_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="a tensor in it is called") as caught:
        role_name(saved({f"{name}.lora_up.weight": VECTORS}, tmp_path))
    assert str(caught.value).isprintable()
    assert len(caught.value.message) < 500


@pytest.mark.parametrize("alpha", ["1" + 400 * "0", "1e308", "-1e308", "NaN", "Infinity"])
def test_an_alpha_beyond_all_bounds_is_refused(alpha: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="alpha is far too large"):
        read_loras(lora(tmp_path, alpha), {UNET: Layers()})


@pytest.mark.parametrize("alpha", ["true", '"x"', "[]", 5000 * "9", 90_000 * "["])
def test_an_alpha_that_is_no_number_counts_as_none(alpha: str, tmp_path: Path) -> None:
    found = read_loras(lora(tmp_path, alpha), {UNET: Layers()})[UNET]
    assert next(iter(found.additions.values())).alpha == 4


def test_metadata_nested_too_deeply_counts_as_none(tmp_path: Path) -> None:
    assert metadata_of(lora(tmp_path, 90_000 * "["), "lora_adapter_metadata") == {}


def test_a_zip_that_spans_disks_is_refused(tmp_path: Path) -> None:
    path = saved({"emb_params": VECTORS}, tmp_path)
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    second_of_two = struct.pack("<4sIQI", b"PK\x06\x07", 1, 0, 2)
    path.write_bytes(data[:end] + second_of_two + data[end:])
    with pytest.raises(ModelError, match="span multiple disks"):
        role_name(path)


def test_a_pickle_that_trips_an_assertion_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x/data.pkl", b"\x80\x02K\x03Q.")  # the storage's name is a number
        archive.writestr("x/version", b"3")
    with pytest.raises(ModelError, match="cannot be read"):
        role_name(path)
