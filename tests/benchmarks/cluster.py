"""What a cluster on this computer costs and does, one question at a time; each takes at most three
minutes. `docs/scale.md` has the answers.

    python -m tests.benchmarks.cluster streams --side 512   rate, memory, bandwidth by streams
    python -m tests.benchmarks.cluster signalling           1,000 sessions through the ingress
    python -m tests.benchmarks.cluster placing              time to place streams 1, 10 and 100
    python -m tests.benchmarks.cluster kill                 one of two replicas is killed
    python -m tests.benchmarks.cluster grow                 a stream more than there are places

Senders, ingress and replicas share this computer. Needs Ray Serve.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, pairwise
from pathlib import Path
from typing import Annotated, Any

import aiohttp
import numpy as np
import psutil
import typer
from av.video.frame import VideoFrame

from engine.events import SessionState
from engine.frames import Pixels, Size
from engine.remote.address import parse_address
from engine.remote.pairing import pair, remember
from engine.remote.rtc import to_video
from engine.server import streams as stream_limits
from engine.server.engine_kind import EngineKind, engine_kind
from engine.server.settings import ServeSettings
from engine.video.sources.demo import demo_source
from tests.benchmarks.elsewhere import Stopwatch
from tests.engine.cluster.clusters import Running, negative_kind, running
from tests.engine.remote.conftest import Stage
from tests.engine.server.peers import Camera, Client, new_peer, post_offer

SETTLING_S = 10.0
"""Seconds until a stream's model has found its size and its quickest way."""

AT_ONCE = 16
"""Requests that are under way at a time."""

app = typer.Typer(pretty_exceptions_enable=False)


def patient_kind(settings: ServeSettings) -> EngineKind:
    """Inverts, and does not end streams that bring no pictures: only signalling is of interest."""
    vars(stream_limits)["CONNECTS_WITHIN_S"] = 600.0
    return negative_kind(settings)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def cluster(kind: Any = negative_kind, **settings: Any) -> Iterator[Running]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), kind, **settings) as found:
        yield found


# Streams of one replica


class DemoCamera(Camera):
    """Sends the demo at 30 frames/s."""

    def __init__(self, pictures: list[Pixels]) -> None:
        super().__init__(30.0, pictures[0].shape[1], pictures[0].shape[0])
        self._pictures = cycle([to_video(one) for one in pictures])

    async def recv(self) -> VideoFrame:
        frame = await super().recv()
        picture = next(self._pictures)
        picture.pts, picture.time_base = frame.pts, frame.time_base
        return picture


def demo(side: int) -> list[Pixels]:
    source = demo_source(Size(side, side), frames=30, live=False)
    source.open()
    pictures = [frame.pixels for frame in iter(source.read, None)]
    return [*pictures, *pictures[-2:0:-1]]


@app.command()
def streams(
    side: Annotated[int, typer.Option(help="Of the square pictures, in pixels.")] = 512,
    most: int = 3,
    seconds: float = 15.0,
    cpus: float = 2.0,
) -> None:
    """The built-in model in one replica: rate of each stream, memory and bandwidth by streams."""
    options = {"num_replicas": 1, "ray_actor_options": {"num_cpus": cpus}}
    with cluster(engine_kind, streams=most, replica=options) as found:
        asyncio.run(_streams(found, demo(side), most, seconds))


async def _streams(found: Running, pictures: list[Pixels], most: int, seconds: float) -> None:
    reports = await asyncio.to_thread(found.cluster.reports)
    process = psutil.Process(reports[0].process)
    token = await asyncio.to_thread(found.token)
    say(f"replica alone: {_megabytes(process):.0f} MB")
    async with aiohttp.ClientSession() as web:
        clients: list[Client] = []
        for count in range(1, most + 1):
            client = Client(web, found.url, token)
            client.camera = DemoCamera(pictures)
            assert await client.open() == 201
            clients.append(client)
            await client.until(lambda client=client: len(client.results) > 0)  # type: ignore[misc]
            await asyncio.sleep(SETTLING_S)
            say(await _rates(clients, process, seconds, f"{count} of {pictures[0].shape[0]}"))
            for one in clients:
                one.results.clear()
        for client in clients:
            await client.close()


async def _rates(clients: list[Client], process: Any, seconds: float, title: str) -> str:
    cpu, began = sum(process.cpu_times()[:2]), time.monotonic()
    seen = [len(one.records) for one in clients]
    bits = [await _bits(one) for one in clients]
    await asyncio.sleep(seconds)
    lasted = time.monotonic() - began
    rates = [(len(one.records) - n) / lasted for one, n in zip(clients, seen, strict=True)]
    moved = [np.subtract(await _bits(one), n) for one, n in zip(clients, bits, strict=True)]
    up, down = np.mean(moved, axis=0) / lasted / 1e6
    cores = (sum(process.cpu_times()[:2]) - cpu) / lasted
    each = ", ".join(f"{rate:.1f}" for rate in rates)
    return (
        f"{title}: {each} frames/s, replica {cores:.2f} cores, {_megabytes(process):.0f} MB; "
        f"each {up:.2f} Mbit/s there, {down:.2f} back"
    )


async def _bits(client: Client) -> tuple[float, float]:
    """Sent and received so far, RTP and data channels, without the headers of UDP."""
    report = await client.peer.getStats()
    found = [one for one in report.values() if one.type == "transport"]
    return 8.0 * found[0].bytesSent, 8.0 * found[0].bytesReceived


def _megabytes(process: Any) -> float:
    return float(process.memory_full_info().pss) / 1e6


# Signalling


async def _offer() -> str:
    peer = new_peer()
    peer.addTransceiver(Camera(), direction="sendrecv")
    peer.createDataChannel("commands")
    await peer.setLocalDescription(await peer.createOffer())
    sdp = str(peer.localDescription.sdp)
    await peer.close()
    return sdp


async def _heads(found: Running, count: int) -> list[dict[str, str]]:
    """Of as many devices: one may ask for a dozen streams at once, and for two a second."""
    tokens = [await asyncio.to_thread(found.token, wait_s=0.0) for _ in range(count)]
    await asyncio.sleep(2.0)
    return [{"Authorization": f"Bearer {token}"} for token in tokens]


@app.command()
def signalling(sessions: int = 1000, replicas: int = 2) -> None:
    """Open and end that many sessions, a few at a time."""
    with cluster(patient_kind, streams=64, replica={"num_replicas": replicas}) as found:
        asyncio.run(_signalling(found, sessions))


async def _signalling(found: Running, sessions: int) -> None:
    offer, heads = await _offer(), await _heads(found, sessions // 10)
    free, opened, ended = asyncio.Semaphore(AT_ONCE), [], []
    refused = 0

    async def one(web: aiohttp.ClientSession, head: dict[str, str]) -> None:
        nonlocal refused
        async with free:
            began = time.monotonic()
            status, _, place = await post_offer(web, f"{found.url}/session", offer, head)
            if status != 201:
                refused += 1
                return
            opened.append(time.monotonic() - began)
            began = time.monotonic()
            async with web.delete(found.url + place, headers=head) as answer:
                assert answer.status == 200
            ended.append(time.monotonic() - began)

    async with aiohttp.ClientSession() as web:
        began = time.monotonic()
        await asyncio.gather(*(one(web, heads[n % len(heads)]) for n in range(sessions)))
        lasted = time.monotonic() - began
    say(f"{len(opened)} sessions, {refused} refused, {len(opened) / lasted:.1f} a second")
    say(f"opening {_parts(opened)}; ending {_parts(ended)}")


def _parts(seconds: list[float]) -> str:
    parts = statistics.quantiles([1000.0 * one for one in seconds], n=20)
    return f"p50 {parts[9]:.0f} ms, p95 {parts[18]:.0f} ms"


@app.command()
def placing() -> None:
    """Place a hundred streams one after the other, and let them stay."""
    with cluster(patient_kind, streams=100, replica={"num_replicas": 2}) as found:
        asyncio.run(_placing(found))


async def _placing(found: Running) -> None:
    offer, heads = await _offer(), await _heads(found, 10)
    times = []
    async with aiohttp.ClientSession() as web:
        for number in range(101):
            began = time.monotonic()
            head = heads[number % len(heads)]
            status, _, _ = await post_offer(web, f"{found.url}/session", offer, head)
            assert status == 201
            times.append(1000.0 * (time.monotonic() - began))
    say(f"stream 1: {times[0]:.0f} ms (a router's first)")
    for number in (10, 100):
        middle = statistics.median(times[number - 4 : number + 1])
        say(f"stream {number}: {middle:.0f} ms (median of five)")
    say(f"by replica: {sorted((await asyncio.to_thread(found.streams)).values())}")


# Faults and growth


@app.command()
def kill(seconds: float = 8.0) -> None:
    """Two streams on two replicas; one replica is killed."""
    with cluster(streams=2, replica={"num_replicas": 2}) as found:
        remember(pair(parse_address(found.url), found.cluster.code()))
        stages, watches = [Stage(found.url), Stage(found.url)], [Stopwatch(), Stopwatch()]
        for stage, watch in zip(stages, watches, strict=True):
            stage.sink.send = watch.send  # type: ignore[method-assign]
            stage.start()
            stage.until(lambda watch=watch: len(watch.delays) > 30)  # type: ignore[misc]
        assert sorted(found.streams().values()) == [1, 1]
        time.sleep(seconds)
        killed = time.monotonic()
        os.kill(next(iter(found.streams())), signal.SIGKILL)
        time.sleep(2 * seconds)
        for stage, watch in zip(stages, watches, strict=True):
            say(_around(stage, [at for at, _ in watch.delays], killed, seconds))
            stage.end()


def _around(stage: Stage, times: list[float], killed: float, seconds: float) -> str:
    def rate(begin: float) -> float:
        return sum(begin <= at < begin + seconds for at in times) / seconds

    if SessionState.RECOVERING in stage.states:
        pauses = [b - a for a, b in pairwise(times) if b > killed]
        return f"the one whose replica was killed: back after {max(pauses):.1f} s without a picture"
    before, after = rate(killed - seconds), rate(killed)
    return f"the other: {before:.1f} frames/s before, {after:.1f} after ({after / before:.2f})"


@app.command()
def grow() -> None:
    """One replica with one place: how long until a second stream has a replica of its own."""
    with cluster(streams=1, replica={"autoscaling_config": {"max_replicas": 2}}) as found:
        asyncio.run(_grow(found))


async def _grow(found: Running) -> None:
    token = await asyncio.to_thread(found.token)
    async with aiohttp.ClientSession() as web:
        clients = [Client(web, found.url, token) for _ in range(2)]
        assert await clients[0].open() == 201
        await clients[0].until(lambda: len(clients[0].results) > 0)
        began, refusals = time.monotonic(), 0
        while await clients[1].open() == 503:
            refusals += 1
            await clients[1].begin_again()
        say(f"placed after {time.monotonic() - began:.1f} s, {refusals} times refused before")
        say(f"by replica: {sorted((await asyncio.to_thread(found.streams)).values())}")
        for client in clients:
            await client.close()


if __name__ == "__main__":
    app()
