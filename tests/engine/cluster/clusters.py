"""A cluster on this computer whose model turns pictures into their negatives."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from engine.cluster.availability import prepare_ray
from engine.server.engine_kind import EngineKind, engine_kind
from engine.server.service import devices
from engine.server.settings import ServeSettings
from tests.engine.server.peers import build_negative

RAY = {"include_dashboard": False, "object_store_memory": 100 << 20, "num_cpus": 2}

prepare_ray(RAY)
os.environ["RAY_AUTH_TOKEN"] = os.urandom(16).hex()  # no file of the user's is written

from engine.cluster.cluster import Cluster  # noqa: E402 - reads the environment once
from engine.cluster.replica import MakeKind  # noqa: E402
from engine.cluster.settings import ClusterSettings  # noqa: E402

WITHIN_S = 240.0


def negative_kind(settings: ServeSettings) -> EngineKind:
    return engine_kind(settings, build_negative, lambda: None)


class Running:
    """A cluster that answers at `url`."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self._folder = cluster, folder
        self.url = f"http://127.0.0.1:{cluster.door().port}"

    def token(self, name: str = "test", wait_s: float = 2.0) -> str:
        """Of a device that is paired; the ingress hears of it within a second."""
        token = devices(self._folder).add(name)[1]
        time.sleep(wait_s)
        return token

    def revoke(self, name: str) -> None:
        store = devices(self._folder)
        store.remove(next(one.id for one in store.devices if one.name == name))

    def streams(self) -> dict[int, int]:
        """How many streams there are, by the processes of the replicas."""
        return {one.process: len(one.report.streams) for one in self.cluster.reports()}

    def answers(self) -> bool:
        """Whether the ingress does."""
        try:
            with urlopen(f"{self.url}/health") as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def until_there_are(self, streams: int) -> None:
        wait_until(lambda: sum(self.streams().values()) == streams)


@contextmanager
def running(folder: Path, kind: MakeKind = negative_kind, **settings: Any) -> Iterator[Running]:
    wanted = {"listen": "127.0.0.1:0", "plain_http": True, "drain_s": 0.0, "ray": RAY, **settings}
    cluster = Cluster(ClusterSettings(**wanted), kind, folder)
    try:
        cluster.start()
        yield Running(cluster, folder)
    finally:
        cluster.stop()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)
