"""A connection to OBS that is kept up, on a thread of its own. Needs the extra "streaming"."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from enum import Enum
from importlib.util import find_spec
from typing import Any

from engine.concurrency.worker import Worker
from engine.errors import EngineError, SettingError, SinkError
from engine.installation import is_bundle
from engine.obs.requests import Call, add_camera, list_microphones, set_delay

USUAL_PORT = 4455
_ANSWERS_WITHIN_S = 5.0
_LOOKS_EVERY_S = 2.0
_ENDS_WITHIN_S = 0.5
_CLOSED_FOR_PASSWORD = 4009

logger = logging.getLogger(__name__)


class ObsState(Enum):
    """OFF -> WAITING (OBS does not run) <-> CONNECTED; any -> REFUSED (its password)."""

    OFF = "off"
    WAITING = "waiting"
    CONNECTED = "connected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ObsWish:
    """What OBS shall do. microphone: the input that shall be late, "" for none. delay_ms: by how
    much. password: of OBS's own websocket; it appears in no text.
    """

    host: str = "127.0.0.1"
    port: int = USUAL_PORT
    password: str = field(default="", repr=False)
    microphone: str = ""
    delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class ObsStatus:
    """A moment of the connection. microphones: inputs in OBS that capture sound. error: what OBS
    could not do, or why it is REFUSED.
    """

    state: ObsState = ObsState.OFF
    microphones: tuple[str, ...] = ()
    error: EngineError | None = None


class ObsLink:
    """Everything returns at once. The delay is kept right for as long as it is connected."""

    def __init__(self) -> None:
        self._wish = ObsWish()
        self._status = ObsStatus()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._to_add: list[tuple[str, tuple[str, ...]]] = []
        self._worker: Worker | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def status(self) -> ObsStatus:
        """How it fares."""
        return self._status

    def wish(self, wanted: ObsWish) -> None:
        """Connect if need be, and have OBS do this. Raises SettingError without the library."""
        if find_spec("simpleobsws") is None:
            raise SettingError(
                "OBS needs a library that is not installed.",
                "Install the program again."
                if is_bundle()
                else "Install it: python -m pip install simpleobsws",
            )
        if wanted == self._wish and self._worker is not None:
            return
        self._wish = wanted
        if self._worker is None:
            self._loop, self._news = asyncio.new_event_loop(), asyncio.Event()
            self._status = ObsStatus(ObsState.WAITING)
            self._worker = Worker("obs", self._run)
            self._worker.start()
        else:
            self._wake()

    def add_camera(self, name: str, devices: tuple[str, ...]) -> None:
        """Add the camera as a source, now or as soon as OBS is there.

        name: the source's. devices: texts, one of which OBS's own entry for the camera contains.
        """
        self._to_add = [(name, devices)]
        self._wake()

    def close(self) -> None:
        """Let go of OBS; what was set stays."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
            loop, task = self._loop, self._task
            if loop is not None and task is not None and not loop.is_closed():
                loop.call_soon_threadsafe(task.cancel)
            worker.join(_ENDS_WITHIN_S)
        self._status = ObsStatus()

    def _wake(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._news.set)

    def _run(self, stopping: threading.Event) -> None:
        loop = self._loop
        assert loop is not None
        self._task = task = loop.create_task(self._keep_up(stopping))
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            return  # closed while it waited for OBS
        finally:
            loop.close()

    async def _keep_up(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            wanted = self._wish
            try:
                await self._serve(wanted, stopping)
            except _WrongPasswordError:
                self._status = ObsStatus(ObsState.REFUSED, error=_wrong_password())
                while self._wish == wanted and not stopping.is_set():
                    await self._pause()
            except Exception as error:
                if isinstance(error, _lost_errors()):
                    logger.debug("OBS: %s", type(error).__name__)
                else:
                    logger.exception("unforeseen from OBS")
                self._status = ObsStatus(ObsState.WAITING)
                if not stopping.is_set():
                    await self._pause()

    async def _serve(self, wanted: ObsWish, stopping: threading.Event) -> None:
        """One connection, until it ends or another address or password is wanted."""
        import simpleobsws  # noqa: PLC0415 - an extra, and only where OBS is wanted

        client = simpleobsws.WebSocketClient(
            f"ws://{wanted.host}:{wanted.port}", wanted.password,
            simpleobsws.IdentificationParameters(eventSubscriptions=0),
        )  # fmt: skip
        await asyncio.wait_for(client.connect(), _ANSWERS_WITHIN_S)
        try:
            await _identify(client)
            call = _caller(client)
            while not stopping.is_set() and _address(self._wish) == _address(wanted):
                await self._do_once(call)
                await self._pause()
        finally:
            await client.disconnect()

    async def _do_once(self, call: Call) -> None:
        """Bring OBS to what is wished. What it cannot do is told, and the rest is done."""
        microphones = await list_microphones(call)
        found = ObsStatus(ObsState.CONNECTED, microphones, self._status.error)
        if self._to_add:
            name, devices = self._to_add.pop()
            found = replace(found, error=await _error_of(add_camera(call, name, devices)))
        wanted = self._wish
        if wanted.microphone in microphones:
            error = await _error_of(set_delay(call, wanted.microphone, wanted.delay_ms))
            found = replace(found, error=error or found.error)
        self._status = found

    async def _pause(self) -> None:
        """Wait a moment, or until there is news."""
        try:
            await asyncio.wait_for(self._news.wait(), _LOOKS_EVERY_S)
        except TimeoutError:
            return
        self._news.clear()


class _WrongPasswordError(Exception):
    """OBS has closed the connection for its password."""


def _wrong_password() -> EngineError:
    return SettingError(
        "OBS does not accept the password.",
        "Copy it from OBS: Tools, WebSocket Server Settings, Show Connect Info.",
    )


def _lost_errors() -> tuple[type[Exception], ...]:
    """What the library raises where OBS is not there, or has gone."""
    import simpleobsws  # noqa: PLC0415 - as above
    from websockets.exceptions import WebSocketException  # noqa: PLC0415

    library = (simpleobsws.MessageTimeout, simpleobsws.NotIdentifiedError)
    return (OSError, TimeoutError, WebSocketException, *library)


def _address(wish: ObsWish) -> tuple[str, int, str]:
    return wish.host, wish.port, wish.password


async def _identify(client: Any) -> None:
    """Wait until OBS has accepted the password. Raises _WrongPasswordError, TimeoutError."""
    identified = asyncio.create_task(client.wait_until_identified(_ANSWERS_WITHIN_S))
    closed = asyncio.create_task(client.ws.wait_closed())
    await asyncio.wait({identified, closed}, return_when=asyncio.FIRST_COMPLETED)
    code = client.ws.close_code
    closed.cancel()
    identified.cancel()
    if code == _CLOSED_FOR_PASSWORD:
        raise _WrongPasswordError
    if not client.is_identified():
        raise TimeoutError


def _caller(client: Any) -> Call:
    import simpleobsws  # noqa: PLC0415 - as above

    async def call(name: str, data: dict[str, Any]) -> dict[str, Any]:
        reply = await client.call(simpleobsws.Request(name, data or None), _ANSWERS_WITHIN_S)
        if not reply.ok():
            raise SinkError(
                "OBS cannot do that ({request}): {reason}.",
                "Look at its own messages.",
                request=name,
                reason=reply.requestStatus.comment or reply.requestStatus.code,
            )
        return dict(reply.responseData or {})

    return call


async def _error_of(work: Awaitable[None]) -> EngineError | None:
    try:
        await work
    except SinkError as error:
        logger.warning("%s", error)
        return error
    return None
