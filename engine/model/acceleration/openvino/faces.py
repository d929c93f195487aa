"""The networks that read faces, as OpenVINO graphs: the same numbers in a fifth of the time."""

from __future__ import annotations

from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import UNIT, SmallGraph
from engine.model.face.networks import (
    DETECTOR_SIDE,
    MESH_SIDE,
    FaceDetector,
    FaceMesh,
    FaceNetwork,
)


def with_openvino(detector: FaceDetector, mesh: FaceMesh) -> tuple[FaceNetwork, FaceNetwork]:
    """Both networks as graphs for one thread, if they are on the CPU and OpenVINO is installed;
    otherwise as they are.
    """
    if detector.device.type != "cpu" or UNIT not in units_present():
        return detector, mesh
    return (
        SmallGraph(detector, DETECTOR_SIDE, DETECTOR_SIDE),
        SmallGraph(mesh, MESH_SIDE, MESH_SIDE),
    )
