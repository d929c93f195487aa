"""The network that finds people, as an OpenVINO graph."""

from __future__ import annotations

import torch

from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import UNIT, SmallGraph
from engine.model.person.network import MASK_HEIGHT, MASK_WIDTH, MaskNetwork
from engine.model.person.weights import load_person_network


def quickest_person_network() -> MaskNetwork:
    """The network as a graph for one thread where OpenVINO is installed, otherwise as it is.

    Raises ModelError.
    """
    network = load_person_network()
    if UNIT not in units_present():
        return network
    return SmallGraph(network, torch.zeros(1, 3, MASK_HEIGHT, MASK_WIDTH))
