"""A one-slot hand-over between two threads: nothing can queue up, nothing can grow."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class MailboxClosed(Exception):  # noqa: N818 - an end, not an error
    """The other side has gone; nothing will arrive any more."""


class Mailbox(Generic[T]):
    """Hands the newest item from one thread to another.

    lossless: `put` waits until the last item has been taken; otherwise it never waits, and an
    item nobody took in time is replaced and counted in `dropped`.
    """

    def __init__(self, *, lossless: bool = False) -> None:
        self._changed = threading.Condition()
        self._lossless = lossless
        self._item: T | None = None
        self._closed = self._woken = False
        self.dropped = 0

    def put(self, item: T) -> None:
        """Raises MailboxClosed after `close`."""
        with self._changed:
            if self._lossless:
                self._changed.wait_for(lambda: self._closed or self._item is None)
            if self._closed:
                raise MailboxClosed
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def get(self, timeout: float, *, wanted: bool = True) -> T | None:
        """Wait for an item and take it; None after `timeout` seconds, or a `wake`. An item that is
        not wanted yet stays, to be replaced by a newer one.

        Raises MailboxClosed once it is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._has_news(wanted), timeout)
            self._woken = False
            if not wanted and not self._closed:
                return None
            if self._item is None and self._closed:
                raise MailboxClosed
            return self._take()

    def poll(self) -> T | None:
        """Take the item if there is one: for a display timer, which must not wait."""
        with self._changed:
            return self._take()

    def wake(self) -> None:
        """Let whoever waits in `get`, or will, go on at once, item or none."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let nothing more in; an item that is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _has_news(self, wanted: bool) -> bool:
        return self._closed or self._woken or (wanted and self._item is not None)

    def _take(self) -> T | None:
        item, self._item = self._item, None
        self._changed.notify_all()
        return item
