"""LoRAs: fused as peft fuses them, taken out again to the last bit, refused where none fits."""

import copy
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.errors import ModelError
from engine.model.checkpoints.lora import TEXT, UNET, FusedLoras, Lora, read_loras
from engine.model.checkpoints.recognise import importable_role
from engine.model.checkpoints.weight_files import Read, Shape, open_weights
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model_store.components import Role
from tests.engine.model.styles.sd15.tiny import drawn, drawn_state, kohya_lora, small_text_encoder


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.to_q = nn.Linear(8, 8, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(8, 8)])


class Block(nn.Module):
    """Linear layers, a 3x3 and a 1x1 convolution, under names as in the UNet."""

    def __init__(self) -> None:
        super().__init__()
        self.attn1 = Attention()
        self.conv1 = nn.Conv2d(8, 16, 3, padding=1)
        self.proj_in = nn.Conv2d(8, 8, 1)

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.proj_in(x).movedim(1, -1)
        hidden = self.attn1.to_out[0](self.attn1.to_q(hidden)).movedim(-1, 1)
        result: Tensor = self.conv1(hidden)
        return result


TARGETS: dict[str, tuple[int, ...]] = {
    "attn1.to_q.weight": (8, 8),
    "attn1.to_out.0.weight": (8, 8),
    "conv1.weight": (16, 8, 3, 3),
    "proj_in.weight": (8, 8, 1, 1),
}


@pytest.fixture
def block() -> Block:
    block = Block()
    block.load_state_dict(drawn_state(block))
    return block


def kept(module: nn.Module) -> Read:
    """Reads the weights as they are now."""
    copies = {name: p.detach().clone() for name, p in module.named_parameters()}

    def read(name: str, _: Shape) -> Tensor:
        return copies[name]

    return read


def lora_for(block: Block, path: Path, seed: int = 70) -> Lora:
    kohya_lora(path, TARGETS, prefix="lora_unet_", seed=seed)
    return read_loras(open_weights(path), {UNET: block})[UNET]


def test_kohyas_names_find_every_layer(block: Block, tmp_path: Path) -> None:
    assert set(lora_for(block, tmp_path / "l.safetensors").additions) == set(TARGETS)


def test_a_fused_weight_is_the_formula(block: Block, tmp_path: Path) -> None:
    lora = lora_for(block, tmp_path / "l.safetensors")
    before = block.attn1.to_q.weight.detach().clone()
    FusedLoras(block, kept(block)).use([(lora, 0.7)])
    addition = lora.additions["attn1.to_q.weight"]
    expected = before + 0.7 * 0.5 * addition.up @ addition.down  # alpha is half the rank
    torch.testing.assert_close(block.attn1.to_q.weight.detach(), expected)


@torch.no_grad()
def test_fusing_equals_peft_at_every_kind_of_layer(block: Block, tmp_path: Path) -> None:
    config = LoraConfig(r=4, lora_alpha=6, target_modules=["to_q", "0", "conv1", "proj_in"])
    theirs = get_peft_model(copy.deepcopy(block), config)
    for index, (name, parameter) in enumerate(theirs.named_parameters()):
        if "lora_B" in name:  # peft begins with zeros here
            parameter.copy_(drawn(tuple(parameter.shape), index))
    named = {
        "unet." + name.removeprefix("base_model.model."): tensor
        for name, tensor in get_peft_model_state_dict(theirs).items()
    }
    notes = {"lora_adapter_metadata": '{"unet.r": 4, "unet.lora_alpha": 6}'}
    save_file(named, tmp_path / "peft.safetensors", metadata=notes)
    lora = read_loras(open_weights(tmp_path / "peft.safetensors"), {UNET: block})[UNET]
    x = drawn((2, 8, 6, 5), 3)
    expected = theirs(x)
    FusedLoras(block, kept(block)).use([(lora, 1.0)])
    torch.testing.assert_close(block(x), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_taking_out_gives_back_every_bit_after_many_changes(
    block: Block, tmp_path: Path, dtype: torch.dtype
) -> None:
    one = lora_for(block, tmp_path / "1.safetensors")
    two = lora_for(block, tmp_path / "2.safetensors", seed=99)
    block.to(dtype)
    before = {name: tensor.clone() for name, tensor in block.state_dict().items()}
    fused = FusedLoras(block, kept(block))
    for scale in (0.3, 1.0, -0.5):
        fused.use([(one, scale), (two, 1.0)])
        fused.use([(two, scale)])
    fused.use([])
    assert all(torch.equal(tensor, before[name]) for name, tensor in block.state_dict().items())


def test_several_at_once_add_up_and_the_order_does_not_matter(block: Block, tmp_path: Path) -> None:
    one = lora_for(block, tmp_path / "1.safetensors")
    two = lora_for(block, tmp_path / "2.safetensors", seed=99)
    fused = FusedLoras(block, kept(block))
    fused.use([(one, 0.5), (two, 1.0)])
    first = block.conv1.weight.detach().clone()
    fused.use([])
    fused.use([(two, 1.0), (one, 0.5)])
    torch.testing.assert_close(block.conv1.weight.detach(), first)


def test_only_what_changes_is_written(block: Block, tmp_path: Path) -> None:
    lora = lora_for(block, tmp_path / "1.safetensors")
    kohya_lora(
        tmp_path / "2.safetensors", {"conv1.weight": (16, 8, 3, 3)}, prefix="lora_unet_", seed=9
    )
    small = read_loras(open_weights(tmp_path / "2.safetensors"), {UNET: block})[UNET]
    fused = FusedLoras(block, kept(block))
    assert set(fused.changes([(lora, 1.0)])) == set(TARGETS)
    fused.use([(lora, 1.0)])
    assert fused.changes([(lora, 1.0)]) == []
    assert fused.changes([(lora, 1.0), (small, 1.0)]) == ["conv1.weight"]


def test_a_branch_leaves_the_trunk_as_it_is_and_shares_what_stays(
    block: Block, tmp_path: Path
) -> None:
    targets: dict[str, tuple[int, ...]] = {"conv1.weight": (16, 8, 3, 3)}
    kohya_lora(tmp_path / "l.safetensors", targets, prefix="lora_unet_")
    lora = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block})[UNET]
    trunk = FusedLoras(block, kept(block))
    before = {name: p.detach().clone() for name, p in block.named_parameters()}
    branch = trunk.branch()
    branch.use([(lora, 1.0)])
    for name, parameter in branch.module.named_parameters():
        assert torch.equal(block.get_parameter(name), before[name])
        assert (parameter is block.get_parameter(name)) is (name not in targets)


@pytest.mark.parametrize(
    "template",
    [
        "unet.attn1.to_q.lora_{}.weight",
        "unet.attn1.processor.to_q_lora.{}.weight",
        "unet.attn1.to_q.lora.{}.weight",
        "unet.attn1.to_q.lora_linear_layer.{}.weight",
        "lora_unet_attn1_to_q.lora_{}.weight",
        "base_model.model.attn1.to_q.lora_{}.weight",
        "base_model.model.unet.attn1.to_q.lora_{}.weight",
        "diffusion_model.attn1.to_q.lora_{}.weight",
        "model.diffusion_model.attn1.to_q.lora_{}.weight",
        "attn1.processor.to_q_lora.{}.weight",
    ],
)
def test_every_naming_of_one_layer_is_understood(
    block: Block, tmp_path: Path, template: str
) -> None:
    tensors = {
        template.format("down"): drawn((2, 8), 1),
        template.format("up"): drawn((8, 2), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    lora = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block})[UNET]
    assert set(lora.additions) == {"attn1.to_q.weight"}
    assert lora.additions["attn1.to_q.weight"].alpha == 2.0  # without one, the rank


def test_the_old_name_of_the_output_projection_is_understood(block: Block, tmp_path: Path) -> None:
    names = (
        "unet.attn1.processor.to_out_lora.down.weight",
        "unet.attn1.processor.to_out_lora.up.weight",
    )
    save_file({names[0]: drawn((2, 8), 1), names[1]: drawn((8, 2), 2)}, tmp_path / "l.safetensors")
    lora = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block})[UNET]
    assert set(lora.additions) == {"attn1.to_out.0.weight"}


@pytest.mark.parametrize("adapter", ["", ".default", ".my_style"])
def test_pefts_names_are_understood_with_an_adapters_name_and_without(
    block: Block, tmp_path: Path, adapter: str
) -> None:
    stem = "base_model.model.attn1.to_q"
    tensors = {
        f"{stem}.lora_A{adapter}.weight": drawn((2, 8), 1),
        f"{stem}.lora_B{adapter}.weight": drawn((8, 2), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    lora = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block})[UNET]
    assert set(lora.additions) == {"attn1.to_q.weight"}


ORIGINAL = {
    "input_blocks_1_1_transformer_blocks_0_attn1_to_q": (
        "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight"
    ),
    "middle_block_1_proj_in": "mid_block.attentions.0.proj_in.weight",
    "output_blocks_3_1_transformer_blocks_0_attn2_to_out_0": (
        "up_blocks.1.attentions.0.transformer_blocks.0.attn2.to_out.0.weight"
    ),
    "input_blocks_1_0_in_layers_2": "down_blocks.0.resnets.0.conv1.weight",
}


@pytest.mark.parametrize("template", ["lora_unet_{}", "diffusion_model.{}"])
@pytest.mark.parametrize(("layer", "ours"), ORIGINAL.items())
def test_the_layers_names_of_the_original_are_understood(
    tmp_path: Path, template: str, layer: str, ours: str
) -> None:
    with torch.device("meta"):
        unet = UNet(UNetConfig())
    shape = unet.get_parameter(ours).shape
    stem = template.format(layer if template.startswith("lora") else layer.replace("_", "."))
    stem = stem.replace("diffusion.model", "diffusion_model")
    for word in ("input", "middle", "output", "transformer"):
        stem = stem.replace(f"{word}.block", f"{word}_block")
    stem = stem.replace("to.out", "to_out").replace("to.q", "to_q").replace("proj.in", "proj_in")
    stem = stem.replace("in.layers", "in_layers") if "." in stem else stem
    tensors = {
        f"{stem}.lora_down.weight": drawn((2, *shape[1:]), 1),
        f"{stem}.lora_up.weight": drawn((shape[0], 2, *(1,) * len(shape[2:])), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    lora = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: unet})[UNET]
    assert set(lora.additions) == {ours}
    assert importable_role(tmp_path / "l.safetensors") == Role.LORA.value


def test_a_lora_without_a_place_is_refused_when_it_is_imported(tmp_path: Path) -> None:
    stem = "diffusion_model.blocks.0.self_attn.q"
    tensors = {
        f"{stem}.lora_down.weight": drawn((2, 8), 1),
        f"{stem}.lora_up.weight": drawn((8, 2), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    with pytest.raises(ModelError, match="no layer for diffusion_model"):
        importable_role(tmp_path / "l.safetensors")


@pytest.mark.parametrize(
    "prefix",
    [
        "lora_te_text_model_",
        "text_encoder.text_model.",
        "text_encoders.clip_l.transformer.text_model.",
        "base_model.model.text_model.",
    ],
)
def test_every_naming_of_the_text_encoder_is_understood(
    block: Block, tmp_path: Path, prefix: str
) -> None:
    layer = "encoder.layers.1.self_attn.q_proj"
    stem = prefix + (layer.replace(".", "_") if prefix.startswith("lora") else layer)
    tensors = {
        f"{stem}.lora_down.weight": drawn((2, 32), 1),
        f"{stem}.lora_up.weight": drawn((32, 2), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    modules = {UNET: block, TEXT: small_text_encoder()}
    [name] = read_loras(open_weights(tmp_path / "l.safetensors"), modules)[TEXT].additions
    assert name.endswith("encoder.layers.1.self_attn.q_proj.weight")


def test_the_text_encoder_has_its_share(block: Block, tmp_path: Path) -> None:
    encoder = small_text_encoder()
    stem = "lora_te_text_model_encoder_layers_1_self_attn_q_proj"
    tensors = {
        f"{stem}.lora_down.weight": drawn((2, 32), 1),
        f"{stem}.lora_up.weight": drawn((32, 2), 2),
    }
    save_file(tensors, tmp_path / "l.safetensors")
    loras = read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block, TEXT: encoder})
    [name] = loras[TEXT].additions
    assert name.endswith("encoder.layers.1.self_attn.q_proj.weight")
    assert not loras[UNET].additions


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"lora_unet_nowhere.lora_down.weight": (2, 8)}, "no layer"),
        ({"lora_unet_attn1_to_q.lora_down.weight": (2, 8)}, "only one"),
        ({"lora_unet_attn1_to_q.lora_mid.weight": (2, 2)}, "cannot be fused"),
        (
            {
                "lora_unet_attn1_to_q.lora_down.weight": (2, 9),
                "lora_unet_attn1_to_q.lora_up.weight": (8, 2),
            },
            "8 x 9, the layer 8 x 8",
        ),
        (
            {
                "lora_unet_attn1_to_q.lora_down.weight": (2, 8),
                "lora_unet_attn1_to_q.lora_up.weight": (8, 3),
            },
            "do not fit each other",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    block: Block, tmp_path: Path, tensors: dict[str, tuple[int, ...]], reason: str
) -> None:
    save_file({n: torch.zeros(s) for n, s in tensors.items()}, tmp_path / "l.safetensors")
    with pytest.raises(ModelError, match=reason):
        read_loras(open_weights(tmp_path / "l.safetensors"), {UNET: block})
