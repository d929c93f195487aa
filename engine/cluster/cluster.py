"""A cluster as its command sees it: started, watched, drained and ended."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import ray
from ray import serve
from ray.exceptions import RayError
from ray.serve.exceptions import RayServeException

from engine.cluster.application import application, with_streams
from engine.cluster.replica import MakeKind, ReplicaReport
from engine.cluster.settings import ClusterSettings
from engine.errors import EngineError, SettingError
from engine.server.engine_kind import engine_kind
from engine.server.service import Door

NAME = "live2diff-camera"
ANSWERS_WITHIN_S = 10.0
LOOKS_EVERY_S = 0.5

_AWAY = (RayError, RayServeException, TimeoutError)
"""What is asked is not there, or on its way back."""

_RAY = {"address": "local", "log_to_driver": False, "logging_level": "warning"}
_QUIET = {"log_level": "WARNING", "enable_access_log": False}


class Cluster:
    """One thread at a time calls it. make_kind, folder: see `application`."""

    def __init__(
        self,
        settings: ClusterSettings,
        make_kind: MakeKind = engine_kind,
        folder: Path | None = None,
    ) -> None:
        self._settings, self._make_kind, self._folder = settings, make_kind, folder
        self._ingress: Any = None

    def start(self) -> None:
        """Start Ray, or join the one whose address is set, and deploy. Raises EngineError."""
        try:
            ray.init(**{**_RAY, **self._settings.ray})
            serve.start(proxy_location="Disabled", logging_config=_QUIET)
            logging.getLogger("ray.serve").setLevel(logging.ERROR)
            self._settings = with_streams(self._settings, self._make_kind)
            made = application(self._settings, self._make_kind, self._folder)
            self._ingress = serve.run(made, name=NAME, route_prefix=None, logging_config=_QUIET)
        except EngineError:
            raise
        except Exception as error:  # whatever Ray stumbles upon, options of the user's included
            raise _not_started(error) from error

    @property
    def streams_each(self) -> int:
        """How many streams a replica takes; known once it is started."""
        return self._settings.streams

    def door(self) -> Door:
        """What others are told."""
        found: Door = self._ingress.door.remote().result(timeout_s=ANSWERS_WITHIN_S)
        return found

    def code(self) -> str:
        """What the next device pairs by."""
        return str(self._ingress.code.remote().result(timeout_s=ANSWERS_WITHIN_S))

    def follow_codes(self, known: str, announce: Callable[[str], object]) -> None:
        """Tell each code after the `known` one, until interrupted."""
        while True:
            time.sleep(LOOKS_EVERY_S)
            with suppress(*_AWAY):
                code = self.code()
                if code != known:
                    announce(code)
                    known = code

    def reports(self) -> list[ReplicaReport]:
        """Of every replica that answers."""
        asked = self._replicas().broadcast("report")
        found = asked.results(timeout_s=ANSWERS_WITHIN_S, return_exceptions=True)
        return [one for one in found if isinstance(one, ReplicaReport)]

    def stop(self) -> None:
        """Take no more streams, give those that flow their time, tell the rest, and end. Another
        Ctrl+C takes the time away.
        """
        if not ray.is_initialized():
            return
        try:
            if self._ingress is not None:
                with suppress(*_AWAY, KeyboardInterrupt):
                    self._drain()
                with suppress(*_AWAY):
                    self._replicas().broadcast("close").results(timeout_s=ANSWERS_WITHIN_S)
                serve.delete(NAME)
        finally:
            ray.shutdown()  # a Ray that was started here ends with it

    def _drain(self) -> None:
        self._ingress.close.remote().result(timeout_s=ANSWERS_WITHIN_S)
        until = time.monotonic() + self._settings.drain_s
        while time.monotonic() < until and any(one.report.streams for one in self.reports()):
            time.sleep(LOOKS_EVERY_S)

    def _replicas(self) -> Any:
        return serve.get_deployment_handle("Replica", NAME)


def _not_started(error: Exception) -> EngineError:
    """Ray tells what its processes stumbled upon as text, with a traceback."""
    own = re.search(r"engine\.errors\.\w+: (.+)", str(error))
    lines = [own[1]] if own else str(error).strip().splitlines()
    return SettingError(
        "The cluster cannot be started: {reason}.",
        "Ray's logs, by default in /tmp/ray, say more.",
        reason=(lines[0] if lines else type(error).__name__).rstrip("."),
    )
