"""What strangers at the control interface cost the stream: rates calm and under attack, in turns.

    python -m tests.benchmarks.control_attack [--rounds 3] [--seconds 10] [--size 256x256]

The built-in model restyles the demo in this process, which also has the web server. The attack is
a process of its own: requests without a token as fast as they are answered, on 16 connections, and
100 half-open sockets. It takes a core of its own, so that the figure is an upper bound where there
are few. The result is the median of the rounds' ratios.
"""

from __future__ import annotations

import asyncio
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from rich.console import Console

from engine.control.local_access import API
from engine.events import Event, Stats
from engine.session.job import Job
from engine.session.session import Session
from engine.settings import BuildSettings, InputSettings, LiveSettings, parse_size
from engine.video.sinks.null import NullSink
from tests.engine.control.hosts import serving

CONNECTIONS, HALF_OPEN = 16, 100
STARTS_WITHIN_S = 120.0


def measure(
    rounds: Annotated[int, typer.Option(help="Turns of calm and attack.")] = 3,
    seconds: Annotated[float, typer.Option(help="Of each turn.")] = 10.0,
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of the stream.")] = "256x256",
    attack: Annotated[int, typer.Option(help="Attack this port instead.", hidden=True)] = 0,
) -> None:
    """Print the rates and their ratio."""
    if attack:
        asyncio.run(_attack(attack))
        return
    frames: list[int] = []

    def listen(event: Event) -> None:
        if isinstance(event, Stats):
            frames.append(event.frames_out)

    session = Session(listen)
    build = BuildSettings(size=parse_size(size))
    session.start(Job(InputSettings("demo"), build, LiveSettings(), (NullSink(),)))
    until = time.monotonic() + STARTS_WITHIN_S
    while not (frames and frames[-1] > 0):
        assert time.monotonic() < until, "the stream has not started"
        time.sleep(0.1)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as web:
        ratios = [_round(frames, seconds, web.port) for _ in range(rounds)]
        assert web.host.obeyed == []
    session.stop()
    session.wait(10)
    Console().print(f"under attack, {statistics.median(ratios):.2f} of the calm rate")


def _round(frames: list[int], seconds: float, port: int) -> float:
    calm = _rate(frames, seconds)
    command = [sys.executable, "-m", "tests.benchmarks.control_attack", "--attack", str(port)]
    with subprocess.Popen(command) as attacker:
        time.sleep(3)  # until it has begun
        attacked = _rate(frames, seconds)
        attacker.kill()
    Console().print(f"calm {calm:.1f} frames/s, under attack {attacked:.1f}")
    return attacked / calm


def _rate(frames: list[int], seconds: float) -> float:
    """Frames per second from now on, by the session's own count."""
    first, began = frames[-1], time.monotonic()
    time.sleep(seconds)
    return (frames[-1] - first) / (time.monotonic() - began)


async def _attack(port: int) -> None:
    halves = [socket.create_connection(("127.0.0.1", port)) for _ in range(HALF_OPEN)]
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(_knock(session, port) for _ in range(CONNECTIONS)))
    for half in halves:
        half.close()


async def _knock(session: aiohttp.ClientSession, port: int) -> None:
    url = f"http://127.0.0.1:{port}{API}/commands"
    while True:
        with suppress(aiohttp.ClientError, ConnectionError):
            async with session.post(url, json={"command": "stop"}):
                pass


if __name__ == "__main__":
    typer.run(measure)
