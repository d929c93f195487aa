"""What many streams need, reckoned from what few were measured to take: `docs/scale.md`.

    python -m tests.benchmarks.scale_model [--streams 10000] [--price-core 0.04] ...

Everything here is arithmetic. `MEASURED` holds the figures of `tests.benchmarks.cluster`; rates of
cards and prices are the reader's to give.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.cluster.settings import SPARE


@dataclass(frozen=True, slots=True)
class StreamFigures:
    """Of one stream with pictures of this side, in pixels. frames_per_core: per second, of a core
    of the replica, codecs included. megabytes: of memory beside the replica's own. mbit: per second
    and direction at `at_fps` frames per second.
    """

    side: int
    frames_per_core: float
    megabytes: float
    mbit: float
    at_fps: float


MEASURED = (
    StreamFigures(256, frames_per_core=25.0, megabytes=131.0, mbit=4.15, at_fps=21.7),
    StreamFigures(512, frames_per_core=12.0, megabytes=203.0, mbit=8.19, at_fps=11.1),
)
"""Taken where senders and other programs shared the cores; see the document."""

REPLICA_CORES = 2
"""What a replica was measured with."""

REPLICA_MEGABYTES = 440.0
"""With the libraries that its first stream loads."""

RATES = (12.0, 16.0, 24.0, 30.0)


@dataclass(frozen=True, slots=True)
class Fleet:
    """node_cores: of a computer. card_fps: frames per second of a card at 512 x 512, one replica
    each; 0 where replicas have `REPLICA_CORES` instead. prices: of a core's and a card's hour, and
    of a gigabyte that leaves.
    """

    streams: int
    node_cores: int
    card_fps: float
    price_core: float
    price_card: float
    price_gigabyte: float


@dataclass(frozen=True, slots=True)
class Need:
    """Of a whole fleet. each: streams of a replica. nodes: None for cards. price: of one stream's
    hour; None where a replica is too slow for even one.
    """

    each: int
    replicas: int
    nodes: int | None
    gigabytes: float
    gbit: float
    price: float | None


def need(figures: StreamFigures, fps: float, fleet: Fleet) -> Need:
    """What so many streams of this size and rate need, with the share of places that stay free."""
    if fleet.card_fps:
        rate, hour = fleet.card_fps * (512 / figures.side) ** 2, fleet.price_card
    else:
        rate, hour = REPLICA_CORES * figures.frames_per_core, REPLICA_CORES * fleet.price_core
    each = int(rate / fps)
    replicas = math.ceil(fleet.streams / (SPARE * max(1, each)))
    nodes = None if fleet.card_fps else math.ceil(replicas * REPLICA_CORES / fleet.node_cores)
    mbit = figures.mbit * fps / figures.at_fps
    gigabytes = (fleet.streams * figures.megabytes + replicas * REPLICA_MEGABYTES) / 1000
    leaving = mbit / 8 / 1000 * 3600 * fleet.price_gigabyte
    price = replicas * hour / fleet.streams + leaving if each else None
    return Need(each, replicas, nodes, gigabytes, fleet.streams * mbit / 1000, price)


def main(
    streams: int = 10_000,
    cores: Annotated[int, typer.Option(help="Of a computer.")] = 64,
    card_fps: Annotated[float, typer.Option(help="Frames/s of a card at 512 x 512.")] = 0.0,
    price_core: Annotated[float, typer.Option(help="Of a core's hour.")] = 0.04,
    price_card: Annotated[float, typer.Option(help="Of a card's hour.")] = 0.0,
    price_gigabyte: Annotated[float, typer.Option(help="That leaves.")] = 0.01,
) -> None:
    """Reckon, and tell."""
    fleet = Fleet(streams, cores, card_fps, price_core, price_card, price_gigabyte)
    kind = "cards" if card_fps else "replicas"
    columns = (
        "side",
        "frames/s",
        "streams each",
        kind,
        "nodes",
        "GB",
        "Gbit/s each way",
        "an hour",
    )
    table = Table(*columns, title=f"{streams} streams")
    for figures in MEASURED:
        for fps in RATES:
            found = need(figures, fps, fleet)
            cells = (
                str(found.each),
                str(found.replicas),
                "" if found.nodes is None else str(found.nodes),
                f"{found.gigabytes:.0f}",
                f"{found.gbit:.1f}",
                "too slow" if found.price is None else f"{found.price:.3f}",
            )
            table.add_row(str(figures.side), f"{fps:.0f}", *cells)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
