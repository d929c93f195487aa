"""The publisher process from its first step to its last."""

from __future__ import annotations

import argparse
import logging
import os
import signal
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

import cv2
from filelock import Timeout

from engine.settings import parse_size
from engine.virtual_camera.core_dumps import forbid_core_dumps
from engine.virtual_camera.devices.factory import camera_opener, paths_of
from engine.virtual_camera.pixel_formats import built_in_placeholder
from engine.virtual_camera.process.device_access import DeviceAccess
from engine.virtual_camera.process.owner_link import OwnerLink
from engine.virtual_camera.process.sandbox import enter_sandbox
from engine.virtual_camera.process.service import Publisher
from engine.virtual_camera.protocol import CameraSettings
from engine.virtual_camera.runtime_dir import publisher_lock, publisher_log, remove_remnants
from engine.virtual_camera.transport.factory import listen

_PREDECESSOR_ENDS_WITHIN = 2.0

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Serve until nobody needs the camera. Ends at once where another publisher serves already."""
    options = _options(arguments)
    folder: Path = options.folder
    os.umask(0o077)
    forbid_core_dumps()
    lock = publisher_lock(folder)
    try:
        lock.acquire(timeout=_PREDECESSOR_ENDS_WITHIN)
    except Timeout:
        return 0
    remove_remnants(folder)
    _log_to(publisher_log(folder))
    logger.info("the publisher starts with the code in %s", Path(__file__).parents[3])
    cv2.setNumThreads(1)  # a conversion takes a millisecond: more threads only cost
    settings = CameraSettings(parse_size(options.size), options.fps, device=options.device)
    access = DeviceAccess(settings, camera_opener(settings))
    publisher = Publisher(
        OwnerLink(listen(folder)), settings, access.open, built_in_placeholder(),
        is_outdated=access.is_outdated,
    )  # fmt: skip
    logger.info("sandbox: %s", enter_sandbox([folder, *paths_of(settings)], access.files))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: publisher.stop())
    try:
        publisher.run()
    except Exception:
        logger.exception("the publisher has failed")
        return 1
    finally:
        lock.release()
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="publisher", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--device", default="auto")
    return parser.parse_args(arguments)


def _log_to(path: Path) -> None:
    handler = RotatingFileHandler(path, maxBytes=200_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
