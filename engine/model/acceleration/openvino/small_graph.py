"""Small networks that read pictures, as OpenVINO graphs: the same numbers in less time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from engine.concurrency.worker import Worker
from engine.model.acceleration.openvino.inference import OpenVinoCallable
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.network.config import WARM_UP_FRAMES

logger = logging.getLogger(__name__)

UNIT = "CPU"
FIRST_CALLS = WARM_UP_FRAMES + 2
"""A stream's first picture comes before anything is compiled that would delay it."""


class SmallGraph:
    """A network that takes pictures of one size, one after another. example: one, of its type and
    shape, (1, ...); any number, (B, ...), may be given.

    It computes on one thread, and is callable from any. Where OpenVINO fails, the network itself
    continues: what it reads must not end a stream.
    """

    device = torch.device("cpu")

    def __init__(self, network: nn.Module, example: Tensor) -> None:
        self._network = network
        self._form = self._compiled(example)

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        form = self._form
        if form is not None:
            try:
                rows = [form(row) for row in x.split(1)]
                if len(rows) == 1:
                    return rows[0]
                return [torch.cat(results) for results in zip(*rows, strict=True)]
            except Exception:  # OpenVINO has no common base for its errors
                logger.exception("OpenVINO failed to read a picture; PyTorch continues")
                self._form = None
        results: Sequence[Tensor] = self._network(x)
        return results

    def _compiled(self, example: Tensor) -> OpenVinoCallable | None:
        unit = replace(OpenVinoTarget.of(UNIT, torch.float32, {}), threads=1)
        try:
            return OpenVinoCallable(self._network, [example], unit)
        except Exception:  # see above
            logger.exception("OpenVINO cannot compile a network that reads pictures")
            return None


class GraphWhenNeeded:
    """A network that becomes a graph once it is called: looks that draw no faces never wait.

    beside: PyTorch reads until the graph is there, which is begun after `FIRST_CALLS`; otherwise
    the first call waits for it.
    """

    device = torch.device("cpu")

    def __init__(self, network: nn.Module, example: Tensor, *, beside: bool) -> None:
        """example: see `SmallGraph`."""
        self._network, self._beside, self._example = network, beside, example
        self._quickest: Callable[[Tensor], Sequence[Tensor]] = network
        self._calls_before = FIRST_CALLS if beside else 0
        self._compiling: Worker | None = None

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        if self._calls_before > 0:
            self._calls_before -= 1
        elif self._compiling is None:
            self._compiling = Worker("small network", self._compile, stoppable=False)
            self._compiling.start()
            if not self._beside:
                self._compiling.join()
        return self._quickest(x)

    def _compile(self, _: threading.Event) -> None:
        self._quickest = SmallGraph(self._network, self._example)
