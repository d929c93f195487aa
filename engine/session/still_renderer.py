"""Renders pictures during a running stream, step by step, so that it hardly slows down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator

from engine.errors import EngineError
from engine.frames import Pixels
from engine.session.commands import RenderStill
from engine.session.model_guard import model_guard
from engine.settings import LiveSettings

logger = logging.getLogger(__name__)

StillWork = Generator[None, None, Pixels]
Render = Callable[[Pixels, LiveSettings], StillWork]
"""Starts to style one picture; see `Translator.render_still`."""


class StillRenderer:
    """Has one request at a time; used on the engine thread alone.

    A turn does one step of the work, about a tenth of the work for a frame. Never more than one
    picture and its KV cache are kept.
    """

    def __init__(self) -> None:
        self._request: RenderStill | None = None
        self._work: StillWork | None = None

    def put(self, request: RenderStill) -> None:
        """Begin this one at the next turn; an unfinished one is cancelled."""
        self.clear()
        self._request = request

    def advance(self, render: Render) -> None:
        """Do the next step, if there is one; a failure ends the request and nothing else."""
        if self._request is None:
            return
        with model_guard(self._failed):
            if self._work is None:
                self._work = render(self._request.pixels, self._request.live)
            try:
                next(self._work)
            except StopIteration as end:
                self._finish(end.value)

    def clear(self) -> None:
        """Cancel the work in progress."""
        self._finish(None)

    def _failed(self, error: EngineError) -> None:
        logger.info("a picture during the stream failed: %s", error)
        self.clear()

    def _finish(self, result: Pixels | None) -> None:
        request, self._request, self._work = self._request, None, None
        if request is not None:
            request.done(result)
