"""What goes wrong and what strangers try: nothing raw leaves, nobody else is disturbed."""

import asyncio
import random
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiortc import RTCPeerConnection

from engine.frames import Size
from engine.server import app
from engine.server.service import devices
from tests.engine.server.peers import (
    WITHIN_S,
    Camera,
    Client,
    Serving,
    is_styled,
    new_peer,
    post_offer,
    run,
    serving,
    visiting,
)

pytestmark = pytest.mark.timeout(600)

CANDIDATE = re.compile(r"a=candidate:\S+ \d udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) ", re.IGNORECASE)


@asynccontextmanager
async def undisturbed(server: Serving) -> AsyncIterator[Client]:
    """A session that flows before, during and after what is done meanwhile."""
    async with visiting(server, server.token("calm")) as (client,):
        assert await client.open() == 201
        await client.until(lambda: len(client.results) >= 3)
        yield client
        seen = len(client.results)
        await client.until(lambda: len(client.results) >= seen + 5)
        assert all(is_styled(result.pixels) for result in client.results)
        assert client.heard("blank") == client.heard("ended") == []


async def offer_of(peer: RTCPeerConnection, *, channel: bool = True) -> str:
    """A good offer, of one who may never connect."""
    peer.addTransceiver(Camera(), direction="sendrecv")
    if channel:
        peer.createDataChannel("commands")
    await peer.setLocalDescription(await peer.createOffer())
    return str(peer.localDescription.sdp)


async def pairing(web: aiohttp.ClientSession, server: Serving, code: str) -> tuple[int, str]:
    async with web.post(f"{server.url}/pair", json={"code": code, "name": "x"}) as answer:
        return answer.status, (await answer.json()).get("token", "")


async def next_code(server: Serving) -> str:
    return await asyncio.to_thread(server.codes.get, True, 60)


def test_a_code_is_good_for_one_device_and_a_wrong_one_for_none(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            code = await next_code(server)
            async with aiohttp.ClientSession() as web:
                assert (await pairing(web, server, "2222-2222"))[0] == 403
                status, token = await pairing(web, server, code.lower())
                assert status == 200
                assert (await pairing(web, server, code))[0] == 403
                second = await next_code(server)
                assert second != code
                assert (await pairing(web, server, second))[0] == 200
                for key, expected in ((token, 200), ("wrong", 401), ("", 401)):
                    head = {"Authorization": f"Bearer {key}"}
                    async with web.get(f"{server.url}/styles", headers=head) as answer:
                        assert answer.status == expected

    run(work())


@pytest.mark.parametrize("by_another_process", [False, True])
def test_a_token_that_is_taken_back_ends_its_stream_and_opens_no_other(
    tmp_path: Path, by_another_process: bool
) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with undisturbed(server), visiting(server, server.token("gone")) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 3)
                store = devices(tmp_path) if by_another_process else server.server.access.tokens
                store.remove(next(one.id for one in store.devices if one.name == "gone"))
                await client.until(lambda: bool(client.heard("ended")))
                again = new_peer()
                async with aiohttp.ClientSession() as web:
                    status, _, _ = await post_offer(
                        web, f"{server.url}/session", await offer_of(again), client.headers
                    )
                await again.close()
                assert status == 401

    run(work())


def test_frames_larger_than_allowed_end_their_stream_alone(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path, largest=Size(128, 128)) as server:
            async with undisturbed(server), visiting(server, server.token()) as (client,):
                client.camera = Camera(width=320, height=240)
                assert await client.open() == 201
                await client.until(lambda: bool(client.heard("ended")))
                assert "128x128" in client.heard("ended")[0]["remedy"]
                assert client.results == []

    run(work())


async def nonsense() -> list[bytes]:
    """Texts that are no offers that can be answered."""
    peer = new_peer()
    good = await offer_of(peer)
    await peer.close()
    video = good[good.index("m=video") : good.index("m=application")]
    unheard_of = {"VP8": "NO-SUCH-CODEC", "H264": "NOR-SUCH-A-CODEC"}
    return [
        b"",
        b"v=0",
        b"nonsense",
        b"\xff\xfe\x00" * 50,
        b"v=0\r\n" + b"a=group:BUNDLE 0\r\n" * 900,
        good[: len(good) // 2].encode(),
        good.replace("m=video", "m=audio").encode(),
        (good + video).encode(),
        (good + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" * 20).encode(),
        good.replace("a=sendrecv", "a=recvonly").encode(),
        good.replace("a=fingerprint", "a=print").encode(),
        good.replace("a=ice-ufrag", "a=ice-nothing").encode(),
        re.sub("|".join(unheard_of), lambda codec: unheard_of[codec[0]], good).encode(),
        good.replace("a=rtpmap:97", "a=rtpmap:x").encode(),
        (good + "a=candidate:1 1 udp 1 999.1.1.1 x typ host\r\n" * 3).encode(),
    ]


def test_nonsense_is_refused_in_a_sentence(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with undisturbed(server), aiohttp.ClientSession() as web:
                for text in await nonsense():
                    head = {"Authorization": f"Bearer {server.token()}"}
                    status, said, _ = await post_offer(web, f"{server.url}/session", text, head)
                    assert status == 422, (status, text)
                    assert '"remedy"' in said
                url = f"{server.url}/session"
                assert (await post_offer(web, url, b"x" * 70_000, head))[0] == 413
                async with web.post(url, json={}, headers=head) as answer:
                    assert answer.status == 415
                async with web.patch(f"{url}/x", headers=head) as answer:
                    assert answer.status == 405
                for query in ("size=9x9", "size=x", "size=4096x4096"):
                    status, _, _ = await post_offer(web, f"{url}?{query}", b"v=0", head)
                    assert status == 422

    run(work())


def test_two_hundred_sessions_that_never_send_take_no_place_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "OPENS_AT_ONCE", 1000.0)

    async def work() -> None:
        with serving(tmp_path, streams=4, patience=8.0) as server:
            async with undisturbed(server), aiohttp.ClientSession() as web:
                peer = new_peer()
                offer = await offer_of(peer)
                await peer.close()
                head = {"Authorization": f"Bearer {server.token('silent')}"}
                url, found = f"{server.url}/session", set()
                for _ in range(10):
                    posts = [post_offer(web, url, offer, head) for _ in range(20)]
                    found |= {status for status, _, _ in await asyncio.gather(*posts)}
                assert found == {201, 503}
                async with visiting(server, server.token("late")) as (late,):
                    while await late.open() == 503:
                        await late.begin_again()
                        await asyncio.sleep(0.5)
                    await late.until(lambda: len(late.results) >= 3)

    run(work())


def test_a_full_server_says_so_and_when_to_come_again(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path, streams=1) as server:
            async with undisturbed(server), aiohttp.ClientSession() as web:
                peer = new_peer()
                head = {
                    "Authorization": f"Bearer {server.token()}",
                    "Content-Type": "application/sdp",
                }
                async with web.post(
                    f"{server.url}/session", data=await offer_of(peer), headers=head
                ) as answer:
                    assert answer.status == 503
                    assert int(answer.headers["Retry-After"]) > 0
                    assert (await answer.json())["message"] == "The server is full."
                await peer.close()

    run(work())


def test_one_who_falls_silent_gives_the_place_back(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path, patience=8.0) as server:
            async with undisturbed(server), visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 3)
                client.camera.flowing.clear()
                await client.until(lambda: bool(client.heard("ended")))

    run(work())


def streams_of(health: dict[str, Any]) -> int:
    return int(health["streams"])


async def health_of(web: aiohttp.ClientSession, client: Client, server: Serving) -> dict[str, Any]:
    async with web.get(f"{server.url}/health", headers=client.headers) as answer:
        return dict(await answer.json())


def test_one_who_vanishes_without_a_word_gives_the_place_back(tmp_path: Path) -> None:
    """As where a cable is pulled: nothing comes any more, and nothing says so."""

    async def work() -> None:
        with serving(tmp_path, patience=8.0) as server:
            async with undisturbed(server) as calm, aiohttp.ClientSession() as web:
                async with visiting(server, server.token()) as (client,):
                    await client.open()
                    await client.until(lambda: len(client.results) >= 3)
                    ice = client.peer.getTransceivers()[0].sender.transport.transport
                    for protocol in ice._connection._protocols:
                        protocol.transport.abort()
                    async with asyncio.timeout(WITHIN_S):
                        while streams_of(await health_of(web, calm, server)) > 1:
                            await asyncio.sleep(0.2)
                async with visiting(server, server.token()) as (late,):
                    assert await late.open() == 201
                    await late.until(lambda: len(late.results) >= 3)

    run(work())


def rubbish(count: int) -> Iterator[bytes]:
    """Datagrams that begin as STUN, DTLS, RTP, RTCP, or nothing known, and go on as nothing."""
    chance = random.Random(5)
    for _ in range(count):
        first = chance.choice([0, 1, 20, 22, 23, 63, 100, 128, 144, 200, 255])
        yield bytes([first]) + chance.randbytes(chance.choice([0, 3, 11, 19, 60, 1400]))


def test_rubbish_at_its_udp_port_disturbs_nobody(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with undisturbed(server) as calm:
                found = CANDIDATE.findall(calm.peer.remoteDescription.sdp)
                assert found
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                    for words in rubbish(500):
                        for host, port in found:
                            stranger.sendto(words, (host, int(port)))
                        await asyncio.sleep(0)

    run(work())


def test_what_was_sent_before_is_worth_nothing_to_another(tmp_path: Path) -> None:
    """Another server's token, a session's place, and an offer, all used again."""

    async def work() -> None:
        with serving(tmp_path / "one") as server, serving(tmp_path / "two") as other:
            async with undisturbed(server) as calm, aiohttp.ClientSession() as web:
                thief = {"Authorization": f"Bearer {server.token('thief')}"}
                async with web.delete(server.url + calm.location, headers=thief) as answer:
                    assert answer.status == 404
                foreign = {"Authorization": f"Bearer {other.token()}"}
                async with web.get(f"{server.url}/styles", headers=foreign) as answer:
                    assert answer.status == 401
                offer = calm.peer.localDescription.sdp
                status, _, place = await post_offer(web, f"{server.url}/session", offer, thief)
                assert status == 201  # a session of the thief's own, which nobody can connect to
                assert place != calm.location
                async with web.delete(server.url + place, headers=thief) as answer:
                    assert answer.status == 200

    run(work())


def test_messages_that_are_too_long_or_no_commands_are_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with undisturbed(server), visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 3)
                for words in ("x" * 60_000, b"\xff" * 900, "[" * 9000, '{"command": "settings"}'):
                    client.commands.send(words)
                await client.until(lambda: len(client.heard("refused")) == 4)
                assert all(one["message"] for one in client.heard("refused"))
                seen = len(client.results)
                await client.until(lambda: len(client.results) >= seen + 3)

    run(work())


def test_another_page_or_a_name_of_a_stranger_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            key = {"Authorization": f"Bearer {server.token()}"}
            async with aiohttp.ClientSession() as web:
                for head, expected in (
                    ({"Origin": "https://evil.example"}, 403),
                    ({"Host": "evil.example"}, 421),
                    ({}, 200),
                ):
                    async with web.get(f"{server.url}/styles", headers=key | head) as answer:
                        assert answer.status == expected

    run(work())


def test_without_a_token_the_server_tells_no_more_than_that_it_is_well(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with aiohttp.ClientSession() as web:
                async with web.get(f"{server.url}/health") as answer:
                    assert await answer.json() == {"ok": True}
                for path in ("/metrics", "/streams", "/styles", "/styles/anime/picture"):
                    async with web.get(server.url + path) as answer:
                        assert answer.status == 401

    run(work())
