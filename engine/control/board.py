"""The newest status and figures, for whoever shows them elsewhere. Nothing queues."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.control.status import Status
from engine.events import Stats

Listener = Callable[[], object]


class Board:
    """One thread writes, any thread reads; listeners are called on the writing thread, and must
    only note that there is news.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._status = Status()
        self._figures: Stats | None = None
        self._listeners: tuple[Listener, ...] = ()

    @property
    def status(self) -> Status:
        """The newest status."""
        return self._status

    @property
    def figures(self) -> Stats | None:
        """The stream's newest figures; None while there is no stream."""
        return self._figures

    def show_status(self, status: Status) -> None:
        """Write a new status; one that is equal to the last is no news."""
        if status != self._status:
            self._status = status
            self._tell()

    def show_figures(self, figures: Stats | None) -> None:
        """Write new figures."""
        if figures != self._figures:
            self._figures = figures
            self._tell()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of news from now on; returns what ends that."""
        with self._guard:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._guard:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
