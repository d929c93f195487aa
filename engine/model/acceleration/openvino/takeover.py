"""Lets a stream begin with PyTorch's kernels, and OpenVINO take over where it is quicker."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from torch import Tensor

from engine.model.acceleration.background_compile import CompiledFn, CompiledForward, CompileFn
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.openvino.inference import (
    OpenVinoAutoencoder,
    OpenVinoStructure,
)
from engine.model.acceleration.openvino.stream import OpenVinoStream
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.acceleration.race import GivenUp, Race, RacedCall, prepare_alone
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.stream_spec import StructureFn
from engine.model.styles.style_model import StyleModel

_GIVEN_UP: dict[str, GivenUp] = {}
"""By unit."""


def given_up(unit: str) -> GivenUp:
    """Whether OpenVINO failed on this unit while a stream ran: no stream of this process tries it
    again, however often the model is built.
    """
    return _GIVEN_UP.setdefault(unit, GivenUp())


def taken_over_live(model: StyleModel, unit: OpenVinoTarget) -> StyleModel:
    """The model, usable at once; its parts go over to OpenVINO while it runs."""
    if given_up(unit.name):
        return model
    autoencoder = RacedAutoencoder(model, OpenVinoAutoencoder(model.small_autoencoder, unit), unit)
    return replace(model, autoencoder=autoencoder, accelerate=RacedStream(unit))


class RacedAutoencoder:
    """An `engine.model.styles.style_model.Autoencoder` by two ways."""

    def __init__(self, model: StyleModel, other: OpenVinoAutoencoder, unit: OpenVinoTarget) -> None:
        known, failed = model.autoencoder, given_up(unit.name)
        self._encode = RacedCall((known.encode, other.encode), failed)
        self._decode = RacedCall((known.decode, other.decode), failed)
        self._decode_unguided = known.decode

    def encode(self, image_u8: Tensor) -> Tensor:
        return self._encode(image_u8)

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        if guide is None:
            return self._decode_unguided(latent)
        return self._decode(latent, guide, *(() if before is None else (before,)))


class RacedStream(OpenVinoStream):
    """A stream's network and structure encoder by two ways."""

    def __init__(self, unit: OpenVinoTarget) -> None:
        super().__init__(unit)
        compile_unet = self._compile

        def alone(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
            return prepare_alone(lambda: compile_unet(network, inputs))

        # no function here may hold the stream, which holds it: both would stay in memory
        self._compile, self._given_up = alone, (failed := given_up(unit.name))
        self._structure_of: Callable[[UNet], StructureFn] = cache(
            lambda unet: RacedCall((unet.flow_conv_in, OpenVinoStructure(unet, unit)), failed)
        )

    def _new(self, unet: UNet) -> CompiledForward:
        return RacedForward(unet, self._compile, self._given_up)


class RacedForward(CompiledForward):
    """The network, compiled or not, whichever is quicker."""

    def __init__(self, unet: UNet, compile_fn: CompileFn, given_up: GivenUp) -> None:
        super().__init__(unet, compile_fn)
        self._race, self._given_up = Race(), given_up

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor:
        if not context.is_full or self._given_up:
            return self._unet(x, features, conditioning, context)
        way = self._race.choose(ready=context.rows in self._compiled)
        began = time.perf_counter()
        if way == 0 and context.rows in self._compiled:
            prediction = self._unet(x, features, conditioning, context)
        else:
            try:
                prediction = super().__call__(x, features, conditioning, context)
            except Exception as error:  # OpenVINO has no common base for its errors
                if context.rows not in self._compiled:
                    raise
                # nothing was stored for this frame
                self._given_up.because_of(error)
                return self._unet(x, features, conditioning, context)
        self._race.record(way, time.perf_counter() - began)
        return prediction
