"""What every application of the web server does with a request: its body, its page's files,
pairing, errors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache

from aiohttp import web

from engine.control.web.access import Access
from engine.control.web.guards import refused
from engine.errors import EngineError
from engine.paths import RESOURCES

BODY_WITHIN_S = 5.0


def add_page(app: web.Application, files: Mapping[str, tuple[str, str]]) -> None:
    """Serve a page. files: their names and types, by path."""

    async def file(request: web.Request) -> web.Response:
        name, kind = files[request.path]
        return web.Response(body=_content(name), content_type=kind, charset="utf-8")

    for path in files:
        app.router.add_get(path, file)


async def body_of(request: web.Request) -> bytes:
    """The whole body; one that trickles in is not waited for."""
    try:
        return await asyncio.wait_for(request.read(), BODY_WITHIN_S)
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


async def pair(request: web.Request, access: Access) -> web.Response:
    """Exchange a code for a token."""
    try:
        data = json.loads(await body_of(request))
    except (ValueError, RecursionError):
        data = None
    given = data if isinstance(data, dict) else {}
    code, name = given.get("code"), given.get("name")
    if not isinstance(code, str) or not isinstance(name, str):
        return refused(422, "A code and a name are needed.")
    if not access.pairing.redeem(code):
        return refused(403, "This code is not valid, or no longer.")
    try:
        device, token = access.tokens.add(name)
    except EngineError as error:
        return web.json_response(error_data(error), status=503)
    return web.json_response({"token": token, "id": device.id})


def error_data(error: BaseException) -> dict[str, str]:
    """What people are told of an error; of a fault of ours, no more than that."""
    if isinstance(error, EngineError):
        return {"message": error.message, "remedy": error.remedy}
    return {"message": "This could not be done.", "remedy": "The program's log says more."}


@lru_cache(maxsize=32)
def _content(name: str) -> bytes:
    return (RESOURCES / "remote" / name).read_bytes()
