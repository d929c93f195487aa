"""The networks that read faces, as OpenVINO graphs: the same numbers in a fifth of the time."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import UNIT, GraphWhenNeeded
from engine.model.face.head_parts import PARTS_SIDE, SEEN, HeadPartsNetwork, PartsNetwork
from engine.model.face.networks import (
    DETECTOR_SIDE,
    MESH_SIDE,
    FaceDetector,
    FaceMesh,
    FaceNetwork,
)


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
