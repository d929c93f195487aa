"""What `devices` prints."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from engine.model.accelerate import describe_accelerators, list_devices
from engine.publisher.loopback import loopbacks
from engine.settings import BUILT_IN
from engine.store.commands import FETCHED_MODEL as PUBLISHED
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
        for name, model in (("the built-in model", BUILT_IN), ("published models", PUBLISHED)):
            for way in describe_accelerators(device.name, model):
                told = "" if way.tried else "; not yet run on one by this project"
                table.add_row("accelerator", way.name, f"of {name}, on {device.name}{told}")
    console.print(table)
