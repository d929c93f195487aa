"""The networks that read faces, as OpenVINO graphs: the same numbers in a fifth of the time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from engine.concurrency.worker import Worker
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import UNIT, SmallGraph
from engine.model.face.head_parts import PARTS_SIDE, SEEN, HeadPartsNetwork, PartsNetwork
from engine.model.face.networks import (
    DETECTOR_SIDE,
    MESH_SIDE,
    FaceDetector,
    FaceMesh,
    FaceNetwork,
)
from engine.model.network.config import WARM_UP_FRAMES

FIRST_CALLS = WARM_UP_FRAMES + 2
"""A stream's first picture comes before anything is compiled that would delay it."""


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
            self._compiling = Worker("face network", self._compile, stoppable=False)
            self._compiling.start()
            if not self._beside:
                self._compiling.join()
        return self._quickest(x)

    def _compile(self, _: threading.Event) -> None:
        self._quickest = SmallGraph(self._network, self._example)


def with_openvino(
    detector: FaceDetector, mesh: FaceMesh, *, beside: bool = False
) -> tuple[FaceNetwork, FaceNetwork]:
    """Both networks as graphs for one thread, if they are on the CPU and OpenVINO is installed;
    otherwise as they are. beside: see `GraphWhenNeeded`.
    """
    if detector.device.type != "cpu" or UNIT not in units_present():
        return detector, mesh
    return (
        GraphWhenNeeded(detector, _picture(DETECTOR_SIDE), beside=beside),
        GraphWhenNeeded(mesh, _picture(MESH_SIDE), beside=beside),
    )


def parts_with_openvino(network: HeadPartsNetwork, *, beside: bool = False) -> PartsNetwork:
    """The network that tells the parts of heads, likewise."""
    if UNIT not in units_present():
        return network
    return GraphWhenNeeded(network, _picture(PARTS_SIDE, SEEN), beside=beside)


def _picture(side: int, channels: int = len("RGB")) -> Tensor:
    return torch.zeros((1, side, side, channels), dtype=torch.uint8)
