"""What `devices` prints."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from engine.model.accelerate import list_devices
from engine.publisher.loopback import loopbacks
from engine.video.devices import list_cameras


def print_devices(console: Console) -> None:
    """Cameras, virtual cameras and accelerators."""
    table = Table("kind", "use as", "name")
    for camera in list_cameras():
        table.add_row("camera", f"camera:{camera.index}", camera.name)
    for loopback in loopbacks():
        table.add_row("virtual camera", "virtual-camera" if loopback.ours else "", loopback.label)
    for device in list_devices():
        table.add_row("accelerator", device.name, device.title)
    console.print(table)
