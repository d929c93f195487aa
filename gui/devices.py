"""What models can be computed on here, and how fast, asked in the background: it needs torch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.devices import DeviceInfo
from engine.session import list_devices, rate_on_processor
from engine.settings import BuildSettings
from gui.background import Background

logger = logging.getLogger(__name__)


class DeviceList(QObject):
    """Asks when told to; `found` brings the devices, best first, with the memory free now.

    Like the import of torch itself, it is not waited for at the end of the program.
    """

    found = Signal(object)
    expected = Signal(object)
    """Frames per second where a model would have to run on the processor, else None."""

    def __init__(
        self,
        lister: Callable[[], Sequence[DeviceInfo]] = list_devices,
        rater: Callable[[BuildSettings, int], float | None] = rate_on_processor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lister, self._rater = lister, rater
        self._background = Background("device list")

    def ask(self) -> None:
        """Look; `found` follows."""
        self._background.run(self._look)

    def ask_rate(self, build: BuildSettings, steps: int) -> None:
        """Reckon what this would come to; `expected` follows."""
        self._background.run(lambda: self._rate(build, steps))

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; True when so."""
        return self._background.wait(timeout)

    def _look(self) -> None:
        try:
            self.found.emit(tuple(self._lister()))
        except Exception:
            logger.exception("the devices could not be listed")

    def _rate(self, build: BuildSettings, steps: int) -> None:
        try:
            self.expected.emit(self._rater(build, steps))
        except Exception:
            logger.exception("the rate could not be reckoned")
