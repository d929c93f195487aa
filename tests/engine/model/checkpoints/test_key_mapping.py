"""Foreign files: read by name and shape, recognised by kind, refused by name."""

import json
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from engine.errors import ModelError
from engine.model.checkpoints.key_mapping import motion_tensors, original_unet, unet_tensors
from engine.model.checkpoints.recognise import embedding_vectors, recognise, role_name
from engine.model.checkpoints.weight_files import open_weights
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model_store.components import Role
from tests.engine.model.styles.sd15.tiny import (
    CONFIG,
    kohya_lora,
    motion,
    spatial,
    unet_state,
    write_motion,
    write_single_file,
)


@pytest.fixture(scope="module")
def state() -> dict[str, Tensor]:
    return unet_state()


@pytest.fixture(scope="module")
def single_file(state: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "checkpoint.safetensors"
    write_single_file(path, spatial(state))
    return path


def test_the_original_names_of_stable_diffusion() -> None:
    names = {
        "down_blocks.1.attentions.0.proj_in.weight": "input_blocks.4.1.proj_in.weight",
        "down_blocks.0.downsamplers.0.conv.bias": "input_blocks.3.0.op.bias",
        "mid_block.resnets.1.conv_shortcut.weight": "middle_block.2.skip_connection.weight",
        "up_blocks.0.upsamplers.0.conv.weight": "output_blocks.2.1.conv.weight",
        "up_blocks.1.upsamplers.0.conv.weight": "output_blocks.5.2.conv.weight",
        "up_blocks.3.resnets.2.time_emb_proj.bias": "output_blocks.11.0.emb_layers.1.bias",
        "time_embedding.linear_2.weight": "time_embed.2.weight",
    }
    assert {ours: original_unet(ours, UNetConfig()) for ours in names} == names


def test_no_two_parameters_share_an_original_name() -> None:
    with torch.device("meta"):
        ours = list(spatial(dict(UNet(UNetConfig()).named_parameters())))
    assert len(ours) == 686  # as many as Stable Diffusion 1.5's UNet has
    assert len({original_unet(name, UNetConfig()) for name in ours}) == len(ours)


def test_a_single_file_gives_every_spatial_tensor(
    state: dict[str, Tensor], single_file: Path
) -> None:
    tensors = unet_tensors(open_weights(single_file), CONFIG)
    for name, tensor in spatial(state).items():
        torch.testing.assert_close(tensors.read(name, tuple(tensor.shape)), tensor)
    tensors.check_all_read("model.diffusion_model.")


def test_a_live2diff_file_gives_every_motion_tensor(
    state: dict[str, Tensor], tmp_path: Path
) -> None:
    write_motion(state, tmp_path / "live2diff.ckpt")
    tensors = motion_tensors(open_weights(tmp_path / "live2diff.ckpt"))
    for name, tensor in motion(state).items():
        torch.testing.assert_close(tensors.read(name, tuple(tensor.shape)), tensor)


def test_other_positions_are_refused(state: dict[str, Tensor], tmp_path: Path) -> None:
    path = tmp_path / "live2diff.ckpt"
    write_motion(state, path)
    content = torch.load(path, weights_only=True)
    name = next(name for name in content["state_dict"] if name.endswith("pe"))
    content["state_dict"][name] += 0.1
    torch.save(content, path)
    with pytest.raises(ModelError, match="other positions"):
        motion_tensors(open_weights(path))


def test_a_missing_a_misshapen_and_an_unexpected_tensor_are_named(
    state: dict[str, Tensor], tmp_path: Path
) -> None:
    wrong = spatial(state)
    del wrong["conv_in.bias"]
    wrong["conv_out.bias"] = torch.zeros(5)
    wrong["surprise.weight"] = torch.zeros(1)
    save_file(wrong, tmp_path / "unet.safetensors")
    tensors = unet_tensors(open_weights(tmp_path / "unet.safetensors"), CONFIG)
    with pytest.raises(ModelError, match=r"lacks conv_in\.bias"):
        tensors.read("conv_in.bias", (32,))
    with pytest.raises(ModelError, match=r"conv_out\.bias has the shape \[5\], not \[4\]"):
        tensors.read("conv_out.bias", (4,))
    for name, tensor in wrong.items():
        if name not in {"surprise.weight", "conv_out.bias"}:
            tensors.read(name, tuple(tensor.shape))
    with pytest.raises(ModelError, match=r"conv_out\.bias and 1 more"):
        tensors.check_all_read()


def test_each_kind_of_file_is_recognised(
    state: dict[str, Tensor], single_file: Path, tmp_path: Path
) -> None:
    write_motion(state, tmp_path / "m.ckpt")
    kohya_lora(tmp_path / "l.safetensors", {"conv_in.weight": (32, 4, 3, 3)}, prefix="lora_unet_")
    save_file({"emb_params": torch.zeros(2, 32)}, tmp_path / "e.safetensors")
    torch.save({"string_to_param": {"*": torch.zeros(2, 32)}, "name": "x"}, tmp_path / "e.pt")
    assert role_name(single_file) == Role.CHECKPOINT.value
    assert role_name(tmp_path / "m.ckpt") == Role.MOTION.value
    assert role_name(tmp_path / "l.safetensors") == Role.LORA.value
    assert role_name(tmp_path / "e.safetensors") == Role.EMBEDDING.value
    assert role_name(tmp_path / "e.pt") == Role.EMBEDDING.value


def test_an_embedding_gives_its_vectors(tmp_path: Path) -> None:
    torch.save({"string_to_param": {"*": torch.ones(2, 32)}}, tmp_path / "e.pt")
    assert embedding_vectors(tmp_path / "e.pt").tolist() == torch.ones(2, 32).tolist()


_UNET = "model.diffusion_model."


@pytest.mark.parametrize(
    ("name", "shape", "family"),
    [
        (f"{_UNET}joint_blocks.0.x_block.attn.qkv.weight", (2, 2), "Stable Diffusion 3"),
        ("conditioner.embedders.1.model.ln_final.weight", (2,), "Stable Diffusion XL"),
        ("lora_te2_text_model_encoder_layers_0_mlp_fc1.alpha", (1,), "Stable Diffusion XL"),
        ("lora_unet_x_attn2_to_k.lora_down.weight", (4, 2048), "Stable Diffusion XL"),
        ("cond_stage_model.model.ln_final.weight", (2,), "Stable Diffusion 2"),
        ("unet.x.attn2.to_k.lora_A.weight", (4, 1024), "Stable Diffusion 2"),
        ("double_blocks.0.img_attn.qkv.weight", (2, 2), "Flux"),
        ("transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight", (2, 2), "Flux"),
        (f"{_UNET}input_blocks.0.0.weight", (320, 9, 3, 3), "inpainting"),
        ("lora_unet_x.hada_w1_a", (2, 2), "LoHa"),
        ("something.else", (2, 2), "nothing"),
    ],
)
def test_another_family_is_refused_by_name(
    tmp_path: Path, name: str, shape: tuple[int, ...], family: str
) -> None:
    save_file({name: torch.zeros(shape)}, tmp_path / "x.safetensors")
    with pytest.raises(ModelError, match=family):
        role_name(tmp_path / "x.safetensors")


def test_a_truncated_file_is_refused(single_file: Path, tmp_path: Path) -> None:
    whole = single_file.read_bytes()
    for length in (0, 5, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "x.safetensors").write_bytes(whole[:length])
        with pytest.raises(ModelError):
            role_name(tmp_path / "x.safetensors")


def test_a_truncated_torch_file_is_refused(state: dict[str, Tensor], tmp_path: Path) -> None:
    write_motion(state, tmp_path / "m.ckpt")
    whole = (tmp_path / "m.ckpt").read_bytes()
    (tmp_path / "m.ckpt").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError):
        role_name(tmp_path / "m.ckpt")


class Evil:
    """Unpickling this would write a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.write_text, (self.target, "executed"))


def test_a_pickle_with_code_is_refused_and_not_executed(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    torch.save({"state_dict": Evil(trace)}, tmp_path / "evil.ckpt")
    with pytest.raises(ModelError, match="program code"):
        role_name(tmp_path / "evil.ckpt")
    (tmp_path / "old.ckpt").write_bytes(pickle.dumps(Evil(trace)))
    with pytest.raises(ModelError):
        recognise(tmp_path / "old.ckpt")
    assert not trace.exists()


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.ckpt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 100_000_000)
    with pytest.raises(ModelError, match="swell"):
        role_name(tmp_path / "bomb.ckpt")


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    save_file({"emb_params": torch.tensor([[1.0, float("nan")]])}, tmp_path / "x.safetensors")
    with pytest.raises(ModelError, match="emb_params"):
        embedding_vectors(tmp_path / "x.safetensors")


def test_a_header_that_lies_about_its_length_is_refused(tmp_path: Path) -> None:
    header = json.dumps({"x": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}})
    content = len(header).to_bytes(8, "little") + header.encode() + bytes(100)
    (tmp_path / "x.safetensors").write_bytes(content)
    with pytest.raises(ModelError):
        role_name(tmp_path / "x.safetensors")


def test_a_tensor_larger_than_what_is_stored_is_refused_unread(tmp_path: Path) -> None:
    repeated = torch.zeros(1).expand(8_000_000, 768)  # 24 GB out of four bytes
    torch.save({"emb_params": repeated}, tmp_path / "e.pt")
    assert (tmp_path / "e.pt").stat().st_size < 5000
    with pytest.raises(ModelError, match="swell"):
        role_name(tmp_path / "e.pt")


def test_a_long_program_is_refused_unrun(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "long.ckpt", "w") as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02" + b"}0" * 1_000_000 + b"}.")
    with pytest.raises(ModelError, match="swell"):
        role_name(tmp_path / "long.ckpt")


@pytest.mark.parametrize(
    "name", ["emb_params", "attn2.to_k.weight", "model.diffusion_model.input_blocks.0.0.weight"]
)
def test_a_tensor_without_dimensions_is_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.safetensors"
    save_file({name: torch.tensor(1.0), "other": torch.tensor(2.0)}, path)
    with pytest.raises(ModelError, match=r"x\.safetensors"):
        embedding_vectors(path)


def test_positions_without_dimensions_are_others(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    save_file({"down_blocks.0.motion_modules.0.pos_encoder.pe": torch.tensor(1.0)}, path)
    with pytest.raises(ModelError, match="other positions"):
        motion_tensors(open_weights(path))


def test_a_zip_in_several_parts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.ckpt", "w") as archive:
        archive.writestr("archive/data.pkl", b"}.")
    whole = bytearray((tmp_path / "x.ckpt").read_bytes())
    end = whole.rindex(b"PK\x05\x06")
    whole[end + 4 : end + 8] = b"\x02\x00\x01\x00"
    locator = b"PK\x06\x07" + (1).to_bytes(4, "little") + bytes(8) + (3).to_bytes(4, "little")
    (tmp_path / "x.ckpt").write_bytes(bytes(whole[:end]) + locator + bytes(whole[end:]))
    with pytest.raises(ModelError):
        role_name(tmp_path / "x.ckpt")
