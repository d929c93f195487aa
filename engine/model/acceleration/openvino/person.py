"""The network that finds people, as an OpenVINO graph."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.small_graph import UNIT, GraphWhenNeeded, SmallGraph
from engine.model.person.network import MASK_HEIGHT, MASK_WIDTH, MaskNetwork, PersonNetwork
from engine.model.person.weights import load_person_network


def quickest_person_network() -> MaskNetwork:
    """The network as a graph for one thread where OpenVINO is installed, otherwise as it is.

    Raises ModelError.
    """
    network = load_person_network()
    if UNIT not in units_present():
        return network
    return SmallGraph(network, _picture())


def person_with_openvino(network: PersonNetwork, *, beside: bool = False) -> MaskNetwork:
    """A network that is loaded already, as a graph once it is called; see `GraphWhenNeeded`."""
    if UNIT not in units_present():
        return network
    return GraphWhenNeeded(network, _picture(), beside=beside)


def _picture() -> Tensor:
    return torch.zeros(1, 3, MASK_HEIGHT, MASK_WIDTH)
