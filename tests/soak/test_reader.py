"""The reader tells a styled picture by its mark; what it does not know counts as raw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.frames import Pixels, Size
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.video.sources.demo import demo_source
from engine.video.watermark import AiWatermark
from engine.virtual_camera.devices.fake import FakeCamera
from engine.virtual_camera.pixel_formats import built_in_placeholder
from tests.soak.reader import CameraReader, Seen

ENGINE, CAMERA = Size(256, 256), Size(640, 360)


@pytest.fixture
def picture() -> Pixels:
    """What the engine would get of the demo."""
    source = demo_source(ENGINE, frames=1, live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return frame.pixels


@pytest.fixture
def camera(tmp_path: Path) -> FakeCamera:
    return FakeCamera(str(tmp_path / "camera"), CAMERA)


@pytest.fixture
def reader(camera: FakeCamera, tmp_path: Path) -> CameraReader:
    return CameraReader(tmp_path / "camera", CAMERA, ENGINE)


def send(camera: FakeCamera, pixels: Pixels, mode: FitMode, number: int) -> None:
    fitted, prepared = np.zeros((CAMERA.height, CAMERA.width, 3), np.uint8), camera.blank()
    draw_fitted(pixels, fitted, mode)
    camera.prepare(fitted, prepared)
    camera.send(prepared, number)


def test_each_picture_is_told_for_what_it_is(
    camera: FakeCamera, reader: CameraReader, picture: Pixels
) -> None:
    for pixels, mode, expected in (
        (built_in_placeholder(), FitMode.CROP, Seen.PLACEHOLDER),
        (AiWatermark().draw(picture), FitMode.LETTERBOX, Seen.STYLED),
        (AiWatermark().draw(255 - picture), FitMode.LETTERBOX, Seen.STYLED),
        (picture, FitMode.LETTERBOX, Seen.RAW),
        (np.full_like(picture, 90), FitMode.LETTERBOX, Seen.RAW),
    ):
        send(camera, pixels, mode, 1)
        reader.look()
        assert reader.newest[1] is expected
    assert reader.seen[Seen.RAW] == reader.unwanted == 2


def test_a_raw_picture_that_the_user_wants_is_seen_and_not_counted(
    camera: FakeCamera, reader: CameraReader, picture: Pixels
) -> None:
    reader.raw_allowed_until = float("inf")
    send(camera, picture, FitMode.LETTERBOX, 1)
    reader.look()
    assert reader.newest[1] is Seen.RAW
    assert reader.unwanted == 0


def test_the_log_says_when_the_placeholder_came(
    camera: FakeCamera, reader: CameraReader, picture: Pixels
) -> None:
    since = reader.now()
    send(camera, picture, FitMode.LETTERBOX, 1)
    assert reader.first_placeholder(since) is None
    assert not reader.all_placeholder(since)
    later = reader.now()
    send(camera, built_in_placeholder(), FitMode.CROP, -1)
    assert reader.first_placeholder(since) is not None
    assert reader.all_placeholder(later)
