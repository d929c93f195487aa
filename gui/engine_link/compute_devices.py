"""What models can run on here, and how fast. Asked in the background: it needs torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.accelerators import AcceleratorInfo, DeviceInfo
from engine.hardware import estimate_cpu_fps, list_accelerators, list_devices
from engine.settings import BuildSettings
from gui.engine_link.background import Background
from gui.engine_link.task import Task


@dataclass(frozen=True, slots=True)
class HardwareQueries:
    """The functions that answer; tests bring doubles.

    cpu_fps: frames per second where a model would have to run on the CPU, else None.
    """

    devices: Callable[[], Sequence[DeviceInfo]] = list_devices
    accelerators: Callable[[BuildSettings], Sequence[AcceleratorInfo]] = list_accelerators
    cpu_fps: Callable[[BuildSettings, int], float | None] = estimate_cpu_fps


class HardwareModel(QObject):
    """Each question is answered by a signal; one is worked on at a time.

    Like the import of torch itself, it is not waited for at the end of the program.
    """

    devices_found = Signal(tuple)
    """DeviceInfo of each device, best first, with the memory free now."""
    accelerators_found = Signal(tuple)
    """AcceleratorInfo of each accelerator of a model on a device."""
    cpu_fps_estimated = Signal(object)
    """Frames per second where a model would have to run on the CPU, else None."""

    def __init__(
        self, queries: HardwareQueries | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queries = queries or HardwareQueries()
        self._cpu_fps: float | None = None
        self._background = background = Background("hardware")
        self._devices, self._accelerators = Task(background, self), Task(background, self)
        self._estimate = Task(background, self)
        self._devices.done.connect(self.devices_found)
        self._accelerators.done.connect(self.accelerators_found)
        self._accelerators.failed.connect(self._on_no_accelerators)
        self._estimate.done.connect(self._on_cpu_fps)
        self._estimate.failed.connect(self._on_no_estimate)

    @property
    def cpu_fps(self) -> float | None:
        """The last estimate."""
        return self._cpu_fps

    def find_devices(self) -> None:
        """List the devices; `devices_found` follows."""
        self._devices.run(lambda: tuple(self._queries.devices()))

    def find_accelerators(self, build: BuildSettings) -> None:
        """List what this model and device can use; `accelerators_found` follows."""
        self._accelerators.run(lambda: tuple(self._queries.accelerators(build)))

    def estimate_cpu_fps(self, build: BuildSettings, steps: int) -> None:
        """Estimate the speed of these settings; `cpu_fps_estimated` follows."""
        self._estimate.run(lambda: self._queries.cpu_fps(build, steps))

    def wait(self, timeout: float) -> bool:
        """Wait for every answer; whether all came within `timeout` seconds."""
        return self._background.wait(timeout)

    def _on_no_accelerators(self) -> None:
        self.accelerators_found.emit(())

    def _on_no_estimate(self) -> None:
        self._on_cpu_fps(None)

    def _on_cpu_fps(self, fps: float | None) -> None:
        self._cpu_fps = fps
        self.cpu_fps_estimated.emit(fps)
