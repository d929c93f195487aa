"""Commands on their way to the one thread that carries them out: a panic first, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, fields, replace

from engine.control.commands import PANIC, RELEASE, Action, Adjust, Command, Do, SetBlend
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
        self._waiting: list[Asked] = []
        self._taken: list[Asked] = []
        self._panic_noted = self._panic_wanted = False

    def submit(self, command: Command) -> Future[None]:
        """Have a command carried out; the future has the outcome. Raises SettingError when too
        many wait.
        """
        with self._guard:
            first = not self._waiting
            asked = self._put(self._resolved(command))
        if first:
            self._wake()
        return asked.done

    def take(self) -> Sequence[Asked]:
        """All that waits, in order, a panic first."""
        with self._guard:
            self._taken, self._waiting = self._waiting, []
            return self._taken

    def release(self, show: Callable[[], object]) -> None:
        """Call `show`, which lets the picture on air again. Raises SettingError where a panic has
        come in since. A panic that comes meanwhile waits for `show`, which does that and no more.
        """
        with self._guard:
            if self._panic_waits:
                raise _overtaken()
            show()

    def note_panic(self, on: bool) -> None:
        """Learn whether there is a panic. One that has begun or ended by other hands, such as a
        click in the window, counts as what comes in here; what has been taken is no news.
        """
        with self._guard:
            changed, self._panic_noted = on != self._panic_noted, on
            if not changed or not all(asked.done.done() for asked in self._taken):
                return
            if on:
                self._drop_releases()
            self._panic_wanted = on or self._panic_waits

    @property
    def _panic_waits(self) -> bool:
        return any(asked.command == PANIC for asked in self._waiting)

    def _resolved(self, command: Command) -> Command:
        """A toggle means what it meant when it was pressed."""
        if command == Do(Action.TOGGLE_PANIC):
            return RELEASE if self._panic_wanted else PANIC
        return command

    def _put(self, command: Command) -> Asked:
        if command == PANIC:
            return self._put_panic()
        merged = _merged(self._waiting[-1], command) if self._waiting else None
        if merged is not None:
            self._waiting[-1] = merged
            return merged
        if len(self._waiting) >= MOST_WAITING:
            raise _busy()
        if command == RELEASE:
            self._panic_wanted = False
        self._waiting.append(Asked(command))
        return self._waiting[-1]

    def _put_panic(self) -> Asked:
        self._panic_wanted = True
        self._hide()
        self._drop_releases()
        if not self._waiting or self._waiting[0].command != PANIC:
            self._waiting.insert(0, Asked(PANIC))
        return self._waiting[0]

    def _drop_releases(self) -> None:
        dropped = [one for one in self._waiting if one.command == RELEASE]
        self._waiting = [one for one in self._waiting if one.command != RELEASE]
        for one in dropped:
            one.done.set_exception(_overtaken())


def _merged(last: Asked, command: Command) -> Asked | None:
    """One command for two moves of sliders, of which the newer wins; they share the outcome."""
    if type(last.command) is not type(command) or not isinstance(command, Adjust | SetBlend):
        return None
    words = {name.name: getattr(command, name.name) for name in fields(command)}
    given = {name: word for name, word in words.items() if word is not None}
    return Asked(replace(last.command, **given), last.done)


def _busy() -> EngineError:
    return SettingError(
        "Too many commands are waiting.", "Send fewer of them; a panic is obeyed all the same."
    )


def _overtaken() -> EngineError:
    return SettingError("A panic has come in since.", "Release it once more if it was not meant.")
