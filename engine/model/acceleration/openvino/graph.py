"""Compiles PyTorch modules into OpenVINO graphs, and keeps them on disk."""

from __future__ import annotations

import copy
import logging
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.model import torch_private
from engine.model.acceleration.engine_cache import engine_key
from engine.model.acceleration.int8.calibration import Ranges
from engine.model.acceleration.int8.quantization import (
    LARGEST,
    QMAX,
    QuantParams,
    largest_weight,
)
from engine.model.acceleration.openvino.modules import rearranged
from engine.model.acceleration.openvino.runtime import load_openvino
from engine.model.acceleration.openvino.target import OpenVinoTarget

if TYPE_CHECKING:
    import openvino


logger = logging.getLogger(__name__)


FORMAT = 5
"""Increase this whenever the same network results in another graph."""


DEVICE_NAME = "FULL_DEVICE_NAME"


TRACED = "__module."
"""Prefix of the names of traced layers."""


_one_trace_at_a_time = threading.Lock()  # PyTorch keeps names of layers in a global while it traces

SWITCH_S = 0.0005
"""How long a thread that traces may keep the interpreter from others. A running stream asks for it
dozens of times a frame; with Python's five milliseconds each, the picture would stand still.
"""


def compile_graph(
    network: nn.Module, example: Sequence[Tensor], unit: OpenVinoTarget
) -> openvino.CompiledModel:
    """The compiled graph of a network, read from disk if it is there."""
    core = load_openvino().Core()
    if unit.folder is None:
        return core.compile_model(_graph(network, example, unit), *unit.compile_options)
    key = engine_key(_made_with(core, example, unit), network, example)
    if (kept := unit.folder.find(key)) is not None:
        try:
            return core.import_model(kept.read_bytes(), *unit.compile_options)
        except Exception:  # OpenVINO has no common base for its errors
            logger.info("a kept OpenVINO graph does not fit, and is made anew", exc_info=True)
    compiled = core.compile_model(_graph(network, example, unit), *unit.compile_options)
    try:
        unit.folder.add(key, lambda path: _write(compiled, path))
    except OSError as error:
        logger.info("an OpenVINO graph cannot be kept: %s", error)
    return compiled


def _made_with(
    core: openvino.Core, example: Sequence[Tensor], unit: OpenVinoTarget
) -> list[object]:
    """Everything that a graph depends on apart from the network and its input shapes."""
    library = (FORMAT, load_openvino().__version__, core.get_property(unit.name, DEVICE_NAME))
    instructions = torch.backends.cpu.get_cpu_capability()  # "AMD EPYC" alone may be any of them
    layouts = [is_channels_last(tensor) for tensor in example]
    made = (*unit.compile_options, unit.dtype, sorted(unit.ranges.items()))
    return [*library, instructions, *made, layouts]


def _write(compiled: openvino.CompiledModel, path: Path) -> None:
    path.write_bytes(compiled.export_model().getvalue())


def _graph(network: nn.Module, example: Sequence[Tensor], unit: OpenVinoTarget) -> openvino.Model:
    """A network as a graph with PyTorch's types and layouts."""
    plain = rearranged(copy.deepcopy(network).float().eval())
    graph = _traced(plain, example)
    _round_inputs(graph, plain, unit.ranges)
    _set_io_layout(graph, example, unit.dtype)
    return graph


def _traced(network: nn.Module, example: Sequence[Tensor]) -> openvino.Model:
    """A graph of a network in float32."""
    given = tuple(t.float() if t.is_floating_point() else t for t in example)
    with _one_trace_at_a_time, _giving_way(), torch.no_grad(), warnings.catch_warnings():
        # shapes are fixed on purpose
        warnings.simplefilter("ignore", torch_private.TracerWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return load_openvino().convert_model(
            network, example_input=given, input=[list(tensor.shape) for tensor in given]
        )


@contextmanager
def _giving_way() -> Iterator[None]:
    """Let other threads have the interpreter sooner."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _round_inputs(graph: openvino.Model, network: nn.Module, ranges: Ranges) -> None:
    """Mark inputs and weights of the convolutions with known ranges as 8-bit."""
    operations = load_openvino().opset13
    for node in graph.get_ordered_ops():
        name = node.get_friendly_name().partition("/")[0].removeprefix(TRACED)
        if node.get_type_name() != "Convolution" or name not in ranges:
            continue
        grid = QuantParams.over(*ranges[name])
        ends = [np.float32(grid.scale * (end - grid.zero)) for end in (0, QMAX)]
        rounded = operations.fake_quantize(node.input_value(0), *ends, *ends, QMAX + 1)
        node.input(0).replace_source_output(rounded.output(0))
        weight = network.get_parameter(f"{name}.weight").detach()
        reach = weight.abs().amax(dim=(1, 2, 3), keepdim=True).clamp_min(1e-8).numpy()
        reach *= (
            LARGEST / largest_weight()
        )  # OpenVINO's own quantization, over the whole range of int8
        plain = operations.constant(weight.contiguous().numpy())
        rounded = operations.fake_quantize(plain, -reach, reach, -reach, reach, QMAX)
        node.input(1).replace_source_output(rounded.output(0))


def _set_io_layout(graph: openvino.Model, entering: Sequence[Tensor], dtype: torch.dtype) -> None:
    """Make inputs and results have PyTorch's types and layouts."""
    openvino = load_openvino()
    steps = openvino.preprocess.PrePostProcessor(graph)
    half = dtype is torch.bfloat16
    for index, tensor in enumerate(entering):
        if half and tensor.is_floating_point():
            steps.input(index).tensor().set_element_type(openvino.Type.bf16)
        if is_channels_last(tensor):
            steps.input(index).tensor().set_layout(openvino.Layout("NHWC"))
            steps.input(index).model().set_layout(openvino.Layout("NCHW"))
    for index, port in enumerate(graph.outputs):
        if half and port.element_type == openvino.Type.f32:
            steps.output(index).tensor().set_element_type(openvino.Type.bf16)
        if is_latent(port):
            steps.output(index).tensor().set_layout(openvino.Layout("NHWC"))
            steps.output(index).model().set_layout(openvino.Layout("NCHW"))
    steps.build()


def is_latent(port: openvino.Output) -> bool:
    """Whether this result is a latent (B, c, h, w), which stays channels last in memory."""
    return len(port.shape) == 4 and port.element_type != load_openvino().Type.u8


def is_channels_last(tensor: Tensor) -> bool:
    """Whether it is (B, C, h, w), channels last in memory."""
    by_pixel = tensor.dim() == 4 and tensor.is_contiguous(memory_format=torch.channels_last)
    return by_pixel and not tensor.is_contiguous()
