"""Two-way sessions, by a client written from the documentation of the wire."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.remote.rtc import H264, VP8
from engine.remote.wire import WholeSettings
from engine.settings import Composition, LiveSettings, Styled
from tests.engine.server.peers import (
    Client,
    Negative,
    is_styled,
    number_in,
    run,
    serving,
    visiting,
)

pytestmark = pytest.mark.timeout(600)  # several encoders at once are slow where much else goes on


@pytest.mark.parametrize("codec", [H264, VP8])
def test_each_result_is_styled_and_bound_to_the_frame_it_was_made_from(
    tmp_path: Path, codec: str
) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                assert await client.open(codec=codec) == 201
                await client.until(lambda: len(client.results) >= 12)
                check_bound(client)

    run(work())


def check_bound(client: Client) -> None:
    """Nothing raw has come, and every result's record names the frame whose number it shows."""
    assert all(is_styled(result.pixels) for result in client.results)
    bound = [one for one in client.results if one.rtp_time in client.records]
    assert len(bound) >= len(client.results) - 3
    for result in bound:
        record = client.records[result.rtp_time]
        assert client.camera.rtp[record.source] == number_in(result.pixels)
        assert 0 < record.server_ms < 60_000


def test_a_paced_session_loses_no_frame_and_says_when_it_is_finished(tmp_path: Path) -> None:
    frames = 50

    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                client.camera.gate = asyncio.Semaphore(32)
                assert await client.open("?paced=1", paced=True) == 201
                await client.until(lambda: client.camera.number >= frames)
                client.camera.flowing.clear()
                await client.until(lambda: len(client.records) >= frames - 1)
                client.say({"command": "end"})
                await client.until(lambda: bool(client.heard("finished")))
                await client.until(lambda: len(client.results) >= 0.95 * frames)
                check_bound(client)
                numbers = [number_in(result.pixels) for result in client.results]
                assert numbers == sorted(set(numbers))

    run(work())


def test_nothing_leaves_before_the_first_styled_frame(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path, lambda *_: Negative(warm_up=1 << 30)) as server:
            async with visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: client.camera.number >= 15)
                assert client.results == []
                assert client.status["on_air"] == "nothing"

    run(work())


def test_a_model_that_fails_leaves_the_placeholder_and_goes_on(tmp_path: Path) -> None:
    fail = False

    def fault(_number: int) -> Exception | None:
        return ModelError("The model is broken.", "Wait.") if fail else None

    async def work() -> None:
        nonlocal fail
        with serving(tmp_path, lambda *_: Negative(warm_up=2, fault=fault)) as server:
            async with visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 5)
                fail = True
                await client.until(lambda: bool(client.heard("blank")))
                await client.until(lambda: client.status["problem"] is not None)
                await client.until(lambda: not is_styled(client.results[-1].pixels))
                placeholder = client.results[-1]
                assert placeholder.rtp_time not in client.records
                assert placeholder.pixels.max() < 190  # the bars of a raw picture are brighter
                fail = False
                await client.until(lambda: is_styled(client.results[-1].pixels))

    run(work())


def test_a_panic_hides_the_picture_until_it_is_released(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: len(client.results) >= 5)
                client.say({"command": "panic", "id": 1})
                await client.until(lambda: {"event": "done", "id": 1} in client.events)
                await client.until(lambda: not is_styled(client.results[-1].pixels))
                seen = len(client.results)
                await asyncio.sleep(1)
                assert not any(is_styled(one.pixels) for one in client.results[seen:])
                assert client.status["panic"]
                client.say({"command": "release"})
                await client.until(lambda: is_styled(client.results[-1].pixels))
                assert not client.status["panic"]

    run(work())


def test_commands_change_the_settings_and_what_cannot_be_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                await client.open()
                await client.until(lambda: bool(client.heard("status")))
                first, second = (one["name"] for one in client.status["styles"][:2])
                client.say({"command": "style", "name": second})
                client.say({"command": "adjust", "strength": 0.5})
                client.say({"command": "blend", "style": first, "weight": 0.25})
                await client.until(lambda: client.status["live"]["blend"] is not None)
                assert client.status["live"]["style"] == second
                assert client.status["live"]["strength"] == 0.5
                for command in (
                    {"command": "style", "name": "nowhere", "id": 7},
                    {"command": "adjust", "strength": 7, "id": 7},
                    {"command": "record", "id": 7},
                    {"command": "input", "source": "/etc/passwd", "id": 7},
                    {"command": "end", "id": 7},
                ):
                    refused = len(client.heard("refused"))
                    client.say(command)
                    await client.until(partial(refused_more_than, client, refused))
                    assert client.heard("refused")[-1]["id"] == 7
                raw = LiveSettings(style=first, composition=Composition(Styled.ROOM))
                client.say(WholeSettings(raw).data() | {"id": 8})
                await client.until(lambda: {"event": "done", "id": 8} in client.events)
                assert client.status["live"]["style"] == first
                assert "composition" not in client.status["live"]

    run(work())


def refused_more_than(client: Client, count: int) -> bool:
    return len(client.heard("refused")) > count


def test_the_results_have_the_size_that_was_asked_for(tmp_path: Path) -> None:
    async def work() -> None:
        with serving(tmp_path) as server:
            async with visiting(server, server.token()) as (client,):
                assert await client.open("?size=192x96") == 201
                await client.until(lambda: bool(client.results))
                assert client.results[0].pixels.shape == (96, 192, 3)

    run(work())
