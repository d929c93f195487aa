"""What a cluster is started with; every part may stand in a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import EngineError, SettingError, TranslatableValue
from engine.files.json_data import DataError, from_data
from engine.frames import Size
from engine.server.settings import MOST_STREAMS, Address, ServeSettings, parse_address
from engine.settings import BUILT_IN, check_range, parse_size

MEASURED = 0
"""As many streams on a replica as its memory and its measured rate allow."""

SPARE = 0.8
"""Replicas are added so that no more than this share of the places is taken."""

LARGEST_FILE = 1 << 20
"""Bytes of a YAML file."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """listen, model, max_size, plain_http: as of `serve`. streams: on each replica, or `MEASURED`,
    where `fps` and `size` say what one stream is. drain_s: seconds that streams may go on after
    Ctrl+C. ray: arguments of `ray.init`. replica, ingress: options of Ray Serve's deployments.
    """

    listen: str = "0.0.0.0:8733"
    model: str = BUILT_IN
    max_size: str = "1280x720"
    plain_http: bool = False
    streams: int = MEASURED
    fps: float = 24.0
    size: str = "512x512"
    drain_s: float = 10.0
    ray: Mapping[str, Any] = field(default_factory=dict)
    replica: Mapping[str, Any] = field(default_factory=dict)
    ingress: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The number of streams"), self.streams, 0, MOST_STREAMS)
        check_range(TranslatableValue("The frame rate"), self.fps, 1, 60)
        check_range(TranslatableValue("The time to drain"), self.drain_s, 0, 86_400)
        self.serving(1)
        self.stream_size  # noqa: B018 - raises where it is none

    @property
    def stream_size(self) -> Size:
        """Of the pictures that a measured stream has."""
        return parse_size(self.size)

    @property
    def address(self) -> Address:
        """Where the ingress listens."""
        return parse_address(self.listen)

    def serving(self, streams: int) -> ServeSettings:
        """As one server has them. Raises SettingError."""
        return ServeSettings(
            self.address, streams, self.model, parse_size(self.max_size), self.plain_http
        )


def read_settings(path: Path) -> ClusterSettings:
    """Read a YAML file. Raises SettingError, which names what is wrong in it."""
    import yaml  # noqa: PLC0415 - comes with Ray

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise _unreadable(path, "it is far too large")
        return settings_from(yaml.safe_load(content) or {})
    except DataError as error:
        raise _unreadable(path, error.reason) from error
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise _unreadable(path, str(error).replace("\n", " ")) from error


def settings_from(data: object) -> ClusterSettings:
    """What YAML or JSON text holds. Raises DataError or SettingError."""
    return from_data(data, ClusterSettings, strict=True)


def _unreadable(path: Path, reason: str) -> EngineError:
    return SettingError(
        "{name} cannot be read: {reason}.",
        "Compare it with the example in docs/engine_server.md.",
        name=path.name,
        reason=reason.rstrip("."),
    )
