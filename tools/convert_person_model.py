"""Converts MediaPipe's selfie segmentation to the weights that ship with the program.

    python -m tools.convert_person_model selfie_segmentation_landscape.tflite FOLDER

Needs the package `tflite`, which reads such files. Layers stand in the file in the order in which
they are computed, and so do those of `engine.model.person.network`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.model.person.network import PersonNetwork
from engine.model.person.weights import FILE

TRANSPOSED = b"Convolution2DTransposeBias"
"""MediaPipe's own operation, which has weights and bias as an ordinary convolution."""

Tensors = dict[str, Tensor]


def main() -> int:
    """Convert; 2 where the arguments are off."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    layers = list(_layers(path.read_bytes()))
    named = named_tensors(PersonNetwork(), layers)
    save_file(named, folder / FILE, {"licence": "Apache-2.0", "source": "MediaPipe, Google"})
    return 0


def named_tensors(network: nn.Module, layers: list[tuple[Tensor, Tensor]]) -> Tensors:
    """Weights (out, h, w, in) and biases in their order -> by our names, in half precision.

    Depthwise weights are (1, h, w, channels). Raises ValueError where they do not fit.
    """
    modules = [
        (name, module)
        for name, module in network.named_modules()
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d)
    ]
    if len(modules) != len(layers):
        raise ValueError(f"the file has {len(layers)} layers, the network {len(modules)}")
    named: Tensors = {}
    for (name, module), (weight, bias) in zip(modules, layers, strict=True):
        swapped = isinstance(module, nn.ConvTranspose2d) or module.groups > 1
        ordered = weight.permute((3, 0, 1, 2) if swapped else (0, 3, 1, 2)).contiguous()
        if ordered.shape != module.weight.shape:
            raise ValueError(f"{name} has another shape in the file: {tuple(ordered.shape)}")
        named[f"{name}.weight"], named[f"{name}.bias"] = ordered.half(), bias.half()
    return named


def _layers(content: bytes) -> Iterator[tuple[Tensor, Tensor]]:
    tflite = import_module("tflite")
    model = tflite.Model.GetRootAsModel(content, 0)
    graph = model.Subgraphs(0)
    kinds = tflite.BuiltinOperator
    stored: dict[int, int] = {}  # tensors that are stored in half precision, by what they become
    for index in range(graph.OperatorsLength()):
        operator = graph.Operators(index)
        code = model.OperatorCodes(operator.OpcodeIndex())
        kind = max(code.BuiltinCode(), code.DeprecatedBuiltinCode())
        if kind == kinds.DEQUANTIZE:
            stored[operator.Outputs(0)] = operator.Inputs(0)
        elif kind in (kinds.CONV_2D, kinds.DEPTHWISE_CONV_2D) or code.CustomCode() == TRANSPOSED:
            weight, bias = (operator.Inputs(place) for place in (1, 2))
            yield tuple(_tensor(model, graph, stored.get(part, part)) for part in (weight, bias))  # type: ignore[misc]


def _tensor(model: Any, graph: Any, index: int) -> Tensor:
    tensor = graph.Tensors(index)
    half = tensor.Type() == import_module("tflite").TensorType.FLOAT16
    content = model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes()
    values = np.frombuffer(content, np.float16 if half else np.float32)
    return torch.from_numpy(values.reshape(tensor.ShapeAsNumpy()).copy())


if __name__ == "__main__":
    sys.exit(main())
