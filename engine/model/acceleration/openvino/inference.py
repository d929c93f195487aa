"""The built-in model's networks as OpenVINO graphs.

OpenVINO compiles a whole forward as one graph, so the work between convolutions costs little.
The graphs are made from the network that PyTorch runs. On the CPU the input of a convolution is
rounded to 8 bits, as in `engine.model.acceleration.int8.quantization`; on GPUs everything is in
half precision. This project has not run it on an Intel GPU yet.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.errors import DeviceError
from engine.model.acceleration.int8.space_to_depth import depth_to_space, in_strips
from engine.model.acceleration.openvino.graph import compile_graph, is_channels_last, is_latent
from engine.model.acceleration.openvino.modules import (
    Decoding,
    Encoding,
    StructureModule,
)
from engine.model.acceleration.openvino.runtime import load_openvino
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.network.autoencoder import FOLD, SmallAutoencoder
from engine.model.network.unet import UNet

if TYPE_CHECKING:
    import openvino


NOWHERE: tuple[int, tuple[int, ...]] = (0, ())
"""Of an input that was copied: address and strides."""


class OpenVinoCallable:
    """A network's forward as an OpenVINO graph, for inputs with the shapes of an example.

    Callable from any thread, one after another: a picture beside a stream uses the stream's graphs.
    """

    def __init__(self, network: nn.Module, example: Sequence[Tensor], unit: OpenVinoTarget) -> None:
        openvino = load_openvino()
        compiled = compile_graph(network, example, unit)
        self._by_pixel = [is_channels_last(tensor) for tensor in example]
        self._request = compiled.create_infer_request()
        self._one_at_a_time = threading.Lock()
        self._bound: list[Tensor | None] = [None] * len(example)
        self._places = [NOWHERE] * len(example)
        self._results = []
        for index, port in enumerate(compiled.outputs):
            dtype = torch.uint8 if port.element_type == openvino.Type.u8 else unit.dtype
            result = torch.empty(tuple(port.shape), dtype=dtype)
            self._request.set_output_tensor(index, _shared(result))
            latent = is_latent(port)
            self._results.append(result.permute(0, 3, 1, 2) if latent else result)

    def __call__(self, *tensors: Tensor) -> list[Tensor]:
        with self._one_at_a_time:
            self._bind(tensors)
            self._request.infer()
            return [result.clone() for result in self._results]

    def _bind(self, tensors: Sequence[Tensor]) -> None:
        """Bound tensors are kept alive, so memory is not reused for another one."""
        for index, (tensor, by_pixel) in enumerate(zip(tensors, self._by_pixel, strict=True)):
            place = tensor.data_ptr(), tensor.stride()
            if place == self._places[index]:
                continue
            lies = tensor.permute(0, 2, 3, 1) if by_pixel else tensor
            given = lies.contiguous()
            self._bound[index] = given
            self._places[index] = place if given is lies else NOWHERE
            self._request.set_input_tensor(index, _shared(given))


class OpenVinoStructure:
    """The structure encoder for streamed frames, one at a time and on one thread."""

    def __init__(self, unet: UNet, unit: OpenVinoTarget) -> None:
        self._network, self._unit = StructureModule(unet.flow_conv_in), unit
        self._graphs: dict[torch.Size, OpenVinoCallable] = {}

    def __call__(self, structure: Tensor) -> Tensor:
        if structure.shape not in self._graphs:
            self._graphs[structure.shape] = _callable(self._network, (structure,), self._unit)
        return self._graphs[structure.shape](structure)[0]


class OpenVinoAutoencoder:
    """An `engine.model.styles.style_model.Autoencoder`; each input shape has its own graph."""

    def __init__(self, network: SmallAutoencoder, unit: OpenVinoTarget) -> None:
        self._unit = unit
        self._encoding, self._decoding = Encoding(network), Decoding(network)
        self._parts = [FOLD**2 * channels for channels in network.config.painted_parts]
        self._graphs: dict[tuple[nn.Module, tuple[torch.Size, ...]], OpenVinoCallable] = {}

    def encode(self, image_u8: Tensor) -> Tensor:
        return self._run(self._encoding, in_strips(image_u8))

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        seen = [in_strips(image) for image in (guide, before) if image is not None]
        folded = self._run(self._decoding, latent, *seen).permute(0, 3, 1, 2)
        return tuple(depth_to_space(part) for part in folded.split(self._parts, dim=1))

    def _run(self, network: nn.Module, *tensors: Tensor) -> Tensor:
        key = network, tuple(tensor.shape for tensor in tensors)
        if key not in self._graphs:
            self._graphs[key] = _callable(network, tensors, self._unit)
        return self._graphs[key](*tensors)[0]


def _callable(
    network: nn.Module, example: Sequence[Tensor], unit: OpenVinoTarget
) -> OpenVinoCallable:
    """A graph that a stream requires. Raises DeviceError."""
    try:
        return OpenVinoCallable(network, example, unit)
    except Exception as error:
        raise DeviceError(
            "OpenVINO cannot compile the built-in model: {reason}.",
            "Update OpenVINO or its driver, or choose another accelerator.",
            reason=str(error).partition("\n")[0],
        ) from error


def _shared(tensor: Tensor) -> openvino.Tensor:
    """OpenVINO's view of a tensor's memory, which does not keep the tensor alive."""
    openvino = load_openvino()
    if tensor.dtype is not torch.bfloat16:
        return openvino.Tensor(tensor.numpy(), shared_memory=True)
    bits = tensor.view(torch.int16).numpy()
    return openvino.Tensor(bits, openvino.Shape(list(tensor.shape)), openvino.Type.bf16)
