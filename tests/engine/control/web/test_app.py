"""The interface as its users have it."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from engine.control.commands import PANIC, Action, Adjust, ChooseStyle, Do
from engine.control.local_access import API
from tests.engine.control.hosts import Serving, run


async def send(session: aiohttp.ClientSession, web: Serving, **words: object) -> tuple[int, Any]:
    async with session.post(f"{web.url}{API}/commands", json=words, headers=web.key) as answer:
        return answer.status, await answer.json()


def test_a_command_is_carried_out_and_answered_with_the_status_after_it(web: Serving) -> None:
    status, data = run(lambda session: send(session, web, command="style", name="ink"))
    assert (status, data["live"]["style"]) == (200, "ink")
    assert web.host.obeyed == [ChooseStyle("ink")]


def test_a_command_that_cannot_be_carried_out_says_why(web: Serving) -> None:
    status, data = run(lambda session: send(session, web, command="style", name="nowhere"))
    assert (status, data) == (422, {"message": "There is no such style.", "remedy": "Look."})


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"command": "fly"},
        {"command": "style"},
        {"command": "style", "name": 3},
        {"command": "style", "name": "ink", "more": 1},
        {"command": "panic", "on": False},
        {"command": ["panic"]},
        {"command": "adjust", "strength": "much"},
    ],
)
def test_nonsense_is_refused(web: Serving, words: dict[str, object]) -> None:
    status, data = run(lambda session: send(session, web, **words))
    assert status == 422
    assert data["message"].startswith("The command cannot be understood")
    assert web.host.obeyed == []


def test_a_body_that_is_too_long_is_refused(web: Serving) -> None:
    status, _ = run(lambda session: send(session, web, command="style", name="x" * 100_000))
    assert status in (413, 422)
    assert web.host.obeyed == []


def test_a_device_is_paired_by_the_code_once_and_can_be_removed(web: Serving) -> None:
    code = web.access.pairing.begin()

    async def pair(session: aiohttp.ClientSession) -> list[int]:
        found = []
        for _ in range(2):
            body = {"code": code.lower().replace("-", ""), "name": "Phone"}
            async with session.post(f"{web.url}{API}/pair", json=body) as answer:
                found.append(answer.status)
                key = {"Authorization": f"Bearer {(await answer.json()).get('token')}"}
            async with session.get(f"{web.url}{API}/status", headers=key) as answer:
                found.append(answer.status)
            for device in web.access.tokens.devices:
                web.access.tokens.remove(device.id)
                async with session.get(f"{web.url}{API}/status", headers=key) as answer:
                    found.append(answer.status)
        return found

    assert run(pair) == [200, 200, 401, 403, 401]


def test_the_page_is_given_out_with_a_policy_that_lets_in_no_other_script(web: Serving) -> None:
    async def get(session: aiohttp.ClientSession) -> tuple[str, str]:
        async with session.get(f"{web.url}/") as answer:
            return await answer.text(), answer.headers["Content-Security-Policy"]

    page, policy = run(get)
    assert '<script type="module" src="remote.js">' in page
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


async def connect(session: aiohttp.ClientSession, web: Serving) -> aiohttp.ClientWebSocketResponse:
    socket = await session.ws_connect(f"{web.url}{API}/events")
    await socket.send_json({"token": web.access.local_token})
    return socket


async def receive(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Any:
    """The next event of a kind."""
    while (event := await socket.receive_json(timeout=60))["event"] != kind:
        pass
    return event


def test_the_socket_sends_the_state_at_first_and_at_every_change(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> list[Any]:
        socket = await connect(session, web)
        first = await receive(socket, "status")
        await socket.send_json({"id": 7, "command": "style", "name": "ink"})
        later = await receive(socket, "status")
        await socket.close()
        return [first["status"]["live"]["style"], later["status"]["live"]["style"]]

    assert run(work) == ["anime", "ink"]


def test_the_socket_answers_each_command_by_its_id(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> list[Any]:
        socket = await connect(session, web)
        await socket.send_json({"id": 7, "command": "adjust", "strength": 0.5})
        done = await receive(socket, "done")
        await socket.send_json({"id": "b", "command": "style", "name": "nowhere"})
        refused = await receive(socket, "refused")
        await socket.close()
        return [done["id"], refused["id"], refused["message"]]

    assert run(work) == [7, "b", "There is no such style."]
    assert web.host.obeyed == [Adjust(strength=0.5)]


def test_a_panic_is_obeyed_before_what_waits_and_hides_the_picture_at_once(web: Serving) -> None:
    async def work(session: aiohttp.ClientSession) -> int:
        web.host.held.clear()
        socket = await connect(session, web)
        for name in ("ink", "oil", "pencil"):
            await socket.send_json({"command": "style", "name": name})
        await socket.send_json({"command": "release"})
        await socket.send_json({"id": 1, "command": "panic"})
        while not web.host.hidden:
            await asyncio.sleep(0.01)
        hidden_while_nothing_else_was_done = web.host.hidden * (not web.host.obeyed)
        web.host.held.set()
        await receive(socket, "done")
        await socket.close()
        return hidden_while_nothing_else_was_done

    assert run(work) == 1
    assert web.host.obeyed[0] == PANIC
    assert Do(Action.RELEASE) not in web.host.obeyed


def test_a_removed_device_loses_its_open_socket(web: Serving) -> None:
    device, token = web.access.tokens.add("Phone")

    async def work(session: aiohttp.ClientSession) -> bool:
        socket = await session.ws_connect(f"{web.url}{API}/events")
        await socket.send_json({"token": token})
        await receive(socket, "status")
        web.access.tokens.remove(device.id)
        await socket.send_json({"command": "live"})
        while not socket.closed:
            await socket.receive(timeout=60)
        return True

    assert run(work)
    assert web.host.obeyed == []


def test_the_description_names_every_command(web: Serving) -> None:
    async def get(session: aiohttp.ClientSession) -> Any:
        async with session.get(f"{web.url}{API}/openapi.json") as answer:
            return await answer.json()

    text = json.dumps(run(get))
    for name in [action.value for action in Action] + ["style", "preset", "blend", "adjust"]:
        assert f'"{name}"' in text
