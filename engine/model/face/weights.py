"""Loads the face networks that ship with the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from engine.errors import ModelError
from engine.model.face.head_parts import HeadPartsNetwork
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.paths import RESOURCES

FILE, PARTS_FILE = "face.safetensors", "head_parts.safetensors"
FOLDER = RESOURCES / "models" / "face"
DETECTOR, MESH, PARTS = "detector", "mesh", "parts"
Network = TypeVar("Network", bound=nn.Module)


def load_face_networks(
    device: torch.device, folder: Path = FOLDER
) -> tuple[FaceDetector, FaceMesh]:
    """Detector and mesh in float32, ready to be used. Raises ModelError."""
    with _told_of():
        tensors = load_file(folder / FILE)
        return (
            _filled(FaceDetector(), DETECTOR, tensors).to(device),
            _filled(FaceMesh(), MESH, tensors).to(device),
        )


def load_parts_network(device: torch.device, folder: Path = FOLDER) -> HeadPartsNetwork:
    """The network that tells the parts of heads, in float32. Raises ModelError."""
    with _told_of():
        return _filled(HeadPartsNetwork(), PARTS, load_file(folder / PARTS_FILE)).to(device)


@contextmanager
def _told_of() -> Iterator[None]:
    """Turn what can be wrong with a file into ModelError."""
    try:
        yield
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise ModelError(
            "The networks that read faces cannot be loaded: {reason}.",
            "Install the program again.",
            reason=error,
        ) from error


def _filled(network: Network, prefix: str, tensors: dict[str, torch.Tensor]) -> Network:
    own = {
        name.removeprefix(f"{prefix}."): tensor.float()
        for name, tensor in tensors.items()
        if name.startswith(f"{prefix}.")
    }
    network.load_state_dict(own)
    return network.eval().requires_grad_(False)
