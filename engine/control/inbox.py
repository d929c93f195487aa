"""Commands on their way to the one thread that carries them out: a panic first, never lost."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

from engine.control.commands import PANIC, Action, Command, Do
from engine.errors import EngineError, SettingError

MOST_WAITING = 64
"""Commands that may wait; a panic has a place even then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that waits. done: its outcome, None or an EngineError."""

    command: Command
    done: Future[None] = field(default_factory=Future)


class Inbox:
    """Takes commands on any thread; one thread is woken and takes them out.

    hide: hides the picture at once, on the thread on which a panic comes in, so that it does not
    wait for anything; it may be called again and again. wake: has the other thread call `take`.

        submit --queue--> take --> the thread that carries commands out
           └─ panic: hide at once, drop every release that waits, stand first in the queue
    """

    def __init__(self, hide: Callable[[], object], wake: Callable[[], object]) -> None:
        self._hide, self._wake = hide, wake
        self._guard = threading.RLock()
        self._waiting: deque[Asked] = deque()
        self._panic_wanted = False

    def submit(self, command: Command) -> Future[None]:
        """Have a command carried out; the future has the outcome. Raises SettingError when too
        many wait.
        """
        with self._guard:
            asked = Asked(self._resolved(command))
            if asked.command == PANIC:
                self._put_panic(asked)
            elif len(self._waiting) >= MOST_WAITING:
                raise _busy()
            else:
                self._waiting.append(asked)
                self._note(asked.command)
        self._wake()
        return asked.done

    def take(self) -> Iterator[Asked]:
        """What waits, in order, a panic first; also what comes in meanwhile."""
        while True:
            with self._guard:
                if not self._waiting:
                    return
                asked = self._waiting.popleft()
            yield asked

    def release(self, show: Callable[[], object]) -> None:
        """Call `show`, which lets the picture on air again, unless a panic has come in since."""
        with self._guard:
            if not self._panic_waits:
                show()

    def note_panic(self, on: bool) -> None:
        """Learn that a panic has begun or ended by other hands, such as a click in the window."""
        with self._guard:
            if not self._panic_waits:
                self._panic_wanted = on

    @property
    def _panic_waits(self) -> bool:
        return any(asked.command == PANIC for asked in self._waiting)

    def _resolved(self, command: Command) -> Command:
        """A toggle means what it meant when it was pressed."""
        if command == Do(Action.TOGGLE_PANIC):
            return Do(Action.RELEASE) if self._panic_wanted else PANIC
        return command

    def _put_panic(self, asked: Asked) -> None:
        self._panic_wanted = True
        self._hide()
        released = [one for one in self._waiting if one.command == Do(Action.RELEASE)]
        others = [one for one in self._waiting if one.command not in (PANIC, Do(Action.RELEASE))]
        panics = [one for one in self._waiting if one.command == PANIC]
        self._waiting = deque([*panics, asked, *others])
        for one in released:
            one.done.set_exception(_overtaken())

    def _note(self, command: Command) -> None:
        if command == Do(Action.RELEASE):
            self._panic_wanted = False


def _busy() -> EngineError:
    return SettingError(
        "Too many commands are waiting.", "Send fewer of them; a panic is obeyed all the same."
    )


def _overtaken() -> EngineError:
    return SettingError("A panic has come in since.", "Release it once more if it was not meant.")
