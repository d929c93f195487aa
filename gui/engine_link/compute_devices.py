"""What models can be computed on here, and how fast. Asked in the background: it needs torch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.accelerators import AcceleratorInfo, DeviceInfo
from engine.hardware import estimate_cpu_fps, list_accelerators, list_devices
from engine.settings import BuildSettings
from gui.engine_link.background import Background

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HardwareQueries:
    """Whom to ask; tests bring doubles.

    rate: frames per second where a model would have to run on the processor, else None.
    """

    devices: Callable[[], Sequence[DeviceInfo]] = list_devices
    accelerators: Callable[[BuildSettings], Sequence[AcceleratorInfo]] = list_accelerators
    cpu_fps: Callable[[BuildSettings, int], float | None] = estimate_cpu_fps


class HardwareModel(QObject):
    """Asks when told to, one thing after the other; signals bring the answers.

    Like the import of torch itself, it is not waited for at the end of the program.
    """

    devices_found = Signal(object)
    """The devices, best first, with the memory free now."""
    accelerators_found = Signal(object)
    """The accelerators of a model on a device."""
    cpu_fps_estimated = Signal(object)
    """Frames per second where a model would have to run on the processor, else None."""

    def __init__(
        self, hardware: HardwareQueries | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hardware = hardware or HardwareQueries()
        self._background = Background("device list")
        self._rate: float | None = None

    @property
    def cpu_fps(self) -> float | None:
        """What was expected last."""
        return self._rate

    def find_devices(self) -> None:
        """Look; `found` follows."""
        self._background.run(self._look)

    def find_accelerators(self, build: BuildSettings) -> None:
        """List what this model and device can have; `offered` follows."""
        self._background.run(lambda: self._list(build))

    def estimate_cpu_fps(self, build: BuildSettings, steps: int) -> None:
        """Reckon what this would come to; `expected` follows."""
        self._background.run(lambda: self._reckon(build, steps))

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; True when so."""
        return self._background.wait(timeout)

    def _look(self) -> None:
        try:
            self.devices_found.emit(tuple(self._hardware.devices()))
        except Exception:
            logger.exception("the devices could not be listed")

    def _list(self, build: BuildSettings) -> None:
        try:
            self.accelerators_found.emit(tuple(self._hardware.accelerators(build)))
        except Exception:
            logger.exception("the accelerators could not be listed")
            self.accelerators_found.emit(())

    def _reckon(self, build: BuildSettings, steps: int) -> None:
        try:
            self._rate = self._hardware.cpu_fps(build, steps)
        except Exception:
            logger.exception("the rate could not be reckoned")
            self._rate = None
        self.cpu_fps_estimated.emit(self._rate)
