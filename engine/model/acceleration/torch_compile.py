"""Runs Stable Diffusion 1.5 with torch.compile, and records its frames as CUDA graphs.

Shapes never change once the KV cache is full, and slots are given as tensors, so one compilation
serves every stream of a size, and one recording every later frame of a stream. This project has
not run it on a GPU yet: it is tested with PyTorch's test back ends, and with a stand-in for CUDA
graphs that repeats the recorded operations.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from engine.model import torch_private
from engine.model.acceleration.background_compile import (
    SLOTS,
    BackgroundCompiler,
    CompiledFn,
    invoke,
)
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.functional_unet import DYNAMIC_INPUTS, FunctionalUNet
from engine.model.acceleration.optional_packages import check_triton
from engine.model.network.kv_cache import StreamingKVCache
from engine.model.styles.style_model import StyleModel
from engine.settings import BUILT_IN

logger = logging.getLogger(__name__)

TRIALS = 3
"""Runs before a recording, as CUDA graphs require: libraries allocate memory at first use."""

RECOMPILE_LIMIT = 64
"""How often torch.compile may compile the same function; each style has its own network."""


class TorchCompile(Accelerator):
    """torch.compile and CUDA graphs, for Stable Diffusion 1.5 on an NVIDIA GPU."""

    def available(self, device: torch.device, model: str) -> bool:
        return model != BUILT_IN and device.type == "cuda"

    def check(self, target: AccelerationTarget) -> None:  # noqa: ARG002
        check_triton()

    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:
        return replace(model, accelerate=torch_compiler(CudaGraphCapturer(target.device)))


@dataclass(frozen=True, slots=True)
class CapturedGraph:
    """Work that can be repeated. result: overwritten by each `replay`."""

    result: Tensor
    replay: Callable[[], None]


CaptureFn = Callable[[Callable[[], Tensor]], CapturedGraph]
"""Records the work of a call, to repeat it with the same memory."""


def torch_compiler(record: CaptureFn | None, backend: str = "inductor") -> BackgroundCompiler:
    """Compiles networks with torch.compile. record: None where frames are not to be recorded."""

    def build(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
        torch_private.allow_recompilations(RECOMPILE_LIMIT)
        compiled: CompiledFn = torch.compile(
            network, fullgraph=True, dynamic=False, backend=backend
        )
        with torch.inference_mode():  # as in a stream; torch.compile compiles each mode separately
            compiled(*inputs)
        return compiled

    return (
        BackgroundCompiler(build)
        if record is None
        else BackgroundCompiler(build, lambda: CudaGraphReplayer(record))
    )


class CudaGraphReplayer:
    """Computes frames with CUDA graphs: an `engine.model.acceleration.background_compile.InvokeFn`.

    There is one recording for each stream and choice of rows. It reads and writes the stream's own
    KV cache; inputs that change with each frame are first copied to their fixed addresses. A
    recording lives no longer than the stream's cache. When weights change, the `CompiledForward`
    is dropped with all of its recordings.
    """

    def __init__(self, record: CaptureFn) -> None:
        self._record: CaptureFn | None = record
        self._made: WeakKeyDictionary[StreamingKVCache, dict[tuple[int, int], _Recording]]
        self._made = WeakKeyDictionary()

    def __call__(
        self,
        network: FunctionalUNet,
        compiled: CompiledFn,
        inputs: tuple[Tensor, ...],
        context: StreamingKVCache,
        /,
    ) -> Tensor:
        recordings = self._made.setdefault(context, {})
        rows = context.called.start, context.called.stop
        if rows not in recordings and self._record is not None:
            try:
                recordings[rows] = _recording(self._record, network, compiled, inputs, context)
            except Exception:
                logger.warning("frames cannot be recorded here", exc_info=True)
                self._record = None
        if rows not in recordings:
            return invoke(network, compiled, inputs, context)
        return recordings[rows].replay(inputs[:DYNAMIC_INPUTS])


@dataclass(frozen=True, slots=True)
class _Recording:
    """One recording. dynamic: the inputs that change; fixed: the others, kept alive."""

    dynamic: tuple[Tensor, ...]
    fixed: tuple[Tensor, ...]
    graph: CapturedGraph

    def replay(self, changing: Sequence[Tensor]) -> Tensor:
        for target, new in zip(self.dynamic, changing, strict=True):
            target.copy_(new)
        self.graph.replay()
        return self.graph.result.clone()


def _recording(
    record: CaptureFn,
    network: FunctionalUNet,
    compiled: CompiledFn,
    inputs: tuple[Tensor, ...],
    context: StreamingKVCache,
) -> _Recording:
    dynamic = tuple(tensor.clone() for tensor in inputs[:DYNAMIC_INPUTS])
    fixed = inputs[DYNAMIC_INPUTS:]

    def work() -> Tensor:
        """Running it twice is harmless: the frame takes the same slot, with the same content."""
        prediction, *added = compiled(*dynamic, *fixed)
        network.store_added(context, added, dynamic[SLOTS])
        return prediction

    return _Recording(dynamic, fixed, record(work))


class CudaGraphCapturer:
    """Records CUDA graphs. They share their working memory, since they never run concurrently."""

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
            # other threads may keep using the GPU meanwhile
            with torch.cuda.graph(graph, pool=self._pool, capture_error_mode="thread_local"):
                result = work()
        return CapturedGraph(result, graph.replay)
