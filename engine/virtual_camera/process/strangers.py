"""Connections that have not said yet what they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.virtual_camera.messages import MalformedMessageError, Message, decode
from engine.virtual_camera.transport.base import Channel, ChannelLostError, Listener, Waitable

_MOST = 8
_SPEAKS_WITHIN = 1.0


@dataclass(eq=False, frozen=True, slots=True)
class _Stranger:
    channel: Channel
    since: float


class Strangers:
    """Accepts a few connections, and hears the first message of each. One thread."""

    def __init__(self, listener: Listener, clock: Callable[[], float]) -> None:
        self._listener, self._clock = listener, clock
        self._here: list[_Stranger] = []

    @property
    def waitables(self) -> list[Waitable]:
        """What shows that one of them has said something."""
        return [stranger.channel.waitable for stranger in self._here]

    def accept(self) -> None:
        """Let those in who wait; where there are too many, the newest may be the owner."""
        for _ in range(_MOST):
            channel = self._listener.accept()
            if channel is None:
                return
            if len(self._here) == _MOST:
                self._here.pop(0).channel.close()
            self._here.append(_Stranger(channel, self._clock()))

    def hear(self, answer: Callable[[Channel, Message | None], None]) -> None:
        """Have each that has spoken answered, with None where it has said nothing for too long.

        `answer` takes the channel over, or closes it; it may raise ChannelLostError.
        """
        now = self._clock()
        for stranger in tuple(self._here):
            try:
                words = stranger.channel.receive(1)
                if not words and now - stranger.since < _SPEAKS_WITHIN:
                    continue
                self._here.remove(stranger)
                answer(stranger.channel, decode(words[0]) if words else None)
            except (ChannelLostError, MalformedMessageError):
                stranger.channel.close()
                if stranger in self._here:
                    self._here.remove(stranger)

    def close(self) -> None:
        """Let go of all of them."""
        for stranger in self._here:
            stranger.channel.close()
        self._here.clear()
