"""A network brought into another form in the background, while it already streams as it is.

A form is what a compiler makes of `engine.model.acceleration.functional_unet.FunctionalUNet`. It holds for one number of rows,
and is made when full windows of so many rows are seen; until it is there, and where it cannot be
made, the network itself goes on.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from torch import Tensor, nn

from engine.model.acceleration.functional_unet import DYNAMIC_INPUTS, FunctionalUNet
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.stream_spec import StreamSpec

logger = logging.getLogger(__name__)

NETWORKS_KEPT = 2
"""Networks whose forms stay: as many as there are styles that stay ready."""

SLOTS = DYNAMIC_INPUTS - 1
"""Which of a pass's inputs names the slots."""

_everyone: weakref.WeakSet[CompiledForward] = weakref.WeakSet()

CompiledFn = Callable[..., Sequence[Tensor]]
"""`FunctionalUNet.forward`, worked out in another way."""

CompileFn = Callable[[FunctionalUNet, tuple[Tensor, ...]], CompiledFn]
"""Makes a form for inputs of these shapes; only read, they belong to a running stream.

It runs on a thread of its own, and may take minutes and raise anything.
"""


class InvokeFn(Protocol):
    """Works a frame out by a form: gives the prediction, and stores what the frame adds."""

    def __call__(
        self,
        network: FunctionalUNet,
        form: CompiledFn,
        inputs: tuple[Tensor, ...],
        context: StreamingKVCache,
        /,
    ) -> Tensor: ...


def invoke(
    network: FunctionalUNet, form: CompiledFn, inputs: tuple[Tensor, ...], context: StreamingKVCache
) -> Tensor:
    """Nothing but that."""
    prediction, *added = form(*inputs)
    network.store_added(context, added, inputs[SLOTS])
    return prediction


class CompiledForward:
    """Works out streamed frames: a `engine.model.sampling.stream.Forward`.

    Holds for the weights that the network has at the beginning; when they are changed, `drop` it.
    """

    def __init__(self, unet: UNet, build: CompileFn, call: InvokeFn = invoke) -> None:
        self._unet, self._build, self._call = unet, build, call
        self._network = FunctionalUNet(unet)
        self._weights = [weakref.ref(parameter) for parameter in unet.parameters()]
        self._forms: dict[int, CompiledFn] = {}
        self._last_rows = 0
        self._useless = False
        self._thread: threading.Thread | None = None
        _everyone.add(self)

    @property
    def current(self) -> bool:
        """Whether the network still has the weights that this was made for."""
        return all(
            seen() is now for seen, now in zip(self._weights, _parameters(self._unet), strict=True)
        )

    @property
    def compiling(self) -> bool:
        """Whether a form is being made."""
        return self._thread is not None and self._thread.is_alive()

    def has_compiled(self, rows: int) -> bool:
        """Whether frames of so many rows are worked out by a form."""
        return rows in self._forms

    def wait(self, timeout: float | None = None) -> None:
        """Wait until nothing is being made."""
        if self._thread is not None:
            self._thread.join(timeout)

    def drop(self) -> None:
        """Let the network itself go on from here."""
        self._useless = True
        self._forms = {}
        self._call = invoke

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor:
        if self._useless or not context.is_full:
            return self._plain(x, features, conditioning, context)
        rows, inputs = context.rows, self._network.inputs(x, features, conditioning, context)
        again, self._last_rows = rows == self._last_rows, rows
        form = self._forms.get(rows)
        if form is not None:
            return self._call(self._network, form, inputs, context)
        if again and not self.compiling:  # so many rows are no exception
            self._begin(rows, inputs)
        return self._plain(x, features, conditioning, context)

    def _plain(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache
    ) -> Tensor:
        prediction: Tensor = self._unet(x, features, conditioning, context)
        return prediction

    def _begin(self, rows: int, inputs: tuple[Tensor, ...]) -> None:
        self._thread = threading.Thread(
            target=self._make, args=(rows, inputs), name="preparing the network", daemon=True
        )
        self._thread.start()

    def _make(self, rows: int, inputs: tuple[Tensor, ...]) -> None:
        try:
            form = self._build(self._network, inputs)
        except Exception:
            logger.warning("no other form of the network could be made", exc_info=True)
            self._useless = True
        else:
            if not self._useless:  # which it may have become in these minutes
                self._forms = {**self._forms, rows: form}


class BackgroundCompiler:
    """Gives stream specs whose streamed frames are worked out by other forms of their networks.

    make_call: a way to call forms, one for each network.
    """

    def __init__(
        self, build: CompileFn, make_call: Callable[[], InvokeFn] = lambda: invoke
    ) -> None:
        self._build, self._make_call = build, make_call
        self._made: OrderedDict[UNet, CompiledForward] = OrderedDict()

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return spec.with_forward(self._forward_of(spec.unet))

    def _forward_of(self, unet: UNet) -> CompiledForward:
        known = self._made.get(unet)
        if known is not None and not known.current:
            self._keep(0)  # weights are changed in place where there is no room for others
        self._made[unet] = known = self._made.pop(unet, None) or self._new(unet)
        self._keep(NETWORKS_KEPT)
        return known

    def _new(self, unet: UNet) -> CompiledForward:
        return CompiledForward(unet, self._build, self._make_call())

    def _keep(self, count: int) -> None:
        """Only so many, the latest ones."""
        while len(self._made) > count:
            self._made.popitem(last=False)[1].drop()


def any_compiling() -> bool:
    """Whether some network of this program is being brought into another form."""
    return any(prepared.compiling for prepared in list(_everyone))


def _parameters(unet: UNet) -> list[nn.Parameter]:
    return list(unet.parameters())
