"""The routes of an engine server."""

from __future__ import annotations

import socket
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from engine.control.rate_limit import RateLimit
from engine.control.web.access import Access
from engine.control.web.connections import Connections
from engine.control.web.guards import CALLER, COMMON_FILES, HEADERS, Guards, limit_for, refused
from engine.control.web.requests import add_page, body_of, error_data, pair
from engine.errors import EngineError, SettingError
from engine.picture_sizes import parse_output_size
from engine.remote.pinned_http import SDP
from engine.server.engine_kind import EngineKind
from engine.server.metrics import CONTENT_TYPE, health_of, metrics_text
from engine.server.negotiation import Flow, read_offer
from engine.server.places import Places, visible_to
from engine.server.settings import (
    LARGEST_OFFER,
    OPENS_AT_ONCE,
    OPENS_PER_S,
    FullError,
    NotThereError,
    ServeSettings,
)
from engine.server.stream_engine import Wanted

PAGE = COMMON_FILES | {
    "/": ("camera.html", "text/html"),
    "/camera.js": ("camera.js", "text/javascript"),
    "/camera_texts.js": ("camera_texts.js", "text/javascript"),
    "/camera.css": ("camera.css", "text/css"),
}
"""The page's files and their types, by path."""
HEALTH = "/health"
OPEN_PATHS = frozenset({*PAGE, "/pair", HEALTH})

PAGE_HEADERS = HEADERS | {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "img-src 'self'", "img-src 'self' blob:"
    ),
    "Permissions-Policy": "camera=(self), fullscreen=(self), microphone=(), geolocation=()",
}


def make_app(
    settings: ServeSettings,
    kind: EngineKind,
    access: Access,
    places: Places,
    connections: Connections,
) -> web.Application:
    """The server as an application of aiohttp's, guards included."""
    guards = Guards(
        access, connections, open_paths=OPEN_PATHS, names=own_names(), headers=PAGE_HEADERS
    )
    routes = _Routes(settings, kind, access, places, guards)
    app = web.Application(middlewares=[guards.middleware()], client_max_size=LARGEST_OFFER)
    app.on_response_prepare.append(guards.add_headers)
    app.router.add_post("/pair", routes.pair)
    app.router.add_get(HEALTH, routes.health)
    app.router.add_get("/metrics", routes.metrics)
    app.router.add_get("/styles", routes.styles)
    app.router.add_get("/styles/{name}/picture", routes.picture)
    app.router.add_get("/streams", routes.streams)
    app.router.add_post("/session", routes.session)
    app.router.add_post("/whip", routes.whip)
    app.router.add_post("/whep", routes.whep)
    app.router.add_delete("/{flow:session|whip|whep}/{name}", routes.end)
    add_page(app, PAGE)
    return app


def own_names() -> frozenset[str]:
    """What this computer is called in its network, beside its addresses."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.partition('.')[0]}.local"} - {""})


class _Routes:
    """One handler a route."""

    def __init__(
        self,
        settings: ServeSettings,
        kind: EngineKind,
        access: Access,
        places: Places,
        guards: Guards,
    ) -> None:
        self._settings, self._kind, self._access = settings, kind, access
        self._places, self._guards = places, guards
        self._rates: OrderedDict[str, RateLimit] = OrderedDict()

    async def pair(self, request: web.Request) -> web.Response:
        return await pair(request, self._access)

    async def health(self, request: web.Request) -> web.Response:
        if self._guards.caller_of(request) is None:
            return web.json_response({"ok": True})
        return web.json_response(health_of(self._settings, await self._places.report()))

    async def metrics(self, _request: web.Request) -> web.Response:
        text = metrics_text(await self._places.report(), self._access)
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    async def styles(self, _request: web.Request) -> web.Response:
        model = self._kind.build.model
        styles = [
            {
                "name": style.name,
                "title": style.title,
                "faces": style.faces,
                "picture": f"/styles/{style.name}/picture" if style.thumbnail else None,
            }
            for style in self._kind.styles
        ]
        return web.json_response({"model": model, "styles": styles})

    async def picture(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        pictures = (style.thumbnail for style in self._kind.styles if style.name == name)
        found = next(pictures, None)
        if found is None:
            return refused(404, "There is no such picture.")
        return web.FileResponse(found)

    async def streams(self, request: web.Request) -> web.Response:
        caller, report = request[CALLER], await self._places.report()
        found = [
            {
                "id": stream.name,
                "kind": stream.flow.value,
                "mine": stream.caller == caller,
                "shared": stream.wanted.shared,
                "size": str(stream.size) if stream.size else None,
                **_figures(stream.figures),
            }
            for stream in visible_to(report.streams, caller)
        ]
        return web.json_response({"streams": found})

    async def session(self, request: web.Request) -> web.Response:
        return await self._open(request, Flow.BOTH)

    async def whip(self, request: web.Request) -> web.Response:
        return await self._open(request, Flow.IN)

    async def whep(self, request: web.Request) -> web.Response:
        return await self._open(request, Flow.OUT)

    async def end(self, request: web.Request) -> web.Response:
        flow, name = Flow(request.match_info["flow"]), request.match_info["name"]
        try:
            await self._places.end(request[CALLER], flow, name)
        except NotThereError as error:
            return refused(404, error.message)
        return web.json_response({})

    async def _open(self, request: web.Request, flow: Flow) -> web.Response:
        """WebRTC by one request, as in RFC 9725."""
        caller = request[CALLER]
        if request.content_type != SDP:
            return refused(415, f"{SDP} is expected.", {"Accept-Post": SDP})
        if not limit_for(self._rates, caller, OPENS_PER_S, OPENS_AT_ONCE).allows():
            self._places.totals.refused["rate"] += 1
            return refused(429, "Streams are asked for too often.", {"Retry-After": "1"})
        try:
            wanted = _wanted(request.query, self._settings)
            offer = read_offer(await body_of(request), flow)
            if flow is Flow.OUT:
                wanted_name = request.query.get("stream")
                name, answer = await self._places.watch(caller, wanted_name, offer)
            else:
                name, answer = await self._places.open(caller, flow, wanted, offer)
        except FullError as error:
            wait = {"Retry-After": str(error.retry_after)}
            return web.json_response(error_data(error), status=503, headers=wait)
        except NotThereError as error:
            return web.json_response(error_data(error), status=404)
        except EngineError as error:
            return web.json_response(error_data(error), status=422)
        place = {"Location": f"/{flow.value}/{name}"}
        return web.Response(status=201, text=answer, content_type=SDP, headers=place)


def _wanted(query: Mapping[str, str], settings: ServeSettings) -> Wanted:
    """Raises SettingError."""
    size = parse_output_size(query.get("size", "auto"))
    if size is not None and (
        size.width * size.height > settings.largest.width * settings.largest.height
    ):
        raise SettingError(
            "The picture {size} is larger than this server makes.",
            "Ask for at most {largest}.",
            size=size,
            largest=settings.largest,
        )
    return Wanted(
        size=size,
        paced=query.get("paced") == "1",
        marked=query.get("mark") != "0",
        shared=query.get("share") == "1",
    )


def _figures(figures: Any) -> dict[str, float]:
    if figures is None:
        return {"fps_out": 0.0, "latency_ms": 0.0}
    return {"fps_out": figures.fps_out, "latency_ms": figures.latency_p50_ms}
