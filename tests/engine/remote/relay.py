"""A bad line: UDP between client and engine through a relay that delays, drops and limits."""

from __future__ import annotations

import asyncio
import random
import re
import threading
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from engine.remote import pinned_http
from engine.remote.pinned_http import Answer, Door
from engine.remote.stream import peer

QUEUE_S = 0.3
"""Seconds of packets that the queue before a narrow line holds, as a router's does."""

_CANDIDATE = re.compile(
    r"a=candidate:\S+ 1 udp (\d+) (\d+\.\d+\.\d+\.\d+) (\d+) typ host", re.IGNORECASE
)


@dataclass
class Line:
    """What is wrong with it, each way. A test may change it at any time. cut: nothing passes; out,
    back: nothing that the client, or the engine, has sent. blind: nothing of the engine's pictures.
    """

    delay_s: float = 0.0
    loss: float = 0.0
    bits_per_s: float = 0.0
    cut: bool = False
    cut_out: bool = False
    cut_back: bool = False
    blind: bool = False

    def passes(self, *, back: bool) -> bool:
        """Whether anything passes that way."""
        return not (self.cut or (self.cut_back if back else self.cut_out))


@dataclass
class Passed:
    """Bytes that have passed, each way."""

    out: int = 0
    back: int = 0


class Relay:
    """Between the one client and the one engine whose session is agreed upon through `ask`. seed:
    decides what is lost.
    """

    def __init__(self, line: Line, seed: int = 7) -> None:
        self._line = line
        self.passed = Passed()
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay")
        self._ends: list[_End] = []

    def __enter__(self) -> Relay:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        async def close() -> None:
            for end in self._ends:
                end.transport.close()

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(5.0)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5.0)
        self._loop.close()

    def between(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lead every session that begins from now on through this line."""
        ask = pinned_http.ask

        def through(door: Door, method: str, path: str, body: Any = None, **rest: Any) -> Answer:
            if method != "POST":
                return ask(door, method, path, body, **rest)
            own = _candidates(body.decode())[0]
            facing_client, facing_engine = self._open(own[0])
            offer = _replaced(body.decode(), facing_engine.address)
            answer = ask(door, method, path, offer.encode(), **rest)
            if answer.status != 201:
                return answer
            text = answer.body.decode()
            facing_client.to, facing_engine.to = own, _candidates(text)[0]
            text = _replaced(text, facing_client.address)
            return Answer(answer.status, text.encode(), answer.location)

        monkeypatch.setattr(peer, "ask", through)

    def _open(self, host: str) -> tuple[_End, _End]:
        async def open_both() -> tuple[_End, _End]:
            ends = [
                _End(self._line, self.passed, self._random, back=back) for back in (False, True)
            ]
            for end in ends:
                await self._loop.create_datagram_endpoint(partial(_self, end), local_addr=(host, 0))
            ends[0].other, ends[1].other = ends[1], ends[0]
            self._ends += ends
            return ends[0], ends[1]

        return asyncio.run_coroutine_threadsafe(open_both(), self._loop).result(5.0)


class _End(asyncio.DatagramProtocol):
    """One side. What it hears leaves by the other. back: it hears the engine."""

    def __init__(self, line: Line, passed: Passed, chance: random.Random, *, back: bool) -> None:
        self._line, self._passed, self._random, self._back = line, passed, chance, back
        self.transport: Any = None
        self.other: _End = self
        self.to: tuple[str, int] | None = None
        self._free_at = 0.0

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.transport.get_extra_info("sockname")[:2]
        return host, port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        line, loop = self._line, asyncio.get_running_loop()
        self.to = addr[:2]
        if line.blind and self._back and _is_picture(data):
            return
        if not line.passes(back=self._back) or self._random.random() < line.loss:
            return
        now = loop.time()
        if line.bits_per_s:
            if self._free_at - now > QUEUE_S:
                return
            self._free_at = max(self._free_at, now) + 8 * len(data) / line.bits_per_s
        if self._back:
            self._passed.back += len(data)
        else:
            self._passed.out += len(data)
        loop.call_at(max(self._free_at, now) + line.delay_s, self.other.send, data)

    def send(self, data: bytes) -> None:
        open_ = self._line.passes(back=not self._back)
        if self.to is not None and open_ and not self.transport.is_closing():
            self.transport.sendto(data, self.to)


def _is_picture(data: bytes) -> bool:
    """Whether it is RTP, and not RTCP (RFC 7983 and 5761)."""
    return 128 <= data[0] < 192 and not 192 <= data[1] < 224


def _self(end: _End) -> _End:
    return end


def _candidates(sdp: str) -> list[tuple[str, int]]:
    return [(match[2], int(match[3])) for match in _CANDIDATE.finditer(sdp)]


def _replaced(sdp: str, address: tuple[str, int]) -> str:
    """With one candidate alone, the relay."""
    first = _CANDIDATE.search(sdp)
    assert first is not None
    own = f"a=candidate:1 1 udp {first[1]} {address[0]} {address[1]} typ host"
    lines = [line for line in sdp.splitlines() if not line.startswith("a=candidate:")]
    place = next(i for i, line in enumerate(lines) if line.startswith("m="))
    return "\r\n".join([*lines[: place + 1], *_after(lines[place + 1 :], own)]) + "\r\n"


def _after(lines: list[str], own: str) -> list[str]:
    """The candidate behind the connection line of the first media section."""
    place = next(i for i, line in enumerate(lines) if line.startswith("a="))
    return [*lines[:place], own, *lines[place:]]
