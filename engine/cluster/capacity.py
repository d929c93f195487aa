"""How many streams one replica carries: as many as its memory holds and its rate serves."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import psutil

from engine.cluster.replica import MakeKind
from engine.cluster.settings import ClusterSettings
from engine.frames import Size
from engine.server.engine_kind import EngineKind
from engine.server.settings import MOST_STREAMS

if TYPE_CHECKING:
    import torch

MEASURED_FOR_S = 4.0


@dataclass(frozen=True, slots=True)
class StreamCost:
    """What one stream takes of a replica. fps: frames per second where it runs alone. bytes: of the
    memory that its model is in. free: bytes there, before any stream, for this replica.
    """

    fps: float
    bytes: int
    free: int

    def streams(self, fps: float) -> int:
        """How many run with this many frames per second each; one, if need be more slowly."""
        by_rate, by_memory = int(self.fps / fps), self.free // max(1, self.bytes)
        return max(1, min(by_rate, by_memory, MOST_STREAMS))


def streams_per_replica(settings: ClusterSettings, make_kind: MakeKind, cpus: float) -> int:
    """Try one stream out in this process, which has the resources of a replica: `cpus` of the
    node's, and its card if there is one.
    """
    kind = make_kind(settings.serving(1))
    kind.prepare()
    return measured_cost(kind, settings, cpus / (os.cpu_count() or 1)).streams(settings.fps)


def measured_cost(kind: EngineKind, settings: ClusterSettings, share: float) -> StreamCost:
    """Run one stream. share: of the node's memory that is a replica's, where it has no card."""
    from engine.evaluation.speed import MeasuredTranslator, measure  # noqa: PLC0415 - torch
    from engine.model.hardware.devices import choose_device  # noqa: PLC0415

    build = replace(kind.build, size=settings.stream_size)
    device = choose_device(build.device)
    before, free = _memory(device)
    made = kind.build_translator(build, kind.live, lambda *_: None)
    translator = cast("MeasuredTranslator", made)  # as `engine.model.factory` makes them
    try:
        speed = measure(translator, build, kind.live.steps, MEASURED_FOR_S)
        taken = _memory(device)[0] - before
    finally:
        translator.close()
    free = free if device.type == "cuda" else int(free * min(1.0, share))
    return StreamCost(speed.fps, max(taken, planned_bytes(kind, build.size)), free)


def planned_bytes(kind: EngineKind, size: Size) -> int:
    """By the memory plan of a downloaded model; 0 for the built-in one, which has none."""
    from engine.model.hardware.memory_budget import MemoryRequest, plan_memory  # noqa: PLC0415
    from engine.model.network.config import UNetConfig  # noqa: PLC0415

    if kind.catalog.model(kind.build.model).shipped:
        return 0
    return plan_memory(UNetConfig(), MemoryRequest(size, kind.live.steps)).total


def _memory(device: torch.device) -> tuple[int, int]:
    """Bytes that are taken, by this process or on its card, and that are free."""
    from engine.model.hardware.memory_budget import free_memory  # noqa: PLC0415

    free = free_memory(device)
    if device.type == "cuda":
        return -free, free
    return int(psutil.Process().memory_info().rss), free
