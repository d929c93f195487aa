"""Frames cross between two mappings of one file, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.frames import Pixels, Size
from engine.virtual_camera.shared_memory import SLOTS, FrameHeader, SharedFrameBuffer

SIZE = Size(64, 48)


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[SharedFrameBuffer, SharedFrameBuffer]]:
    writer, reader = SharedFrameBuffer(tmp_path), SharedFrameBuffer(tmp_path)
    yield writer, reader
    writer.close()
    reader.close()


def _fill(value: int) -> Pixels:
    return np.full((SIZE.height, SIZE.width, 3), value, np.uint8)


def _write(writer: SharedFrameBuffer, value: int, frame: int = 0) -> None:
    writer.write(FrameHeader(5, frame=frame), SIZE, lambda target: np.copyto(target, _fill(value)))


def test_the_other_side_reads_the_newest_frame(
    sides: tuple[SharedFrameBuffer, SharedFrameBuffer],
) -> None:
    writer, reader = sides
    _write(writer, 10)
    _write(writer, 20, frame=3)
    seen: list[Pixels] = []
    label = reader.read(reader.signals.newest, lambda pixels: seen.append(pixels.copy()))
    assert label is not None
    assert (label.session, label.frame) == (5, 3)
    np.testing.assert_array_equal(seen[0], _fill(20))


def test_a_frame_overwritten_while_it_is_read_is_not_taken_for_whole(
    sides: tuple[SharedFrameBuffer, SharedFrameBuffer],
) -> None:
    writer, reader = sides
    _write(writer, 10)

    def overtaken(pixels: Pixels) -> None:
        for value in range(SLOTS):
            _write(writer, value)

    assert reader.read(reader.signals.newest, overtaken) is None


def test_a_frame_that_is_being_written_cannot_be_read(
    sides: tuple[SharedFrameBuffer, SharedFrameBuffer],
) -> None:
    writer, reader = sides
    seen: list[FrameHeader | None] = []

    def paint(target: Pixels) -> None:
        seen.append(reader.read(1, lambda _: None))

    writer.write(FrameHeader(5), SIZE, paint)
    assert seen == [None]


def test_frames_arrive_in_any_size_that_fits(
    sides: tuple[SharedFrameBuffer, SharedFrameBuffer],
) -> None:
    writer, reader = sides
    shapes: list[tuple[int, ...]] = []
    writer.write(FrameHeader(5), Size(1920, 1080), lambda target: target.fill(1))
    reader.read(1, lambda pixels: shapes.append(pixels.shape))
    assert shapes == [(1080, 1920, 3)]


def test_there_is_no_placeholder_until_one_is_given_and_none_after_it_is_dropped(
    sides: tuple[SharedFrameBuffer, SharedFrameBuffer],
) -> None:
    writer, reader = sides
    seen: list[int] = []
    assert not reader.read_placeholder(lambda _: None)
    writer.write_placeholder(1, SIZE, lambda target: target.fill(9))
    assert reader.read_placeholder(lambda pixels: seen.append(int(pixels[0, 0, 0])))
    assert seen == [9]
    writer.drop_placeholder()
    assert reader.placeholder_number == 0


def test_the_file_is_the_users_alone(tmp_path: Path) -> None:
    frames = SharedFrameBuffer(tmp_path)
    assert [file.stat().st_mode & 0o077 for file in tmp_path.iterdir()] == [0]
    frames.close()
