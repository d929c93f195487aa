"""Lets a stream begin with PyTorch's kernels, and OpenVINO take over where it is quicker."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from torch import Tensor

from engine.model.acceleration.background_compile import CompiledFn, CompiledForward
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.openvino.inference import (
    OpenVinoAutoencoder,
    OpenVinoStructure,
)
from engine.model.acceleration.openvino.stream import OpenVinoStream
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.acceleration.race import Race, RacedCall, prepare_alone
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.stream_spec import StructureFn
from engine.model.styles.style_model import StyleModel


def taken_over_live(model: StyleModel, unit: OpenVinoTarget) -> StyleModel:
    """The model, usable at once; its parts go over to OpenVINO while it runs."""
    autoencoder = RacedAutoencoder(model, OpenVinoAutoencoder(model.small_autoencoder, unit))
    return replace(model, autoencoder=autoencoder, accelerate=RacedStream(unit))


class RacedAutoencoder:
    """An `engine.model.styles.style_model.Autoencoder` by two ways."""

    def __init__(self, model: StyleModel, other: OpenVinoAutoencoder) -> None:
        known = model.autoencoder
        self._encode = RacedCall((known.encode, other.encode))
        self._decode = RacedCall((known.decode, other.decode))
        self._decode_unguided = known.decode

    def encode(self, image_u8: Tensor) -> Tensor:
        return self._encode(image_u8)

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        return self._decode_unguided(latent) if guide is None else self._decode(latent, guide)


class RacedStream(OpenVinoStream):
    """A stream's network and structure encoder by two ways."""

    def __init__(self, unit: OpenVinoTarget) -> None:
        super().__init__(unit)
        compile_unet = self._compile

        def alone(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
            return prepare_alone(lambda: compile_unet(network, inputs))

        self._compile = alone
        self._structure_of: Callable[[UNet], StructureFn] = cache(
            lambda unet: RacedCall((unet.flow_conv_in, OpenVinoStructure(unet, unit)))
        )

    def _new(self, unet: UNet) -> CompiledForward:
        return RacedForward(unet, self._compile, self._make_call())


class RacedForward(CompiledForward):
    """The network, compiled or not, whichever is quicker."""

    def __init__(self, *made_with: object) -> None:
        super().__init__(*made_with)  # type: ignore[arg-type]
        self._race = Race()

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor:
        if not context.is_full:
            return super().__call__(x, features, conditioning, context)
        way = self._race.choose(ready=context.rows in self._compiled)
        began = time.perf_counter()
        if way == 0 and context.rows in self._compiled:
            prediction = self._unet(x, features, conditioning, context)
        else:
            prediction = super().__call__(x, features, conditioning, context)
        self._race.record(way, time.perf_counter() - began)
        return prediction
