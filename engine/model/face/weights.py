"""Loads the face networks that ship with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from engine.errors import ModelError
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.paths import RESOURCES

FILE = "face.safetensors"
DETECTOR, MESH = "detector", "mesh"
Network = TypeVar("Network", bound=nn.Module)


def load_face_networks(
    device: torch.device, folder: Path = RESOURCES / "models" / "face"
) -> tuple[FaceDetector, FaceMesh]:
    """Detector and mesh in float32, ready to be used. Raises ModelError."""
    try:
        tensors = load_file(folder / FILE)
        return (
            _filled(FaceDetector(), DETECTOR, tensors).to(device),
            _filled(FaceMesh(), MESH, tensors).to(device),
        )
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
