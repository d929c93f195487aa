"""Low-rank additions to weights (LoRA, arXiv 2106.09685), fused, and removed again exactly.

    W' = W + scale (alpha / rank) B A,    A: (rank, inputs)  "down",    B: (outputs, rank)  "up"

The names of kohya (`lora_unet_...`), diffusers, peft (`base_model.model....`) and ComfyUI
(`diffusion_model....`) are understood, each with the layers' names of diffusers or with those of
the original Stable Diffusion.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.errors import ModelError
from engine.model.checkpoints.key_mapping import is_motion, original_unet
from engine.model.checkpoints.weight_files import Read, Weights, metadata_of
from engine.model.network.config import UNetConfig
from engine.model.network.mkldnn_packing import set_weight

UNET, TEXT = "unet", "text_encoder"
_WRAPPERS = re.compile(r"^((base_model|model|module)\.)+")
"""What peft, ComfyUI and parallel training put around a network."""
_PREFIXES = {
    "lora_unet_": UNET,
    "lora_te_": TEXT,
    "lora_te1_": TEXT,
    "unet.": UNET,
    "diffusion_model.": UNET,
    "text_encoder.": TEXT,
    "text_encoders.clip_l.transformer.": TEXT,
    "clip_l.transformer.": TEXT,
    "text_model.": TEXT,
    "": UNET,
}
"""The beginnings of layers' names, and where the layers are; a name without one is the UNet's."""
_SIDES = (
    (r"\.lora_down\.weight$|[._]lora\.down\.weight$|\.lora_A(\.[^.]+)?\.weight$", "down"),
    (r"\.lora_linear_layer\.down\.weight$", "down"),
    (r"\.lora_up\.weight$|[._]lora\.up\.weight$|\.lora_B(\.[^.]+)?\.weight$", "up"),
    (r"\.lora_linear_layer\.up\.weight$", "up"),
    (r"\.alpha$", "alpha"),
)


LARGEST_ALPHA = 1_000_000
"""Alpha is the rank or a small multiple of it."""


@dataclass(frozen=True, slots=True)
class LowRank:
    """What one LoRA adds to one weight. up: (outputs, rank), down: (rank, inputs)."""

    up: Tensor
    down: Tensor
    alpha: float

    def delta(self, scale: float) -> Tensor:
        """The product scale (alpha / rank) B A in float32: (outputs, inputs)."""
        return (self.up.float() @ self.down.float()) * (scale * self.alpha / self.down.shape[0])


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA for a network or a text encoder: its additions by parameter name."""

    additions: Mapping[str, LowRank]


WeightedLora = tuple[Lora, float]
"""A LoRA and its weight."""


def read_loras(weights: Weights, modules: Mapping[str, nn.Module]) -> dict[str, Lora]:
    """Read a LoRA's file.

    modules: the modules that it may change, by the names "unet" and "text_encoder". Raises
    ModelError naming a tensor that fits none of their layers.
    """
    pieces = _pieces(weights)
    known = {component: _module_names(module) for component, module in modules.items()}
    additions: dict[str, dict[str, LowRank]] = {component: {} for component in modules}
    for stem, sides in pieces.items():
        component, name = _target_name(weights, stem, known)
        if component in modules:
            addition = _low_rank(weights, stem, sides)
            _check_fit(weights, stem, addition, modules[component].get_parameter(name))
            additions[component][name] = addition
    return {component: Lora(found) for component, found in additions.items()}


def check_names(weights: Weights, modules: Mapping[str, nn.Module]) -> None:
    """Raise ModelError unless every addition of a LoRA's file has a layer in these modules. Only
    names are read; modules that are not given are taken on trust.
    """
    known = {component: _module_names(module) for component, module in modules.items()}
    for stem in _pieces(weights):
        _target_name(weights, stem, known)


class FusedLoras:
    """Keeps a module's weights at "originals plus these LoRAs".

    originals: reads a parameter as it was before any LoRA. To remove a LoRA, the original is read
    again, so the result is exact and nothing drifts however often styles change.
    """

    def __init__(self, module: nn.Module, originals: Read) -> None:
        self.module = module
        self._originals = originals
        self._fused: dict[str, tuple[tuple[LowRank, float], ...]] = {}

    def branch(self) -> FusedLoras:
        """A copy with its own module, which shares every weight until `use` changes it."""
        shared = {id(parameter): parameter for parameter in self.module.parameters()}
        branch = FusedLoras(copy.deepcopy(self.module, dict(shared)), self._originals)
        branch._fused = self._fused
        return branch

    def changes(self, loras: Sequence[WeightedLora]) -> list[str]:
        """The weights that would have to change for these."""
        wanted = _by_parameter(loras)
        names = wanted.keys() | self._fused.keys()
        return [n for n in names if not _same(wanted.get(n, ()), self._fused.get(n, ()))]

    @torch.no_grad()
    def use(self, loras: Sequence[WeightedLora]) -> None:
        """Fuse just these."""
        wanted = _by_parameter(loras)
        for name in self.changes(loras):
            self._rewrite(name, wanted.get(name, ()))
        self._fused = wanted

    def _rewrite(self, name: str, additions: Sequence[tuple[LowRank, float]]) -> None:
        parameter = self.module.get_parameter(name)
        original = self._originals(name, tuple(parameter.shape)).to(parameter.device)
        if not additions:
            set_weight(self.module, name, original)
            return
        total = original.float()
        for addition, scale in additions:
            total = total + addition.delta(scale).reshape(parameter.shape).to(total)
        set_weight(self.module, name, total)


def _same(one: Sequence[tuple[LowRank, float]], other: Sequence[tuple[LowRank, float]]) -> bool:
    """Whether additions and scales are identical; tensors are compared by identity."""
    if len(one) != len(other):
        return False
    return all(a is b and s == t for (a, s), (b, t) in zip(one, other, strict=True))


def _by_parameter(loras: Sequence[WeightedLora]) -> dict[str, tuple[tuple[LowRank, float], ...]]:
    found: dict[str, tuple[tuple[LowRank, float], ...]] = {}
    for lora, scale in loras:
        for name, addition in lora.additions.items():
            found[name] = (*found.get(name, ()), (addition, scale))
    return found


def _pieces(weights: Weights) -> dict[str, dict[str, str]]:
    """The file's tensor names by layer: {stem: {"down" | "up" | "alpha": name}}."""
    pieces: dict[str, dict[str, str]] = {}
    for name in weights.shapes:
        for pattern, side in _SIDES:
            match = re.search(pattern, name)
            if match:
                pieces.setdefault(name[: match.start()], {})[side] = name
                break
        else:
            raise _error(weights, f"{name} is of a kind that cannot be fused")
    return pieces


def _target_name(
    weights: Weights, stem: str, known: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    """The component that a layer's addition belongs to, and the parameter's name there."""
    name = _WRAPPERS.sub("", stem)
    for prefix, component in _PREFIXES.items():
        if not name.startswith(prefix):
            continue
        if component not in known:
            return component, ""
        layer = _canonical(name.removeprefix(prefix))
        if layer in known[component]:
            return component, known[component][layer]
    raise _error(weights, f"there is no layer for {stem}")


def _canonical(path: str) -> str:
    """One spelling for all: underscores throughout, without the names of wrappers."""
    path = re.sub(r"\.?processor\b", "", path).replace(".", "_").removeprefix("text_model_")
    return path.removesuffix("_base_layer")


def _module_names(module: nn.Module) -> dict[str, str]:
    """Every layer with a weight of two or more dimensions, by its canonical path."""
    names = [
        name for name, p in module.named_parameters() if name.endswith("weight") and p.ndim > 1
    ]
    found = {_canonical(name.removesuffix(".weight")): name for name in names}
    config = getattr(module, "config", None)
    if isinstance(config, UNetConfig):
        spatial = (name for name in names if not is_motion(name))
        known = ((original_unet(name, config), name) for name in spatial)
        found |= {_canonical(old.removesuffix(".weight")): name for old, name in known}
    # older files call the output projection `to_out` where the layer is `to_out.0`
    return {k.removesuffix("_0"): n for k, n in found.items() if k.endswith("to_out_0")} | found


def _low_rank(weights: Weights, stem: str, sides: Mapping[str, str]) -> LowRank:
    if not {"up", "down"} <= sides.keys():
        raise _error(weights, f"{stem} has only one of its two matrices")
    up, down = weights.read(sides["up"]).clone(), weights.read(sides["down"]).clone()
    rank = down.shape[0] if down.dim() > 1 and up.dim() > 1 else 0
    if rank == 0 or up.flatten(1).shape[1] != rank:
        raise _error(weights, f"the two matrices of {stem} do not fit each other")
    return LowRank(up.flatten(1), down.flatten(1), _alpha(weights, stem, sides, rank))


def _alpha(weights: Weights, stem: str, sides: Mapping[str, str], rank: int) -> float:
    if "alpha" not in sides:
        return _peft_alpha(weights, rank)
    alpha = weights.read(sides["alpha"])
    if alpha.numel() != 1:
        raise _error(weights, f"the alpha of {stem} is not one number")
    value = float(alpha)
    if not abs(value) <= LARGEST_ALPHA:
        raise _error(weights, "its alpha is far too large")
    return value


def _peft_alpha(weights: Weights, rank: int) -> float:
    """In peft's files alpha is in the metadata; without it, alpha equals the rank."""
    metadata = metadata_of(weights, "lora_adapter_metadata")
    alphas = [value for key, value in metadata.items() if key.endswith("lora_alpha")]
    alpha = alphas[0] if alphas else rank
    if isinstance(alpha, bool) or not isinstance(alpha, int | float):
        return float(rank)
    if not abs(alpha) <= LARGEST_ALPHA:
        raise _error(weights, "its alpha is far too large")
    return float(alpha)


def _check_fit(weights: Weights, stem: str, addition: LowRank, parameter: Tensor) -> None:
    wanted = (parameter.shape[0], math.prod(parameter.shape[1:]))
    found = (addition.up.shape[0], addition.down.shape[1])
    if wanted != found:
        raise _error(
            weights, f"{stem} is {found[0]} x {found[1]}, the layer {wanted[0]} x {wanted[1]}"
        )


def _error(weights: Weights, reason: str) -> ModelError:
    return ModelError(
        "The LoRA {file} does not fit: {reason}.",
        "Choose a LoRA made for Stable Diffusion 1.5.",
        file=weights.path.name,
        reason=reason,
    )
