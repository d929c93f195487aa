"""Loads the network that ships with the program."""

from __future__ import annotations

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file

from engine.errors import ModelError
from engine.model.person.network import PersonNetwork
from engine.paths import RESOURCES

FILE = "person.safetensors"


def load_person_network(folder: Path = RESOURCES / "models" / "person") -> PersonNetwork:
    """In float32 on the CPU: it is too small to gain by another device. Raises ModelError."""
    network = PersonNetwork()
    try:
        tensors = load_file(folder / FILE)
        network.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise ModelError(
            "The network that finds people cannot be loaded: {reason}.",
            "Install the program again.",
            reason=error,
        ) from error
    return network.eval().requires_grad_(False)
