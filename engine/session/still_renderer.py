"""Pictures made beside a running stream, a part at a time, so that the stream hardly notices."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass

from engine.frames import Pixels
from engine.interfaces import Translator
from engine.settings import LiveSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StillRequest:
    """A picture to be styled, and by what.

    done: hears the result on the engine's thread, or None where it could not be made. A session
    that was ending already says nothing: its own end says it.
    """

    pixels: Pixels
    live: LiveSettings
    done: Callable[[Pixels | None], None]


class StillRenderer:
    """Holds one still at a time; all on the engine's thread, the only one to touch the model.

    A turn does one part of the work, about a tenth of a frame's. However many turns there are,
    no more is held than one picture and a window of it.
    """

    def __init__(self) -> None:
        self._still: StillRequest | None = None
        self._work: Generator[None, None, Pixels] | None = None

    def put(self, still: StillRequest) -> None:
        """Begin this one at the next turn; one that is not done yet is given up."""
        self.clear()
        self._still = still

    def advance(self, translator: Translator) -> None:
        """Do the next part, if there is any; a failure ends the still and nothing else."""
        if self._still is None:
            return
        try:
            if self._work is None:
                self._work = translator.render_still(self._still.pixels, self._still.live)
            next(self._work)
        except StopIteration as end:
            self._finish(end.value)
        except Exception as error:  # noqa: BLE001 - whatever a model throws, the stream goes on
            logger.info("a picture beside the stream was given up: %s", error)
            self.clear()

    def clear(self) -> None:
        """Give up what is under way."""
        self._finish(None)

    def _finish(self, result: Pixels | None) -> None:
        still, self._still, self._work = self._still, None, None
        if still is not None:
            still.done(result)
