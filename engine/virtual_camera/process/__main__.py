"""The publisher process: `python -m engine.virtual_camera.process --size 1280x720 --fps 30`."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import cv2

from engine.settings import parse_size
from engine.virtual_camera.devices.base import open_camera
from engine.virtual_camera.pixel_formats import built_in_placeholder
from engine.virtual_camera.process.service import Publisher
from engine.virtual_camera.protocol import CameraSettings
from engine.virtual_camera.runtime_dir import Lock, publisher_lock
from engine.virtual_camera.shared_memory import SharedFrameBuffer


def main() -> int:
    """Serve until nobody needs the camera. Ends at once where another publisher serves already."""
    options = _arguments()
    folder: Path = options.folder
    _log_to(folder / "publisher.log")
    lock = Lock(publisher_lock(folder))
    if not lock.take():
        return 0
    cv2.setNumThreads(1)  # a conversion takes a millisecond: more threads only cost
    settings = CameraSettings(parse_size(options.size), options.fps, device=options.device)
    publisher = Publisher(SharedFrameBuffer(folder), settings, open_camera, built_in_placeholder())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: publisher.stop())
    try:
        publisher.run()
    except Exception:
        logging.getLogger(__name__).exception("The publisher has failed.")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="engine.virtual_camera.process", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--device", default="auto")
    return parser.parse_args()


def _log_to(path: Path) -> None:
    handler = RotatingFileHandler(path, maxBytes=200_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


if __name__ == "__main__":
    sys.exit(main())
