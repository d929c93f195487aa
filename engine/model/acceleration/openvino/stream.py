"""A stream's networks as OpenVINO graphs, compiled while it already runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from torch import Tensor

from engine.model.acceleration.background_compile import BackgroundCompiler
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.openvino.inference import OpenVinoCallable, OpenVinoStructure
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.network.unet import UNet
from engine.model.sampling.stream_spec import StreamSpec, StructureFn


class OpenVinoStream(BackgroundCompiler):
    """Lets OpenVINO compute a stream's network and its structure encoder."""

    def __init__(self, unit: OpenVinoTarget) -> None:
        def compile_unet(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> OpenVinoCallable:
            return OpenVinoCallable(network, inputs, unit)

        super().__init__(compile_unet)
        self._structure_of: Callable[[UNet], StructureFn] = cache(
            lambda unet: OpenVinoStructure(unet, unit)
        )

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return replace(super().__call__(spec), structure_net=self._structure_of(spec.unet))
