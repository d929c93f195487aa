"""The networks that read faces, as OpenVINO graphs: the same numbers in a fifth of the time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from engine.model.acceleration.openvino.inference import OpenVinoCallable
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.face.networks import (
    DETECTOR_SIDE,
    MESH_SIDE,
    FaceDetector,
    FaceMesh,
    FaceNetwork,
)

logger = logging.getLogger(__name__)

UNIT = "CPU"


def with_openvino(detector: FaceDetector, mesh: FaceMesh) -> tuple[FaceNetwork, FaceNetwork]:
    """Both networks as graphs for one thread, if they are on the CPU and OpenVINO is installed;
    otherwise as they are. The result belongs to one thread at a time.
    """
    if detector.device.type != "cpu" or UNIT not in units_present():
        return detector, mesh
    return _Graph(detector, DETECTOR_SIDE), _Graph(mesh, MESH_SIDE)


class _Graph:
    """A network that takes pictures of one size, (B, 3, side, side), one after another.

    Where OpenVINO fails, the network itself continues: reading faces must not end a stream.
    """

    device = torch.device("cpu")

    def __init__(self, network: nn.Module, side: int) -> None:
        self._network, self._side = network, side
        self._form = self._compiled()

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        if self._form is not None:
            try:
                rows = [self._form(row) for row in x.split(1)]
                return [torch.cat(results) for results in zip(*rows, strict=True)]
            except Exception:  # OpenVINO has no common base for its errors
                logger.exception("OpenVINO failed to read a face; PyTorch continues")
                self._form = None
        return self._network(x)

    def _compiled(self) -> OpenVinoCallable | None:
        unit = replace(OpenVinoTarget.of(UNIT, torch.float32, {}), threads=1)
        try:
            return OpenVinoCallable(
                self._network, [torch.zeros(1, 3, self._side, self._side)], unit
            )
        except Exception:  # see above
            logger.exception("OpenVINO cannot compile a network that reads faces")
            return None
