"""What `devices` prints."""

from __future__ import annotations

import torch
from rich.console import Console
from rich.table import Table

from engine.model.accelerate import list_accelerators, list_devices
from engine.publisher.loopback import loopbacks
from engine.video.devices import list_cameras


def print_devices(console: Console) -> None:
    """Cameras, virtual cameras, devices and accelerators."""
    table = Table("kind", "use as", "name")
    for camera in list_cameras():
        table.add_row("camera", f"camera:{camera.index}", camera.name)
    for loopback in loopbacks():
        table.add_row("virtual camera", "virtual-camera" if loopback.ours else "", loopback.label)
    for device in list_devices():
        table.add_row("device", device.name, device.title)
        for accelerator in list_accelerators(torch.device(device.name)):
            table.add_row("accelerator", accelerator, f"of the built-in model, on {device.name}")
    console.print(table)
