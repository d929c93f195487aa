"""The built-in model by OpenVINO, an extra: on the processor in bytes, or on Intel graphics.

OpenVINO takes a whole pass as one graph, so that what stands between convolutions costs little. Its
graphs are made from the very network that PyTorch runs. On the processor what enters a convolution
is rounded to bytes, on the grids of `engine.model.int8`; on graphics all is in half precision. Not
yet run on Intel graphics by this project.
"""

from __future__ import annotations

import copy
import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from platformdirs import user_cache_path
from torch import Tensor, nn
from torch.jit._trace import TracerWarning

from engine.errors import DeviceError
from engine.model.accelerate import APP
from engine.model.autoencoder import SmallAutoencoder
from engine.model.beside import processor_threads
from engine.model.engines import EngineFolder, engine_key
from engine.model.folding import fold, for_folded, giving_folded, unfold
from engine.model.int8 import LARGEST, LEVELS, Grid, largest_weight
from engine.model.openvino_runtime import UNITS, load_openvino
from engine.model.pixels import normalised
from engine.model.prepared import Preparer
from engine.model.pure import PurePass
from engine.model.ranges import Ranges
from engine.model.stream import Recipe
from engine.model.unet import UNet

if TYPE_CHECKING:
    import openvino

logger = logging.getLogger(__name__)

FORMAT = 2
"""To be raised when a network's graph becomes another one."""

LARGEST_FOLDER = 500_000_000
"""Bytes of graphs that are kept; those of one picture's size have 7 million."""

PROCESSOR = "FULL_DEVICE_NAME"

TRACED = "__module."
"""What the names of traced layers begin with."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What computes, and how. name: "CPU" or "GPU". dtype: of the numbers that go in and out.

    ranges: of what enters the convolutions, by name; those are rounded to bytes. threads: of the
    processor. folder: where graphs are kept, which take seconds to make.
    """

    name: str
    dtype: torch.dtype
    ranges: Ranges
    threads: int
    folder: EngineFolder | None = None

    @staticmethod
    def of(accelerator: str, dtype: torch.dtype, ranges: Ranges) -> Unit:
        """What an accelerator of OpenVINO's means. Unlike PyTorch's, its threads do not wait for
        each other while busy: two graphs at work share all processors best.
        """
        name = UNITS[accelerator]
        folder = EngineFolder(user_cache_path(APP) / "openvino", LARGEST_FOLDER)
        return Unit(name, dtype, ranges if name == "CPU" else {}, processor_threads(), folder)

    @property
    def place(self) -> tuple[str, dict[str, Any]]:
        """Where a graph is to be compiled for, and how."""
        return self.name, self.settings

    @property
    def settings(self) -> dict[str, Any]:
        """For OpenVINO's compiler: one picture at a time, and that as soon as can be."""
        hints: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"}
        if self.name != "CPU":
            return {**hints, "INFERENCE_PRECISION_HINT": "f16"}
        precision = "bf16" if self.dtype is torch.bfloat16 else "f32"
        own = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": self.threads}
        # bound to processors, the threads of two graphs at work would share the first ones
        return {**hints, **own, "ENABLE_CPU_PINNING": False}


def openvino_finisher(unit: Unit) -> Callable[[Recipe], Recipe]:
    """Has a stream's network, and that of its structure input, worked out by OpenVINO."""

    def build(network: PurePass, inputs: tuple[Tensor, ...]) -> OpenVinoForm:
        return OpenVinoForm(network, inputs, unit)

    passes = Preparer(build)
    structure_net = cache(lambda unet: OpenVinoStructure(unet, unit))
    return lambda recipe: replace(passes(recipe), structure_net=structure_net(recipe.unet))


class OpenVinoForm:
    """A network's forward as one of OpenVINO's graphs, for inputs of an example's shapes."""

    def __init__(self, network: nn.Module, example: Sequence[Tensor], unit: Unit) -> None:
        openvino = load_openvino()
        compiled = _compiled(network, example, unit)
        self._by_pixel = [_lies_by_pixel(tensor) for tensor in example]
        self._request = compiled.create_infer_request()
        self._bound: list[Tensor | None] = [None] * len(example)
        self._results = []
        for index, port in enumerate(compiled.outputs):
            dtype = torch.uint8 if port.element_type == openvino.Type.u8 else unit.dtype
            result = torch.empty(tuple(port.shape), dtype=dtype)
            self._request.set_output_tensor(index, _shared(result))
            latent = _is_latent(port)
            self._results.append(result.permute(0, 3, 1, 2) if latent else result)

    def __call__(self, *tensors: Tensor) -> list[Tensor]:
        for index, (tensor, by_pixel) in enumerate(zip(tensors, self._by_pixel, strict=True)):
            given = tensor.permute(0, 2, 3, 1) if by_pixel else tensor
            if not _same_memory(given, self._bound[index]):
                given = given.contiguous()
                self._bound[index] = given
                self._request.set_input_tensor(index, _shared(given))
        self._request.infer()
        return [result.clone() for result in self._results]


class OpenVinoStructure:
    """The structure input's net for streamed frames, one at a time and on one thread."""

    def __init__(self, unet: UNet, unit: Unit) -> None:
        self._network, self._unit = _Structure(unet.flow_conv_in), unit
        self._forms: dict[torch.Size, OpenVinoForm] = {}

    def __call__(self, structure: Tensor) -> Tensor:
        if structure.shape not in self._forms:
            self._forms[structure.shape] = _form(self._network, (structure,), self._unit)
        return self._forms[structure.shape](structure)[0]


class _Structure(nn.Module):
    """A structure net by the name that it has in the whole network, and so in its ranges."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.unet = nn.ModuleDict({"flow_conv_in": net})

    def forward(self, structure: Tensor) -> Tensor:
        return self.unet["flow_conv_in"](structure)


class OpenVinoAutoencoder:
    """An `engine.model.style_model.Autoencoder` by OpenVINO; each shape has a graph of its own."""

    def __init__(self, network: SmallAutoencoder, unit: Unit) -> None:
        self._unit = unit
        self._encoding, self._decoding = _Encoding(network), _Decoding(network)
        self._forms: dict[tuple[nn.Module, tuple[torch.Size, ...]], OpenVinoForm] = {}

    def encode(self, levels: Tensor) -> Tensor:
        return self._run(self._encoding, _rows(fold(levels)))

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        seen = () if guide is None else (_rows(fold(guide)),)
        return unfold(self._run(self._decoding, latent, *seen).permute(0, 3, 1, 2))

    def _run(self, network: nn.Module, *tensors: Tensor) -> Tensor:
        key = network, tuple(tensor.shape for tensor in tensors)
        if key not in self._forms:
            self._forms[key] = _form(network, tensors, self._unit)
        return self._forms[key](*tensors)[0]


def _form(network: nn.Module, example: Sequence[Tensor], unit: Unit) -> OpenVinoForm:
    """A part that the stream cannot do without. Raises DeviceError."""
    try:
        return OpenVinoForm(network, example, unit)
    except Exception as error:
        raise DeviceError(
            "OpenVINO cannot take the built-in model: {reason}.",
            "Update OpenVINO or its driver, or choose another accelerator.",
            reason=str(error).partition("\n")[0],
        ) from error


class _Encoding(nn.Module):
    """Rows of folded pixels, (B, H/4, W/4, 48) bytes, to latents."""

    def __init__(self, autoencoder: SmallAutoencoder) -> None:
        super().__init__()
        self.autoencoder = copy.deepcopy(autoencoder)
        encoder = self.autoencoder.encoder
        encoder.conv_in = for_folded(encoder.conv_in)

    def forward(self, rows: Tensor) -> Tensor:
        picture = normalised(rows.permute(0, 3, 1, 2), torch.float32)
        return self.autoencoder.encoder.read(picture)


class _Decoding(nn.Module):
    """Latents and the input's rows of folded pixels to the result's."""

    def __init__(self, autoencoder: SmallAutoencoder) -> None:
        super().__init__()
        self.autoencoder = copy.deepcopy(autoencoder)
        decoder = self.autoencoder.decoder
        decoder.conv_guide = for_folded(decoder.conv_guide)
        decoder.conv_out = _giving_levels(giving_folded(decoder.conv_out))

    def forward(self, latent: Tensor, rows: Tensor | None = None) -> Tensor:
        seen = None if rows is None else normalised(rows.permute(0, 3, 1, 2), torch.float32)
        levels = self.autoencoder.decoder.draw(latent, seen).round().clamp(0.0, 255.0)
        return levels.to(torch.uint8).permute(0, 2, 3, 1)


def _giving_levels(conv: nn.Conv2d) -> nn.Conv2d:
    """From -1..1 to levels by the last layer's own numbers: done behind it, OpenVINO would take
    both for one, which is no longer the layer of known ranges.
    """
    assert conv.bias is not None
    conv.weight.data *= 127.5
    conv.bias.data = (conv.bias.data + 1.0) * 127.5
    return conv


class _ChannelsLastGroupNorm(nn.Module):
    """`nn.GroupNorm` channel by channel: for groups a graph turns pictures there and back."""

    def __init__(self, norm: nn.GroupNorm) -> None:
        super().__init__()
        self._groups, self._eps = norm.num_groups, norm.eps
        self.weight, self.bias = (p[None, :, None, None] for p in norm.parameters())

    def forward(self, x: Tensor) -> Tensor:
        centred = x - self._mean(x)
        scale = self.weight * torch.rsqrt(self._mean(centred * centred) + self._eps)
        return centred * scale + self.bias

    def _mean(self, x: Tensor) -> Tensor:
        """(B, C, h, w) -> each channel's group's, (B, C, 1, 1)."""
        by_group = x.mean((2, 3)).unflatten(1, (self._groups, -1))
        mean = by_group.mean(2, keepdim=True).expand_as(by_group)
        return mean.flatten(1)[:, :, None, None]


def _with_norms_by_channel(network: nn.Module) -> nn.Module:
    """Changes the network given."""
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.GroupNorm):
            network.set_submodule(name, _ChannelsLastGroupNorm(module))
    return network


def _rows(levels: Tensor) -> Tensor:
    """(B, C, h, w) -> (B, h, w, C), as it lies in memory."""
    return levels.permute(0, 2, 3, 1)


def _compiled(network: nn.Module, example: Sequence[Tensor], unit: Unit) -> openvino.CompiledModel:
    """Made anew, or as it was kept."""
    core = load_openvino().Core()
    if unit.folder is None:
        return core.compile_model(_graph(network, example, unit), *unit.place)
    key = engine_key(_made_with(core, example, unit), network, example)
    if (kept := unit.folder.find(key)) is not None:
        return core.import_model(kept.read_bytes(), *unit.place)
    compiled = core.compile_model(_graph(network, example, unit), *unit.place)
    try:
        unit.folder.add(key, lambda path: _write(compiled, path))
    except OSError as error:
        logger.warning("a graph of OpenVINO's cannot be kept: %s", error)
    return compiled


def _made_with(core: openvino.Core, example: Sequence[Tensor], unit: Unit) -> list[object]:
    """What a graph depends on beside the network and the shapes that it takes."""
    library = (FORMAT, load_openvino().__version__, core.get_property(unit.name, PROCESSOR))
    layouts = [_lies_by_pixel(tensor) for tensor in example]
    return [*library, *unit.place, unit.dtype, sorted(unit.ranges.items()), layouts]


def _write(compiled: openvino.CompiledModel, path: Path) -> None:
    path.write_bytes(compiled.export_model().getvalue())


def _graph(network: nn.Module, example: Sequence[Tensor], unit: Unit) -> openvino.Model:
    """A network as a graph that takes and gives what PyTorch has."""
    plain = _with_norms_by_channel(copy.deepcopy(network).float().eval())
    graph = _traced(plain, example)
    _round_inputs(graph, plain, unit.ranges)
    _take(graph, example, unit.dtype)
    return graph


def _traced(network: nn.Module, example: Sequence[Tensor]) -> openvino.Model:
    """A graph of a network in float32."""
    given = tuple(t.float() if t.is_floating_point() else t for t in example)
    with torch.no_grad(), warnings.catch_warnings():
        # shapes are fixed on purpose
        warnings.simplefilter("ignore", TracerWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return load_openvino().convert_model(
            network, example_input=given, input=[list(tensor.shape) for tensor in given]
        )


def _round_inputs(graph: openvino.Model, network: nn.Module, ranges: Ranges) -> None:
    """Mark what enters the convolutions of known ranges, and their weights, as bytes."""
    operations = load_openvino().opset13
    for node in graph.get_ordered_ops():
        name = node.get_friendly_name().partition("/")[0].removeprefix(TRACED)
        if node.get_type_name() != "Convolution" or name not in ranges:
            continue
        grid = Grid.over(*ranges[name])
        ends = [np.float32(grid.scale * (end - grid.zero)) for end in (0, LEVELS)]
        rounded = operations.fake_quantize(node.input_value(0), *ends, *ends, LEVELS + 1)
        node.input(0).replace_source_output(rounded.output(0))
        weight = network.get_parameter(f"{name}.weight").detach()
        reach = weight.abs().amax(dim=(1, 2, 3), keepdim=True).clamp_min(1e-8).numpy()
        reach *= LARGEST / largest_weight()  # the grid is OpenVINO's, of bytes as they are
        plain = operations.constant(weight.contiguous().numpy())
        rounded = operations.fake_quantize(plain, -reach, reach, -reach, reach, LEVELS)
        node.input(1).replace_source_output(rounded.output(0))


def _take(graph: openvino.Model, entering: Sequence[Tensor], dtype: torch.dtype) -> None:
    """Let numbers go in and out in the type, and go in by the layout, that PyTorch has them in."""
    openvino = load_openvino()
    steps = openvino.preprocess.PrePostProcessor(graph)
    half = dtype is torch.bfloat16
    for index, tensor in enumerate(entering):
        if half and tensor.is_floating_point():
            steps.input(index).tensor().set_element_type(openvino.Type.bf16)
        if _lies_by_pixel(tensor):
            steps.input(index).tensor().set_layout(openvino.Layout("NHWC"))
            steps.input(index).model().set_layout(openvino.Layout("NCHW"))
    for index, port in enumerate(graph.outputs):
        if half and port.element_type == openvino.Type.f32:
            steps.output(index).tensor().set_element_type(openvino.Type.bf16)
        if _is_latent(port):
            steps.output(index).tensor().set_layout(openvino.Layout("NHWC"))
            steps.output(index).model().set_layout(openvino.Layout("NCHW"))
    steps.build()


def _is_latent(port: openvino.Output) -> bool:
    """Whether a graph gives (B, c, h, w) numbers there: they come as they lie, by pixel."""
    return len(port.shape) == 4 and port.element_type != load_openvino().Type.u8


def _lies_by_pixel(tensor: Tensor) -> bool:
    """Whether it is a picture with the channels of a pixel side by side."""
    by_pixel = tensor.dim() == 4 and tensor.is_contiguous(memory_format=torch.channels_last)
    return by_pixel and not tensor.is_contiguous()


def _same_memory(tensor: Tensor, bound: Tensor | None) -> bool:
    """Whether a tensor needs no binding. What is bound is kept, so its place is nobody else's."""
    return bound is not None and tensor.is_contiguous() and tensor.data_ptr() == bound.data_ptr()


def _shared(tensor: Tensor) -> openvino.Tensor:
    """OpenVINO's view of the same memory, which it does not keep alive."""
    openvino = load_openvino()
    if tensor.dtype is not torch.bfloat16:
        return openvino.Tensor(tensor.numpy(), shared_memory=True)
    bits = tensor.view(torch.int16).numpy()
    return openvino.Tensor(bits, openvino.Shape(list(tensor.shape)), openvino.Type.bf16)
