"""Compiles a network in the background, while it already streams uncompiled.

A compiled `engine.model.acceleration.functional_unet.FunctionalUNet` is valid for one number of
rows. It is compiled once full KV caches with that many rows are seen. Until then, and where it
cannot be compiled, the network itself computes the frames.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from torch import Tensor

from engine.concurrency.worker import Worker
from engine.model.acceleration.functional_unet import DYNAMIC_INPUTS, FunctionalUNet
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.stream_spec import StreamSpec

logger = logging.getLogger(__name__)

NETWORKS_KEPT = 2
"""Number of compiled networks kept: one for each style that stays ready."""

SLOTS = DYNAMIC_INPUTS - 1
"""Index of the slots among the network's inputs."""

CompiledFn = Callable[..., Sequence[Tensor]]
"""`FunctionalUNet.forward`, compiled."""

CompileFn = Callable[[FunctionalUNet, tuple[Tensor, ...]], CompiledFn]
"""Compiles a network for inputs of these shapes. They belong to a running stream: read only.

It runs on its own thread, and may take minutes and raise anything.
"""


class InvokeFn(Protocol):
    """Computes a frame with a compiled network: stores keys and values, returns the prediction."""

    def __call__(
        self,
        network: FunctionalUNet,
        compiled: CompiledFn,
        inputs: tuple[Tensor, ...],
        context: StreamingKVCache,
        /,
    ) -> Tensor: ...


def invoke(
    network: FunctionalUNet,
    compiled: CompiledFn,
    inputs: tuple[Tensor, ...],
    context: StreamingKVCache,
) -> Tensor:
    """Simply call the compiled network."""
    prediction, *added = compiled(*inputs)
    network.store_added(context, added, inputs[SLOTS])
    return prediction


class CompiledForward:
    """Computes streamed frames: an `engine.model.sampling.stream.Forward`.

    Valid for the weights that the network has at the beginning; `drop` it when they change.
    """

    def __init__(self, unet: UNet, compile_fn: CompileFn, call: InvokeFn = invoke) -> None:
        self._unet, self._compile, self._call = unet, compile_fn, call
        self._network = FunctionalUNet(unet)
        self._weights = [weakref.ref(parameter) for parameter in unet.parameters()]
        self._compiled: dict[int, CompiledFn] = {}
        self._last_rows = 0
        self._useless = False
        self._worker: Worker | None = None

    @property
    def current(self) -> bool:
        """Whether the network still has the weights that it was compiled with."""
        present = self._unet.parameters()
        return all(seen() is now for seen, now in zip(self._weights, present, strict=True))

    @property
    def compiling(self) -> bool:
        """Whether the compiler is running."""
        return self._worker is not None and self._worker.running

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the compiler has finished."""
        if self._worker is not None:
            self._worker.join(timeout)

    def drop(self) -> None:
        """From now on, let the uncompiled network compute the frames."""
        self._useless = True
        self._compiled = {}
        self._call = invoke

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor:
        if self._useless or not context.is_full:
            return self._unet(x, features, conditioning, context)
        rows, inputs = context.rows, self._network.inputs(x, features, conditioning, context)
        again, self._last_rows = rows == self._last_rows, rows
        compiled = self._compiled.get(rows)
        if compiled is not None:
            return self._call(self._network, compiled, inputs, context)
        if again and not self.compiling:  # this number of rows is no exception
            self._begin(rows, inputs)
        return self._unet(x, features, conditioning, context)

    def _begin(self, rows: int, inputs: tuple[Tensor, ...]) -> None:
        work = partial(self._compile_for, rows, inputs)
        self._worker = Worker("compiler", work, on_error=self._give_up, stoppable=False)
        self._worker.start()

    def _compile_for(self, rows: int, inputs: tuple[Tensor, ...], _: threading.Event) -> None:
        compiled = self._compile(self._network, inputs)
        if not self._useless:  # which it may have become meanwhile
            self._compiled = {**self._compiled, rows: compiled}

    def _give_up(self, error: Exception) -> None:
        logger.warning("the network could not be compiled", exc_info=error)
        self._useless = True


class BackgroundCompiler:
    """Gives stream specs a compiled network: a `StreamAccelerator` of `styles/style_model.py`.

    make_call: makes an `InvokeFn` for each network.
    """

    def __init__(
        self, compile_fn: CompileFn, make_call: Callable[[], InvokeFn] = lambda: invoke
    ) -> None:
        self._compile, self._make_call = compile_fn, make_call
        self._made: OrderedDict[UNet, CompiledForward] = OrderedDict()

    @property
    def preparing(self) -> bool:
        return any(forward.compiling for forward in tuple(self._made.values()))

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return spec.with_forward(self._forward_of(spec.unet))

    def wait(self) -> None:
        for forward in tuple(self._made.values()):
            forward.wait()

    def _forward_of(self, unet: UNet) -> CompiledForward:
        known = self._made.get(unet)
        if known is not None and not known.current:
            self._keep(0)  # without memory for a second network, weights are changed in place
        self._made[unet] = known = self._made.pop(unet, None) or self._new(unet)
        self._keep(NETWORKS_KEPT)
        return known

    def _new(self, unet: UNet) -> CompiledForward:
        return CompiledForward(unet, self._compile, self._make_call())

    def _keep(self, count: int) -> None:
        """Keep only this many networks, the latest ones."""
        while len(self._made) > count:
            self._made.popitem(last=False)[1].drop()
