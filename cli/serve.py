"""The command `serve`: this computer's engine for others, until Ctrl+C."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import segno
import typer
from rich.table import Table
from typer import Option

from cli.command import with_options
from cli.terminal import make_console, tolerate_any_text
from engine.concurrency.signals import end_at_once, ending_like_ctrl_c
from engine.concurrency.worker import Worker
from engine.control.tokens import TokenStore
from engine.errors import SettingError
from engine.paths import APP_NAME
from engine.remote.address import PORT
from engine.settings import BUILT_IN, parse_size

if TYPE_CHECKING:
    from engine.server.service import Door

STREAMS = 2


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The options of `serve`."""

    listen: Annotated[str, Option(help="ADDRESS:PORT to be reached at; port 0 is a free one.")] = (
        f"0.0.0.0:{PORT}"
    )
    streams: Annotated[
        int | None,
        Option(
            help="How many streams at a time, 2 by default; in a cluster on each replica, by "
            "default as many as are found to run on one."
        ),
    ] = None
    model: Annotated[str, Option(help="A model: see `models list`.")] = BUILT_IN
    max_size: Annotated[str, Option(help="WIDTHxHEIGHT: no picture has more pixels.")] = "1280x720"
    cluster: Annotated[
        bool, Option("--cluster", help="On many computers, by Ray Serve; here alone by default.")
    ] = False
    config: Annotated[
        Path | None, Option(metavar="FILE", help="The cluster's settings, in YAML.")
    ] = None
    devices: Annotated[
        bool, Option("--devices", help="List the paired devices, and start nothing.")
    ] = False
    revoke: Annotated[
        str | None, Option(help="Take the token of a paired device back, by its id; see --devices.")
    ] = None
    plain_http: Annotated[
        bool, Option("--plain-http", help="Without encryption; on 127.0.0.1 alone, for tests.")
    ] = False


serve_app = typer.Typer(
    help="Let other computers, phones and browsers use this computer's engine, until Ctrl+C.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@serve_app.callback(invoke_without_command=True)
@with_options(ServeOptions)
def serve(options: ServeOptions) -> None:
    """Let other computers, phones and browsers use this computer's engine, until Ctrl+C."""
    tolerate_any_text()
    if options.devices or options.revoke is not None:
        _look_after_devices(options.revoke)
    elif options.cluster:
        _serve_by_cluster(options)
    elif options.config is not None:
        raise SettingError("Only a cluster has a file of settings.", "Add --cluster.")
    else:
        _serve(options)


def _look_after_devices(revoked: str | None) -> None:
    from engine.server.service import devices  # noqa: PLC0415 - needs the library

    store = devices()
    if revoked is not None:
        _revoke(store, revoked)
    table = Table("id", "device", "paired")
    for device in store.devices:
        when = time.strftime("%Y-%m-%d", time.localtime(device.paired_at))
        table.add_row(device.id, device.name, when)
    make_console().print(table)


def _revoke(store: TokenStore, device_id: str) -> None:
    if all(device.id != device_id for device in store.devices):
        raise SettingError(
            "There is no paired device {id}.", "See which there are: serve --devices", id=device_id
        )
    store.remove(device_id)


def _serve(options: ServeOptions) -> None:
    from engine.server.engine_kind import engine_kind  # noqa: PLC0415 - needs the library
    from engine.server.service import EngineServer  # noqa: PLC0415
    from engine.server.settings import ServeSettings, parse_address  # noqa: PLC0415
    from engine.session.preload import preload  # noqa: PLC0415

    settings = ServeSettings(
        parse_address(options.listen),
        STREAMS if options.streams is None else options.streams,
        options.model,
        parse_size(options.max_size),
        options.plain_http,
    )
    server = EngineServer(settings, engine_kind(settings), lambda code: _say(f"code: {code}"))
    with ending_like_ctrl_c():
        try:
            server.start()
            _print_address(server.door, settings.address.host, server.access.pairing.code)
            Worker("preload", lambda _: preload(), stoppable=False).start()  # for the first stream
            threading.Event().wait()
        except KeyboardInterrupt:
            if not server.stop():
                end_at_once(0)  # a model that is being loaded is not waited for


def _serve_by_cluster(options: ServeOptions) -> None:
    from engine.cluster.availability import prepare_ray  # noqa: PLC0415
    from engine.cluster.settings import ClusterSettings, read_settings  # noqa: PLC0415

    settings = ClusterSettings() if options.config is None else read_settings(options.config)
    settings = replace(settings, **_given(options))
    prepare_ray(settings.ray)
    from engine.cluster.cluster import Cluster  # noqa: PLC0415 - needs Ray, in its environment

    cluster = Cluster(settings)
    with ending_like_ctrl_c():
        try:
            _say("Ray is being started; this takes a moment.")
            cluster.start()
            code = cluster.code()
            _say(f"code: {code}")
            _print_address(cluster.door(), settings.address.host, code)
            _say(f"streams on each replica: {cluster.streams_each}")
            cluster.follow_codes(code, lambda code: _say(f"code: {code}"))
        except KeyboardInterrupt:
            _say(f"Streams have {settings.drain_s:.0f} seconds to end; Ctrl+C ends them at once.")
        finally:
            cluster.stop()


def _given(options: ServeOptions) -> dict[str, Any]:
    """What the command line says itself; it goes before the file."""
    names = ("listen", "streams", "model", "max_size", "plain_http")
    usual = ServeOptions()
    return {
        name: getattr(options, name)
        for name in names
        if getattr(options, name) != getattr(usual, name)
    }


def _print_address(door: Door, host: str, code: str | None) -> None:
    from engine.control.web.addresses import LOOPBACK, network_address  # noqa: PLC0415

    if host == "0.0.0.0":  # noqa: S104 - the user's choice
        host = network_address() or LOOPBACK
    address = f"{door.scheme}://{host}:{door.port}"
    _say(f"{APP_NAME} computes for others at {address}")
    if door.fingerprint:
        _say(f"certificate (SHA-256): {door.fingerprint}")
    if sys.stdout.isatty() and code is not None:
        segno.make(f"{address}/#pair={code}", error="m", micro=False).terminal(compact=True)


def _say(line: str) -> None:
    """At once, also where the output is a pipe. That its reader has gone is no reason to stop: the
    server's own threads say the next code, and have other work.
    """
    with suppress(OSError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
