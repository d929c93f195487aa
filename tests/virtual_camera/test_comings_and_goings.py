"""Programs come and go on both sides; one that stays never sees an end or another size."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from engine.virtual_camera.protocol import OnAir
from tests.virtual_camera.conftest import EVIDENCE, Application, PublisherWitness, keep
from tests.virtual_camera.consumers import PATIENCE, Reader, wait_for

SIZE = "320x240"
FIRST_FRAME_WITHIN = 3.0
MORE = 15
BOTH = ("opencv", "chromium")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Ends everything that a test has started, the last first."""
    with ExitStack() as stack:
        yield stack


def _application(stack: ExitStack) -> Application:
    application = Application("card", SIZE, "10")
    stack.callback(application.close)
    return application


def _reader(stack: ExitStack, kind: str) -> Reader:
    reader = Reader(kind, EVIDENCE / f"reader-{kind}.log")
    stack.callback(reader.kill)
    return reader


def _wait_until_cards_come(camera: PublisherWitness) -> None:
    wait_for(lambda: camera.shows_frames, 90, "a first card")


def _wait_until_it_looks_in_vain(reader: Reader) -> None:
    wait_for(lambda: bool(reader.poll().error), 120, f"{reader.kind}: a first look in vain")


def test_programs_that_wait_for_the_camera_have_frames_soon_after_it_appears(
    camera: PublisherWitness, stack: ExitStack
) -> None:
    readers = [_reader(stack, kind) for kind in BOTH]
    for reader in readers:
        _wait_until_it_looks_in_vain(reader)
    _application(stack)
    wait_for(lambda: camera.sending, 90, "the camera")
    appeared = time.monotonic()
    for reader in readers:
        reader.waits_for(1, seconds=60)
    waits = {reader.kind: round(reader.last.first_at - appeared, 2) for reader in readers}
    keep("seconds from the camera's appearance to a waiting program's first frame", waits)
    assert max(waits.values()) <= FIRST_FRAME_WITHIN * PATIENCE


def test_two_programs_read_at_once_and_one_that_closed_comes_back(
    camera: PublisherWitness, stack: ExitStack
) -> None:
    _application(stack)
    _wait_until_cards_come(camera)
    first = _reader(stack, "opencv")
    first.reads_on(MORE)
    second = _reader(stack, "chromium")
    second.reads_on(MORE)
    first.reads_on(MORE)
    wait_for(lambda: camera.status.watched is True, 5, "the lamp")
    gone = first.stop()
    second.reads_on(MORE)
    again = _reader(stack, "opencv")
    again.reads_on(MORE)
    for seen in (gone, again.stop(), second.stop()):
        assert seen.sizes == [SIZE]
        assert not seen.ended
    wait_for(lambda: camera.status.watched is False, 30, "the lamp going out")


@pytest.mark.parametrize("crash", [False, True], ids=["closed", "killed"])
def test_a_program_that_stays_reads_on_over_a_restart_of_the_application(
    camera: PublisherWitness, stack: ExitStack, crash: bool
) -> None:
    application = _application(stack)
    _wait_until_cards_come(camera)
    standby = Application("card", SIZE, "10", up=False)
    stack.callback(standby.close)
    readers = [_reader(stack, kind) for kind in BOTH]
    for reader in readers:
        reader.reads_on(MORE)
    application.kill() if crash else application.close()
    wait_for(lambda: camera.on_air is OnAir.PLACEHOLDER, 2.5, "the placeholder")
    standby.tell("up")
    _wait_until_cards_come(camera)
    for reader in readers:
        reader.reads_on(MORE)
    for reader in readers:
        seen = reader.stop()
        assert seen.sizes == [SIZE]
        assert not seen.ended
        keep(f"restart, {'killed' if crash else 'closed'}, {reader.kind}", {
            "frames": seen.frames, "longest gap s": round(seen.longest_gap, 2)
        })  # fmt: skip
