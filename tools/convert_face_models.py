"""Converts MediaPipe's `face_landmarker.task` to the weights that ship with the program.

    python -m tools.convert_face_models face_landmarker.task resources/models/face

Needs OpenVINO, which reads the TFLite files in it. Layers stand in the files in the order in which
they are computed, and so do those of `engine.model.face.networks`.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.model.acceleration.openvino.runtime import load_openvino
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.model.face.weights import DETECTOR, FILE, MESH

if TYPE_CHECKING:
    import openvino

LAYERS = ("Convolution", "GroupConvolution", "PRelu")
TONGUE = 103
"""Which convolution of the face mesh tells whether the tongue is out; it is left out."""

Tensors = dict[str, Tensor]


def main() -> int:
    """Convert; 2 where the arguments are off."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    task, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as unpacked, zipfile.ZipFile(task) as archive:
        archive.extractall(unpacked)
        tensors = {
            **_named(DETECTOR, FaceDetector(), Path(unpacked, "face_detector.tflite")),
            **_named(MESH, FaceMesh(), Path(unpacked, "face_landmarks_detector.tflite"), (TONGUE,)),
        }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / FILE, {"licence": "Apache-2.0", "source": "MediaPipe, Google"})
    return 0


def _named(prefix: str, network: nn.Module, path: Path, skipped: Sequence[int] = ()) -> Tensors:
    """The file's numbers by our names, in half precision as they are in the file."""
    graph = load_openvino().Core().read_model(path)  # its nodes live no longer than it
    nodes = [node for node in graph.get_ordered_ops() if node.get_type_name() in LAYERS]
    convolutions = [node for node in nodes if node.get_type_name() != "PRelu"]
    slopes = iter([node for node in nodes if node.get_type_name() == "PRelu"])
    remaining = iter([node for index, node in enumerate(convolutions) if index not in skipped])
    named: Tensors = {}
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):
            node = next(remaining)
            (after,) = node.output(0).get_target_inputs()
            named[f"{prefix}.{name}.weight"] = _like(module.weight, node.input_value(1))
            named[f"{prefix}.{name}.bias"] = _like(module.bias, after.get_node().input_value(1))
        elif isinstance(module, nn.PReLU):
            named[f"{prefix}.{name}.weight"] = _like(module.weight, next(slopes).input_value(1))
    if list(remaining) or list(slopes):
        raise ValueError(f"{path.name} has more layers than {type(network).__name__}")
    return named


def _like(parameter: Tensor | None, value: openvino.Output) -> Tensor:
    """The value of a node's constant input, in a parameter's shape."""
    assert parameter is not None
    openvino = load_openvino()
    model = openvino.Model([openvino.opset13.result(value)], [], "constant")
    array = next(iter(openvino.compile_model(model, "CPU")().values()))
    return torch.from_numpy(np.array(array)).reshape(parameter.shape).half()


if __name__ == "__main__":
    sys.exit(main())
