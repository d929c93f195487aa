"""A small model in the published layouts: loaded whole, changed in place, refused when broken."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.errors import ModelError
from engine.events import Progress, ProgressKind
from engine.model.checkpoints.key_mapping import is_motion
from engine.model.checkpoints.lora import TEXT, UNET
from engine.model.checkpoints.weight_files import Read, Shape, open_weights
from engine.model.network.mkldnn_packing import PackedConv2d
from engine.model.styles.sd15.loader import load_pipeline, weights_in
from engine.model.styles.sd15.model import SD15Model
from engine.model.styles.sd15.vae import FullAutoencoder, TinyAutoencoder
from engine.model_store.resolve import LoraFile, PipelineFiles
from tests.engine.model.checkpoints.test_key_mapping import Evil
from tests.engine.model.styles.sd15.tiny import (
    CONFIG,
    STYLE,
    Small,
    drawn,
    kohya_lora,
    motion,
    spatial,
    unet_state,
    write_motion,
    write_single_file,
    write_small_model,
)

CPU = torch.device("cpu")
Q = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return write_small_model(tmp_path_factory.mktemp("small"))


def loaded(files: PipelineFiles, dtype: torch.dtype = torch.float32) -> SD15Model:
    return load_pipeline(files, device=CPU, dtype=dtype)


def weight(model: SD15Model, name: str = Q) -> Tensor:
    return plain(model.unet.get_parameter(name))


def plain(tensor: Tensor) -> Tensor:
    """A weight's numbers, packed or not."""
    return tensor.to_dense() if tensor.is_mkldnn else tensor.detach().clone()


def lora(folder: Path, name: str = "l", seed: int = 70) -> LoraFile:
    return kohya_lora(folder / f"{name}.safetensors", {Q: (32, 32)}, prefix="lora_unet_", seed=seed)


def test_diffusers_folders_and_a_live2diff_file_make_the_network(small: Small) -> None:
    model = loaded(small.files)
    assert model.components.unet.config == CONFIG
    for name, parameter in model.components.unet.named_parameters():
        assert torch.equal(plain(parameter).view_as(small.state[name]), small.state[name]), name


def test_every_part_has_the_shapes_that_the_stream_needs(small: Small) -> None:
    model = loaded(small.files)
    pixels = drawn((2, 3, 64, 96), 1).clamp(-1, 1)
    latent = model.components.autoencoder.encode(pixels)
    assert latent.shape == (2, 4, 8, 12)
    assert model.components.autoencoder.decode(latent).shape == pixels.shape
    assert model.components.depth(pixels).shape == latent.shape
    assert model.encode_prompt("a fox").shape == (1, 77, 32)


def test_a_checkpoint_brings_its_own_network_text_and_autoencoder(
    small: Small, tmp_path: Path
) -> None:
    state = unet_state(500)
    write_single_file(tmp_path / "c.safetensors", spatial(state))
    style = replace(STYLE, own_autoencoder=True)
    model = loaded(replace(small.files, checkpoint=tmp_path / "c.safetensors", style=style))
    assert torch.equal(weight(model), state[Q])
    assert isinstance(model.components.autoencoder, FullAutoencoder)
    table = model.components.text.encoder.get_input_embeddings().weight
    stored = load_file(tmp_path / "c.safetensors")
    name = "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight"
    assert torch.equal(table, stored[name])
    for name, parameter in model.components.unet.named_parameters():
        if is_motion(name):
            assert torch.equal(plain(parameter).view_as(small.state[name]), small.state[name]), name


def test_a_checkpoint_without_text_leaves_the_bases(small: Small, tmp_path: Path) -> None:
    write_single_file(tmp_path / "c.safetensors", spatial(unet_state(500)))
    stored = load_file(tmp_path / "c.safetensors")
    kept = {n: t for n, t in stored.items() if not n.startswith(("cond_stage", "first_stage"))}
    save_file(kept, tmp_path / "c.safetensors")
    model = loaded(replace(small.files, checkpoint=tmp_path / "c.safetensors"))
    base = loaded(small.files)
    assert torch.equal(model.encode_prompt("a fox"), base.encode_prompt("a fox"))
    assert isinstance(model.components.autoencoder, TinyAutoencoder)


def test_the_full_autoencoder_of_the_base_is_scaled(small: Small) -> None:
    model = loaded(replace(small.files, style=replace(STYLE, own_autoencoder=True)))
    codec = model.components.autoencoder
    assert isinstance(codec, FullAutoencoder)
    pixels = drawn((1, 3, 32, 32), 3).clamp(-1, 1)
    expected = codec.network.encode(pixels).latent_dist.mode() * 0.18215
    torch.testing.assert_close(codec.encode(pixels), expected)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_precision_is_cast_while_loading(small: Small, dtype: torch.dtype) -> None:
    model = loaded(small.files, dtype)
    assert {p.dtype for p in model.components.unet.parameters()} == {dtype}
    assert torch.equal(weight(model), small.state[Q].to(dtype))


def test_convolutions_are_channels_last(small: Small) -> None:
    weights = loaded(small.files, torch.float16).unet.conv_out.weight  # not packed on a CPU
    assert weights.is_contiguous(memory_format=torch.channels_last)


def test_weights_are_packed_where_a_processor_gains_by_it(small: Small) -> None:
    assert isinstance(loaded(small.files).unet.conv_out, PackedConv2d)


def test_nothing_is_left_on_meta(small: Small) -> None:
    parts = loaded(small.files).components
    for module in (parts.unet, parts.text.encoder, parts.depth.network):
        tensors = [*module.parameters(), *module.buffers()]
        assert not any(tensor.is_meta for tensor in tensors)


def test_few_step_and_style_loras_are_fused_together(small: Small, tmp_path: Path) -> None:
    few, own = lora(tmp_path, "few"), lora(tmp_path, "own", 99)
    both = replace(small.files, few_step=few, loras=(replace(own, scale=0.7),))
    first = weight(loaded(replace(small.files, few_step=few))) - small.state[Q]
    second = weight(loaded(replace(small.files, loras=(own,)))) - small.state[Q]
    expected = small.state[Q] + first + 0.7 * second
    torch.testing.assert_close(weight(loaded(both)), expected, rtol=1e-4, atol=1e-5)


def test_a_change_of_style_reads_only_loras_and_leads_back_exactly(
    small: Small, tmp_path: Path
) -> None:
    model = loaded(small.files, torch.bfloat16)
    network, before = model.unet, weight(model)
    styled = replace(small.files, loras=(lora(tmp_path),), style=replace(STYLE, clip_skip=2))
    assert model.shares_base_with(styled)
    model.change_style(styled)
    assert not torch.equal(weight(model), before)
    assert model.components.text.clip_skip == 2
    changed = [n for n, p in model.unet.named_parameters() if p is not network.get_parameter(n)]
    assert changed == [Q]
    model.change_style(small.files)
    assert torch.equal(weight(model), before)


def test_the_old_styles_network_stays_as_it_was(small: Small, tmp_path: Path) -> None:
    model = loaded(small.files)
    old, before = model.unet, weight(model)
    model.change_style(replace(small.files, loras=(lora(tmp_path),)))
    assert model.unet is not old
    assert torch.equal(plain(old.get_parameter(Q)), before)


def test_two_recent_styles_stay_ready(small: Small, tmp_path: Path) -> None:
    one = replace(small.files, loras=(lora(tmp_path, "1"),))
    two = replace(small.files, loras=(lora(tmp_path, "2", 99),))
    model = loaded(one)
    first = model.unet
    model.change_style(two)
    second = model.unet
    model.change_style(one)
    assert model.unet is first
    model.change_style(small.files)
    model.change_style(one)
    assert model.unet is first
    model.change_style(two)
    assert model.unet is not second


def test_without_room_the_one_network_is_changed(small: Small, tmp_path: Path) -> None:
    full = loaded(small.files)
    originals = {UNET: reader(full.unet), TEXT: reader(full.components.text.encoder)}
    model = SD15Model(full.components, small.files, originals, has_memory=lambda _: False)
    network, before = model.unet, weight(model)
    model.change_style(replace(small.files, loras=(lora(tmp_path),)))
    assert model.unet is network
    assert not torch.equal(weight(model), before)
    model.change_style(small.files)
    assert torch.equal(weight(model), before)


def reader(module: nn.Module) -> Read:
    """Reads the weights as they are now."""
    copies = {name: plain(parameter) for name, parameter in module.named_parameters()}

    def read(name: str, _: Shape) -> Tensor:
        return copies[name]

    return read


def test_a_broken_lora_leaves_the_style_as_it_was(small: Small, tmp_path: Path) -> None:
    model = loaded(replace(small.files, loras=(lora(tmp_path),)))
    before = weight(model)
    (tmp_path / "bad.safetensors").write_bytes(b"no")
    with pytest.raises(ModelError):
        model.change_style(replace(small.files, loras=(LoraFile(tmp_path / "bad.safetensors"),)))
    assert torch.equal(weight(model), before)


def test_another_checkpoint_is_another_base(small: Small, tmp_path: Path) -> None:
    model = loaded(small.files)
    other = replace(small.files, checkpoint=tmp_path / "c.safetensors")
    assert not model.shares_base_with(other)
    with pytest.raises(ValueError, match="another base"):
        model.change_style(other)


def test_a_styles_learned_words_are_added(small: Small, tmp_path: Path) -> None:
    save_file({"emb_params": drawn((2, 32), 1)}, tmp_path / "fox.safetensors")
    model = loaded(replace(small.files, embeddings=(("fox", tmp_path / "fox.safetensors"),)))
    assert not torch.equal(model.encode_prompt("a fox"), loaded(small.files).encode_prompt("a fox"))


def test_progress_counts_every_tensor_of_every_network(small: Small) -> None:
    seen: list[Progress] = []
    load_pipeline(small.files, device=CPU, dtype=torch.float32, listener=seen.append)
    total = seen[-1].total
    assert {progress.kind for progress in seen} == {ProgressKind.LOADING_MODEL}
    assert [progress.done for progress in seen] == list(range(total + 1))
    files = small.files
    folders = (files.base / "text_encoder", files.autoencoder, files.depth)
    others = sum(len(open_weights(weights_in(folder)).shapes) for folder in folders)
    assert len(small.state) + others >= total > len(small.state) + others // 2


@pytest.mark.parametrize("part", ["depth", "taesd"])
def test_a_part_with_numbers_that_are_none_is_refused(
    small: Small, tmp_path: Path, part: str
) -> None:
    source = {"depth": small.files.depth, "taesd": small.files.autoencoder}[part]
    folder = tmp_path / part
    shutil.copytree(source, folder)
    [path] = [*folder.glob("*.bin"), *folder.glob("*.safetensors")]
    in_torch = path.suffix == ".bin"
    state = torch.load(path, weights_only=True) if in_torch else load_file(path)
    next(iter(state.values())).view(-1)[0] = float("nan")
    (torch.save if in_torch else save_file)(state, path)
    changed = replace(small.files, depth=folder), replace(small.files, autoencoder=folder)
    files = changed[part == "taesd"]
    with pytest.raises(ModelError, match="no numbers"):
        loaded(files)


def test_a_depth_file_with_code_is_refused(small: Small, tmp_path: Path) -> None:
    folder = tmp_path / "depth"
    shutil.copytree(small.files.depth, folder)
    torch.save({"weight": Evil(tmp_path / "trace")}, folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="program code"):
        loaded(replace(small.files, depth=folder))
    assert not (tmp_path / "trace").exists()


def test_a_checkpoint_may_be_a_torch_file(small: Small, tmp_path: Path) -> None:
    state = unet_state(500)
    write_single_file(tmp_path / "c.safetensors", spatial(state))
    content = {"state_dict": load_file(tmp_path / "c.safetensors"), "global_step": 7}
    torch.save(content, tmp_path / "c.ckpt")
    model = loaded(replace(small.files, checkpoint=tmp_path / "c.ckpt"))
    assert torch.equal(weight(model), state[Q])


def test_words_are_as_before_once_a_lora_of_the_text_encoder_is_out(
    small: Small, tmp_path: Path
) -> None:
    model = loaded(small.files, torch.bfloat16)
    before = model.encode_prompt("a fox")
    target = {"text_model_encoder_layers_1_mlp_fc1.weight": (64, 32)}
    styled = kohya_lora(tmp_path / "l.safetensors", target, prefix="lora_te_")
    model.change_style(replace(small.files, loras=(replace(styled, scale=8.0),)))
    assert not torch.equal(model.encode_prompt("a fox"), before)
    model.change_style(small.files)
    assert torch.equal(model.encode_prompt("a fox"), before)


def test_a_motion_file_that_lacks_a_tensor_is_refused(small: Small, tmp_path: Path) -> None:
    state = dict(small.state)
    name = next(iter(motion(state)))
    del state[name]
    write_motion(state, tmp_path / "m.ckpt")
    with pytest.raises(ModelError, match=name):
        loaded(replace(small.files, motion=tmp_path / "m.ckpt"))


def test_a_motion_file_with_a_stray_tensor_is_refused(small: Small, tmp_path: Path) -> None:
    state = small.state | {"motion_modules.stray.weight": torch.zeros(1)}
    write_motion(state, tmp_path / "m.ckpt")
    with pytest.raises(ModelError, match="stray"):
        loaded(replace(small.files, motion=tmp_path / "m.ckpt"))


def test_an_empty_folder_is_named(small: Small, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for files in (
        replace(small.files, depth=tmp_path / "empty"),
        replace(small.files, autoencoder=tmp_path / "empty"),
    ):
        with pytest.raises(ModelError, match="empty"):
            loaded(files)
