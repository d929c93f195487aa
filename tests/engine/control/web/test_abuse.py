"""What strangers try: nothing is obeyed, and whoever may come in still can."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from engine.control.commands import PANIC, ChooseStyle
from engine.control.local_access import API
from engine.control.web.connections import Connections
from tests.engine.control.hosts import Serving, run, serving

PANIC_WORDS = {"command": "panic"}
STYLE = {"command": "style", "name": "ink"}


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Serving]:
    """A server that is done with strangers after a moment."""
    with serving(tmp_path, lambda: Connections(most_strangers=8, stranger_stays_s=0.5)) as running:
        yield running


async def asked(session: aiohttp.ClientSession, web: Serving, headers: dict[str, str]) -> int:
    url = f"{web.url}{API}/commands"
    async with session.post(url, json=PANIC_WORDS, headers=headers) as answer:
        return answer.status


def wait_for_the_end_of(connection: socket.socket) -> None:
    """Ended by the server, in order or not; one that stays open raises TimeoutError."""
    with suppress(ConnectionError):
        while connection.recv(4096):
            pass


@pytest.mark.parametrize("value", ["", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer é"])
def test_without_a_valid_token_nothing_is_obeyed(web: Serving, value: str) -> None:
    headers = {"Authorization": value} if value else {}
    assert run(lambda session: asked(session, web, headers)) == 401
    assert web.host.obeyed == []
    assert web.host.hidden == 0


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}"]
)
def test_a_page_of_another_origin_is_refused_even_with_a_token(web: Serving, origin: str) -> None:
    headers = {**web.key, "Origin": origin.format(port=web.port)}
    assert run(lambda session: asked(session, web, headers)) == 403
    assert web.host.obeyed == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}"]
)
def test_a_rebound_name_is_refused_even_with_a_token(web: Serving, host: str) -> None:
    headers = {**web.key, "Host": host.format(port=web.port)}
    assert run(lambda session: asked(session, web, headers)) == 421
    assert web.host.obeyed == []


def test_a_socket_of_another_origin_is_refused(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> int:
        try:
            await session.ws_connect(f"{web.url}{API}/events", origin="https://evil.example")
        except aiohttp.WSServerHandshakeError as error:
            return error.status
        return 0

    assert run(work) == 403


def test_a_socket_whose_first_message_holds_no_token_is_closed(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> int | None:
        socket = await session.ws_connect(f"{web.url}{API}/events")
        await socket.send_json(PANIC_WORDS)
        while not socket.closed:
            await socket.receive(timeout=60)
        return socket.close_code

    assert run(work) == aiohttp.WSCloseCode.POLICY_VIOLATION
    assert web.host.obeyed == []


def test_codes_cannot_be_guessed_in_bulk(web: Serving) -> None:
    right = web.access.pairing.begin()

    async def work(session: aiohttp.ClientSession) -> list[int]:
        found = []
        for code in ["2222-2222"] * 5 + [right]:
            body = {"code": code, "name": "x"}
            async with session.post(f"{web.url}{API}/pair", json=body) as answer:
                found.append(answer.status)
        return found

    assert run(work) == [403] * 6
    assert web.access.tokens.devices == ()


@pytest.mark.timeout(600)
def test_ten_thousand_requests_of_a_stranger_keep_nobody_out(web: Serving) -> None:
    async def work(_: aiohttp.ClientSession) -> int:
        connector = aiohttp.TCPConnector(limit=16)
        async with aiohttp.ClientSession(connector=connector) as stranger:

            async def knock() -> None:
                for _ in range(625):
                    with suppress(aiohttp.ClientError, ConnectionError):
                        await asked(stranger, web, {})

            await asyncio.gather(*(knock() for _ in range(16)))
        async with aiohttp.ClientSession() as friend:
            return await asked(friend, web, web.key)

    assert run(work) == 200
    assert web.host.obeyed == [PANIC]


@pytest.mark.timeout(600)
def test_of_ten_thousand_messages_few_are_obeyed_but_the_panic_among_them_is(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> None:
        socket = await session.ws_connect(f"{web.url}{API}/events")
        await socket.send_json({"token": web.access.local_token})

        async def read() -> None:
            while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass

        reading = asyncio.create_task(read())
        for number in range(10_000):
            await socket.send_json(STYLE if number != 9_000 else PANIC_WORDS)
        while not web.host.hidden:
            await asyncio.sleep(0.01)
        await socket.close()
        await reading

    began = time.monotonic()
    run(work)
    most = 100 + 50 * (time.monotonic() - began) + 1
    assert web.host.obeyed.count(PANIC) == 1
    assert 0 < web.host.obeyed.count(ChooseStyle("ink")) <= most


def test_half_open_sockets_are_ended_and_keep_nobody_out(strict: Serving) -> None:
    halves = []
    for number in range(40):
        half = socket.create_connection(("127.0.0.1", strict.port))
        half.settimeout(60)
        if number % 2:
            half.sendall(
                b"POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"
            )
        halves.append(half)
    assert run(lambda session: asked(session, strict, strict.key)) == 200
    for half in halves:
        wait_for_the_end_of(half)
        half.close()
    assert strict.host.obeyed == [PANIC]


def test_whoever_has_a_token_stays_connected(strict: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> bool:
        socket = await session.ws_connect(f"{strict.url}{API}/events")
        await socket.send_json({"token": strict.access.local_token})
        await socket.receive_json(timeout=60)
        await asyncio.sleep(1.0)  # longer than a stranger may stay
        await socket.send_json({"id": 1, **STYLE})
        event = await socket.receive_json(timeout=60)
        await socket.close()
        return bool(event["event"] in ("done", "status"))

    assert run(work)


@pytest.mark.parametrize(
    "words",
    [
        b"\x00" * 4000,
        b"GET " + b"/" * 20_000,
        b"\xff\xfe\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_not_http_disturbs_nothing(web: Serving, words: bytes) -> None:
    with socket.create_connection(("127.0.0.1", web.port)) as stranger:
        stranger.settimeout(60)
        stranger.sendall(words)
        stranger.shutdown(socket.SHUT_WR)
        wait_for_the_end_of(stranger)
    assert run(lambda session: asked(session, web, web.key)) == 200
