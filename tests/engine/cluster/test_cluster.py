"""Two replicas of two places each, in processes of their own."""

import asyncio
import ipaddress
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

import aiohttp
import psutil
import pytest

from engine.events import SessionState
from engine.remote.address import parse_address
from engine.remote.pairing import pair, remember
from tests.engine.remote.conftest import Stage, key_store  # noqa: F401 - a fixture
from tests.engine.server.peers import Client, is_styled, run
from tests.engine.server.test_watching import Watcher

if find_spec("ray") is None:
    pytest.skip("Ray Serve is not installed", allow_module_level=True)

import grpc

from tests.engine.cluster.clusters import Running, running, wait_until

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    replicas = {"num_replicas": 2}
    with running(folder, listen=address, streams=2, replica=replicas, drain_s=6.0) as found:
        yield found


async def flows(client: Client, count: int) -> None:
    await client.until(lambda: len(client.results) >= count)


@asynccontextmanager
async def flowing(cluster: Running) -> AsyncIterator[Client]:
    """One stream that has begun to flow."""
    async with aiohttp.ClientSession() as web:
        client = Client(web, cluster.url, await asyncio.to_thread(cluster.token, "one"))
        try:
            assert await client.open() == 201
            await flows(client, 3)
            yield client
        finally:
            await client.close()


async def is_told_the_end(client: Client) -> None:
    await client.until(lambda: bool(client.heard("ended")))


def shows(stage: Stage, count: int) -> None:
    stage.until(lambda: len(stage.sink.frames) > count)


def test_streams_are_spread_and_stay_where_they_are(cluster: Running) -> None:
    async def work() -> None:
        async with aiohttp.ClientSession() as web:
            tokens = [await asyncio.to_thread(cluster.token, name) for name in ("one", "two")]
            clients = [Client(web, cluster.url, token) for token in tokens]
            try:
                for client, query in zip(clients, ("?share=1", ""), strict=True):
                    assert await client.open(query) == 201
                    await flows(client, 3)
                spread = await asyncio.to_thread(cluster.streams)
                assert sorted(spread.values()) == [1, 1]

                watcher = Watcher(web, cluster.url, await asyncio.to_thread(cluster.token, "x"))
                assert await watcher.open() == 201  # of the one that is shared, on its replica
                assert len(await watcher.pictures(2)) == 2
                assert await watcher.end() == 200
                await watcher.peer.close()

                other = clients[1].headers
                async with web.delete(cluster.url + clients[0].location, headers=other) as said:
                    assert said.status == 404
                for left, client in ((1, clients[0]), (0, clients[1])):
                    place = cluster.url + client.location
                    async with web.delete(place, headers=client.headers) as said:
                        assert said.status == 200
                    await asyncio.to_thread(cluster.until_there_are, left)
                assert all(is_styled(one.pixels) for c in clients for one in c.results)
            finally:
                for client in clients:
                    await client.close()

    run(work())


def test_a_full_cluster_says_so_and_a_token_taken_back_makes_room(cluster: Running) -> None:
    async def work() -> None:
        async with aiohttp.ClientSession() as web:
            token = await asyncio.to_thread(cluster.token, "gone")
            clients = [Client(web, cluster.url, token) for _ in range(5)]
            try:
                for client in clients[:4]:
                    assert await client.open() == 201
                    await flows(client, 1)
                assert await clients[4].open() == 503
                cluster.revoke("gone")
                for client in clients[:4]:
                    await is_told_the_end(client)
                    assert "removed" in client.heard("ended")[0]["message"]
                await asyncio.to_thread(cluster.until_there_are, 0)
            finally:
                for client in clients:
                    await client.close()

    run(work())


def test_what_can_be_reached_from_elsewhere_asks_for_rays_token(cluster: Running) -> None:
    processes = psutil.Process().children(recursive=True)
    assert any("raylet" in process.name() for process in processes)
    open_ports = {
        one.laddr.port: process.name()
        for process in processes
        for one in process.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN
        and not ipaddress.ip_address(one.laddr.ip.removeprefix("::ffff:")).is_loopback
    }
    assert all(name.startswith("ray::ServeReplica") for name in open_ports.values())
    for port in open_ports:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            call = channel.unary_unary("/ray.serve.ASGIService/HandleRequest")
            with pytest.raises(grpc.RpcError) as refusal:
                call(b"", timeout=60)
            assert refusal.value.code() is grpc.StatusCode.UNAUTHENTICATED


def test_a_replica_that_is_killed_costs_its_streams_a_placeholder_and_a_reconnect(
    cluster: Running,
) -> None:
    remember(pair(parse_address(cluster.url), cluster.cluster.code()))
    stages = [Stage(cluster.url), Stage(cluster.url)]
    try:
        for stage in stages:
            stage.start()
            shows(stage, 10)
        before = cluster.streams()
        assert sorted(before.values()) == [1, 1]
        os.kill(next(iter(before)), signal.SIGKILL)
        wait_until(lambda: any(SessionState.RECOVERING in one.states for one in stages))
        first, other = sorted(stages, key=lambda one: SessionState.RECOVERING not in one.states)
        blanks = first.sink.blanks
        assert blanks > 0
        shows(first, len(first.sink.frames) + 5)
        first.until(lambda: first.states[-1] is SessionState.LIVE)
        assert SessionState.RECOVERING not in other.states
        shows(other, len(other.sink.frames) + 5)
    finally:
        for stage in stages:
            stage.end()
    assert [stage.sink.raw for stage in stages] == [0, 0]


def test_streams_go_on_while_a_killed_ingress_is_away(cluster: Running) -> None:
    async def work() -> None:
        async with flowing(cluster) as client, aiohttp.ClientSession() as web:
            children = psutil.Process().children(recursive=True)
            next(one for one in children if "Ingress" in one.cmdline()[0]).kill()
            with pytest.raises(aiohttp.ClientError):
                await web.get(cluster.url + "/health")
            await flows(client, len(client.results) + 5)
            await asyncio.to_thread(wait_until, cluster.answers)
            place = cluster.url + client.location  # of a stream that it has not placed itself
            async with web.delete(place, headers=client.headers) as said:
                assert said.status == 200
            await asyncio.to_thread(cluster.until_there_are, 0)
            assert client.heard("blank") == []

    run(work())


def test_streams_have_their_time_when_a_cluster_ends_and_are_told_then(cluster: Running) -> None:
    """The last one: it ends the cluster."""

    async def work() -> None:
        async with flowing(cluster) as client:
            ending = asyncio.create_task(asyncio.to_thread(cluster.cluster.stop))
            await asyncio.to_thread(wait_until, lambda: not cluster.answers())
            await flows(client, len(client.results) + 3)
            assert client.heard("ended") == []
            await is_told_the_end(client)
            assert "being closed" in client.heard("ended")[0]["message"]
            await ending

    run(work())
