"""Whether Ray is here, and how it is to behave unless the user has said otherwise. Called before
Ray is imported, which reads its environment once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec

from engine.errors import SettingError

DEFAULTS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is reported to Ray's makers
    "RAY_AUTH_MODE": "token",  # whoever reaches Ray's ports may run code
    "RAY_SERVE_LOG_TO_STDERR": "0",  # the terminal is for our own lines
    "RAY_worker_niceness": "0",  # live pictures do not wait behind everything else, as by 15
}


ALONE = {
    # whatever its name says, this keeps every port of Ray's on loopback
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}
"""For a Ray that is started here, and not joined."""


def prepare_ray(options: Mapping[str, object]) -> None:
    """options: those for `ray.init`. Raises SettingError where Ray Serve is not installed."""
    if find_spec("ray") is None or find_spec("starlette") is None:
        raise SettingError(
            "A cluster needs Ray Serve, which is not installed.",
            'Install it with: pip install "ray[serve]"',
        )
    for name, value in (DEFAULTS if "address" in options else DEFAULTS | ALONE).items():
        os.environ.setdefault(name, value)
