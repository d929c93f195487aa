"""A published network through torch.compile, its frames recorded once as CUDA graphs.

Shapes never change once a window is full, and slots are named by tensors, so one compilation
serves every stream of a size and one recording every later frame of a stream. Not yet run on a GPU
by this project: here the compilers are tried with PyTorch's trial back ends, and recordings with a
stand-in that plays back the very operations.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from engine.model.acceleration.background_compile import (
    SLOTS,
    BackgroundCompiler,
    CompiledFn,
    invoke,
)
from engine.model.acceleration.functional_unet import DYNAMIC_INPUTS, FunctionalUNet
from engine.model.network.kv_cache import StreamingKVCache

logger = logging.getLogger(__name__)

TRIALS = 3
"""Passes before a recording, as CUDA graphs want: libraries settle what they allocate."""

RECOMPILE_LIMIT = 64
"""How often torch.compile may do the same function anew; each style has its own network."""


@dataclass(frozen=True, slots=True)
class CapturedGraph:
    """Work that can be repeated. result: it is written anew by each `play`."""

    result: Tensor
    replay: Callable[[], None]


CaptureFn = Callable[[Callable[[], Tensor]], CapturedGraph]
"""Records what is computed in a call, to compute the same again from and into the same memory."""


def torch_compiler(record: CaptureFn | None, backend: str = "inductor") -> BackgroundCompiler:
    """Prepares networks by torch.compile. record: None where frames are not to be recorded."""

    def build(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
        torch._dynamo.config.recompile_limit = RECOMPILE_LIMIT
        compiled: CompiledFn = torch.compile(
            network, fullgraph=True, dynamic=False, backend=backend
        )
        with torch.inference_mode():  # as a stream is computed; another mode is another function
            compiled(*inputs)
        return compiled

    return (
        BackgroundCompiler(build)
        if record is None
        else BackgroundCompiler(build, lambda: CudaGraphReplayer(record))
    )


class CudaGraphReplayer:
    """Works out frames by playing them back: a `engine.model.acceleration.background_compile.Call`.

    For each stream and choice of rows there is one recording. It reads and writes the stream's own
    memory; what changes from frame to frame is copied into its place first. A recording lives no
    longer than the stream's window, and is not made for weights that are changed: a `Prepared`
    with all of its recordings is dropped then.
    """

    def __init__(self, record: CaptureFn) -> None:
        self._record: CaptureFn | None = record
        self._made: WeakKeyDictionary[StreamingKVCache, dict[tuple[int, int], _Recording]]
        self._made = WeakKeyDictionary()

    def __call__(
        self,
        network: FunctionalUNet,
        form: CompiledFn,
        inputs: tuple[Tensor, ...],
        context: StreamingKVCache,
        /,
    ) -> Tensor:
        recordings = self._made.setdefault(context, {})
        rows = context.called.start, context.called.stop
        if rows not in recordings and self._record is not None:
            try:
                recordings[rows] = _recording(self._record, network, form, inputs, context)
            except Exception:
                logger.warning("frames cannot be recorded here", exc_info=True)
                self._record = None
        if rows not in recordings:
            return invoke(network, form, inputs, context)
        return recordings[rows].play(inputs[:DYNAMIC_INPUTS])


@dataclass(frozen=True, slots=True)
class _Recording:
    """One recording. places: where the inputs that change go; held: the others, kept alive."""

    places: tuple[Tensor, ...]
    held: tuple[Tensor, ...]
    played: CapturedGraph

    def play(self, changing: Sequence[Tensor]) -> Tensor:
        for place, new in zip(self.places, changing, strict=True):
            place.copy_(new)
        self.played.replay()
        return self.played.result.clone()


def _recording(
    record: CaptureFn,
    network: FunctionalUNet,
    form: CompiledFn,
    inputs: tuple[Tensor, ...],
    context: StreamingKVCache,
) -> _Recording:
    places, held = (
        tuple(tensor.clone() for tensor in inputs[:DYNAMIC_INPUTS]),
        inputs[DYNAMIC_INPUTS:],
    )

    def work() -> Tensor:
        """To do it again changes nothing: the frame takes the same slot, with the same content."""
        prediction, *added = form(*places, *held)
        network.store_added(context, added, places[SLOTS])
        return prediction

    return _Recording(places, held, record(work))


class CudaGraphCapturer:
    """Records by CUDA graphs, which share their working memory, as they never play side by side."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._pool = torch.cuda.graph_pool_handle()

    def __call__(self, work: Callable[[], Tensor]) -> CapturedGraph:
        with torch.cuda.device(self._device):
            aside, graph = torch.cuda.Stream(), torch.cuda.CUDAGraph()
            aside.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(aside):
                for _ in range(TRIALS):
                    work()
            torch.cuda.current_stream().wait_stream(aside)
            # other threads may go on using the card meanwhile
            with torch.cuda.graph(graph, pool=self._pool, capture_error_mode="thread_local"):
                result = work()
        return CapturedGraph(result, graph.replay)
