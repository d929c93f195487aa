"""Finds the people in a source's frames, for auto framing, with the network of the person mask."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from engine.concurrency.worker import Worker
from engine.frames import Pixels
from engine.video.framing.subject import Plane

if TYPE_CHECKING:
    from engine.model.person.mask import PersonMask


class PeopleFinder:
    """Loads the network at the first call. beside: on a thread of its own; nobody is found until
    then. It belongs to the thread that calls it.
    """

    def __init__(self, *, beside: bool) -> None:
        self._beside = beside
        self._loading: Worker | None = None
        self._mask: PersonMask | None = None

    def __call__(self, picture: Pixels) -> Plane | None:
        """Where people are in a picture (H, W, 3): (144, 256), 0..1; None if that is unknown."""
        if self._loading is None:
            self._loading = Worker("people finder", self._load, stoppable=False)
            self._loading.start()
            if not self._beside:
                self._loading.join()
        if self._mask is None:
            return None
        self._mask.forget()  # looks are too far apart for the motion between them to be told
        return self._mask.read(picture)

    def _load(self, _: threading.Event) -> None:
        # these import torch
        from engine.model.acceleration.openvino.person import (  # noqa: PLC0415
            quickest_person_network,
        )
        from engine.model.person.mask import PersonMask  # noqa: PLC0415

        mask = PersonMask(quickest_person_network)
        mask.prepare(beside=False)
        self._mask = mask
