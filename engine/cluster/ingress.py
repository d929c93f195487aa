"""The one door of a cluster: the same HTTP interface as a single server's, pairing, tokens and
certificate included. It takes the signalling alone; pictures never pass through it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.cluster.cluster_places import ClusterPlaces
from engine.cluster.replica import MakeKind
from engine.server.service import Door, EngineServer
from engine.server.settings import ServeSettings


class Ingress:
    """A deployment of Ray Serve's. replicas: the handle of the replicas'. folder: for certificate
    and list of devices, on the ingress's node; None for the settings folder.
    """

    def __init__(
        self, settings: ServeSettings, make_kind: MakeKind, replicas: Any, folder: Path | None
    ) -> None:
        self._replicas = replicas
        self._codes: list[str] = []
        self._server = EngineServer(
            settings,
            make_kind(settings),
            self._codes.append,
            folder,
            lambda access: ClusterPlaces(replicas, settings.streams, access.still_in),
        )
        self._closed = False
        self._server.start()

    def door(self) -> Door:
        """What others are told."""
        return self._server.door

    def code(self) -> str:
        """What the next device pairs by."""
        return self._codes[-1]

    def close(self) -> None:
        """Take no more streams; those that flow go on."""
        self._closed = True
        self._server.stop()

    def check_health(self) -> None:
        """For Ray Serve, which replaces an ingress that fails here."""
        if not self._closed and not self._server.running:
            raise RuntimeError("the web server has ended")
