"""The application of Ray Serve's: an ingress on the head node, and replicas that follow the
streams in number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ray
from ray import serve
from ray.serve import Application

from engine.cluster.capacity import streams_per_replica
from engine.cluster.ingress import Ingress
from engine.cluster.replica import MakeKind, Replica
from engine.cluster.settings import MEASURED, SPARE, ClusterSettings, settings_from
from engine.server.engine_kind import engine_kind

MOST_REPLICAS = 1000
STREAMS_LAST_S = 3600.0
"""Seconds that a replica which is no longer needed waits for its streams to end."""

QUESTIONS = 16
"""What a replica may be asked at a time, beside its streams, which it counts itself."""

MOST_QUEUED = 64
"""Streams that wait for a place; more are refused at once."""

ROUTING = {
    "RAY_SERVE_QUEUE_LENGTH_CACHE_TIMEOUT_S": "0",
    "RAY_SERVE_QUEUE_LENGTH_RESPONSE_DEADLINE_S": "1",
}
"""Where a stream goes is worth asking for: what is remembered is up to ten seconds old, and a busy
replica may need longer to answer than the usual 0.1 s.
"""

HEAD = {"node:__internal_head__": 0.001}
"""Ray's own name for its head node: there the certificate and the list of devices are."""


def application(
    settings: ClusterSettings, make_kind: MakeKind = engine_kind, folder: Path | None = None
) -> Application:
    """The application with these settings. make_kind: what every stream's engine is made of, by a
    function that every node can import. Raises EngineError where the model is not here.
    """
    settings = with_streams(settings, make_kind)
    streams = settings.streams
    serving = settings.serving(streams)
    replicas = serve.deployment(Replica, name="Replica").options(
        **_merged(_replica_options(streams), settings.replica)
    )
    ingress = serve.deployment(Ingress, name="Ingress").options(
        **_merged(_ingress_options(), settings.ingress)
    )
    return ingress.bind(serving, make_kind, replicas.bind(serving, make_kind), folder)


def build(args: dict[str, Any]) -> Application:
    """For Ray Serve's own configuration files: `import_path: engine.cluster.application:build`,
    with the keys of ours as `args`. Raises DataError or EngineError.
    """
    return application(settings_from(args))


def with_streams(settings: ClusterSettings, make_kind: MakeKind) -> ClusterSettings:
    """With as many streams on each replica as its resources carry, tried out on a node that has
    them, where the settings do not say how many.
    """
    if settings.streams != MEASURED:
        return settings
    options = _merged(_replica_options(1), settings.replica)["ray_actor_options"]
    trial = ray.remote(streams_per_replica).options(**options)
    streams = ray.get(trial.remote(settings, make_kind, options.get("num_cpus", 1)))
    return replace(settings, streams=streams)


def _replica_options(streams: int) -> dict[str, Any]:
    return {
        "max_ongoing_requests": streams + QUESTIONS,
        "max_queued_requests": MOST_QUEUED,
        "ray_actor_options": {"num_cpus": 1},
        "autoscaling_config": {
            "min_replicas": 1,
            "max_replicas": MOST_REPLICAS,
            "target_ongoing_requests": SPARE * streams,
            "metrics_interval_s": 1.0,
            "look_back_period_s": 4.0,
            "upscale_delay_s": 2.0,
            "downscale_delay_s": 300.0,
        },
        "graceful_shutdown_timeout_s": STREAMS_LAST_S,
        "health_check_period_s": 2.0,
        "health_check_timeout_s": 10.0,
    }


def _ingress_options() -> dict[str, Any]:
    return {
        "num_replicas": 1,
        "max_ongoing_requests": 16,
        "ray_actor_options": {
            "num_cpus": 0,
            "resources": HEAD,
            "runtime_env": {"env_vars": ROUTING},
        },
        "graceful_shutdown_timeout_s": 5.0,
        "health_check_period_s": 2.0,
    }


def _merged(own: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a deployment; what is given goes before, key by key also one level down."""
    merged = {**own, **given}
    for key in own.keys() & given.keys():
        before, value = own[key], given[key]
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = {**before, **value}
    if given.get("num_replicas", "auto") != "auto":
        merged.pop("autoscaling_config", None)
    return merged
