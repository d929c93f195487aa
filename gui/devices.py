"""What models can be computed on here, asked in the background: the answer needs torch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.devices import DeviceInfo
from engine.session import list_devices
from gui.background import Background

logger = logging.getLogger(__name__)


class DeviceList(QObject):
    """Asks when told to; `found` brings the devices, best first, with the memory free now.

    Like the import of torch itself, it is not waited for at the end of the program.
    """

    found = Signal(object)

    def __init__(
        self,
        lister: Callable[[], Sequence[DeviceInfo]] = list_devices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lister = lister
        self._background = Background("device list")

    def ask(self) -> None:
        """Look; `found` follows."""
        self._background.run(self._look)

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; True when so."""
        return self._background.wait(timeout)

    def _look(self) -> None:
        try:
            self.found.emit(tuple(self._lister()))
        except Exception:
            logger.exception("the devices could not be listed")
