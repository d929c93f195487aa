"""The commands `devices` and `doctor`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.doctor.checks import can_run
from engine.doctor.examine import examine
from engine.model.acceleration.registry import describe_accelerators
from engine.model.hardware.devices import list_devices
from engine.model_store.manage import SD15_MODEL
from engine.settings import BUILT_IN
from engine.video.sources.camera_list import list_cameras
from engine.virtual_camera.devices.v4l2loopback import loopbacks


def print_devices(console: Console) -> None:
    """Cameras, virtual cameras, devices and accelerators."""
    table = Table("kind", "use as", "name")
    for camera in list_cameras():
        table.add_row("camera", f"camera:{camera.index}", camera.name)
    for loopback in loopbacks():
        table.add_row("virtual camera", "virtual-camera" if loopback.ours else "", loopback.label)
    for device in list_devices():
        table.add_row("device", device.name, device.title)
        for title, model in (("the built-in model", BUILT_IN), ("downloaded models", SD15_MODEL)):
            for info in describe_accelerators(device.name, model):
                note = "" if info.verified else "; not yet run on one by this project"
                name_and_place = f"{info.title}: {title}, on {device.name}{note}"
                table.add_row("accelerator", info.name, name_and_place)
    console.print(table)


_MARKS = {True: ("pass", "green"), False: ("fail", "red"), None: ("  ? ", "yellow")}


def print_examination(console: Console) -> bool:
    """Print one line per condition, with a remedy to paste. Returns whether all is well."""
    checks = examine(with_torch=True)
    for check in checks:
        line = Text.assemble(_MARKS[check.passed], f"  {check.name}: {check.detail}")
        console.print(line, soft_wrap=True)
        if check.remedy and check.passed is not True:
            console.print(f"      {check.remedy}", soft_wrap=True)
    return can_run(checks)
