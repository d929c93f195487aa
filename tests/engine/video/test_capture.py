"""The capture thread reads a source to its end, fits the pictures and survives what fails."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from engine.concurrency.mailbox import Mailbox, MailboxClosed
from engine.errors import EngineError, SourceError
from engine.frames import Frame, Pixels, Size
from engine.interfaces import FrameSource
from engine.settings import InputSettings
from engine.video import capture as module
from engine.video.capture import Capture, CaptureListener
from engine.video.framing.framer import AutoFraming
from tests.engine.doubles import RAW, ScriptedSource, unplugged

SIZE = Size(64, 64)
PATIENCE = 10.0


class Story:
    """What a capture reports, and what it delivers."""

    def __init__(
        self, source: FrameSource, *, limit: int | None = None, patient: bool = True
    ) -> None:
        self.opened: list[str] = []
        self.lost: list[tuple[str, bool]] = []
        self.came = 0
        self.noticed: list[EngineError] = []
        self.reopened = threading.Event()
        self.inbox: Mailbox[Frame] = Mailbox(lossless=True)
        listener = CaptureListener(self._opened, self._lost, self._came, self.noticed.append)
        self.capture = Capture(
            source,
            self.inbox,
            listener,
            size_for=lambda _: SIZE,
            framing=AutoFraming(lambda _: None, InputSettings(), paced=True, on=False),
            limit=limit,
            patient=patient,
        )

    def frames(self) -> list[Frame]:
        """Everything until the end."""
        self.capture.start()
        found = []
        try:
            while True:
                frame = self.inbox.get(PATIENCE)
                assert frame is not None
                found.append(frame)
        except MailboxClosed:
            assert self.capture.join(PATIENCE)
            return found

    def _opened(self, source: FrameSource) -> None:
        self.opened.append(source.name)
        if len(self.opened) > 1:
            self.reopened.set()

    def _lost(self, error: EngineError, again: bool) -> None:
        self.lost.append((error.message, again))

    def _came(self, _: float) -> None:
        self.came += 1


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.0)


def once(number: int, error: Exception) -> Callable[[int], Exception | None]:
    """A fault at one frame."""
    return lambda at: error if at == number else None


def test_a_source_is_read_to_its_end_and_closed() -> None:
    source = ScriptedSource(3, live=False)
    story = Story(source)
    assert [frame.number for frame in story.frames()] == [0, 1, 2]
    assert (story.opened, story.lost, story.came) == (["script"], [], 3)
    assert (source.opened, source.closed) == (1, 1)


@pytest.mark.parametrize("limit", [1, 2])
def test_no_more_than_the_limit_is_read(limit: int) -> None:
    story = Story(ScriptedSource(None, live=False), limit=limit)
    assert len(story.frames()) == story.came == limit


def test_a_file_that_fails_is_not_tried_again() -> None:
    source = ScriptedSource(5, live=False, fault=once(2, unplugged()))
    story = Story(source)
    assert len(story.frames()) == 2
    assert story.lost == [("The camera is gone.", False)]
    assert (source.opened, source.closed) == (1, 1)


def test_a_camera_that_fails_is_opened_again() -> None:
    source = ScriptedSource(5, live=True, fault=once(2, unplugged()))
    story = Story(source)
    assert len(story.frames()) == 4
    assert story.lost == [("The camera is gone.", True)]
    assert (source.opened, source.closed) == (2, 2)


class NeverThere(ScriptedSource):
    """A camera that cannot be opened until `appears` calls have been made."""

    def __init__(self, appears: int) -> None:
        super().__init__(1)
        self._appears = appears

    def open(self) -> None:
        super().open()
        if self.opened < self._appears:
            raise SourceError("There is no camera.", "Plug one in.")


def test_a_camera_that_was_never_there_is_given_up_by_the_impatient() -> None:
    story = Story(NeverThere(3), patient=False)
    assert story.frames() == []
    assert story.lost == [("There is no camera.", False)]


def test_a_camera_that_is_not_there_yet_is_waited_for_by_the_patient() -> None:
    story = Story(NeverThere(3), patient=True)
    assert len(story.frames()) == 1
    assert story.lost == [("There is no camera.", True)] * 2


def test_a_failure_of_a_library_is_told_in_our_words() -> None:
    story = Story(ScriptedSource(5, live=False, fault=once(1, RuntimeError("bad packet"))))
    assert len(story.frames()) == 1
    assert story.lost == [("script failed: bad packet.", False)]


class Widening(ScriptedSource):
    """A source whose pictures change their size, as a window's do."""

    def read(self) -> Frame | None:
        frame = super().read()
        if frame is None:
            return None
        wide: Pixels = np.full((48, 100 + 40 * frame.number, 3), RAW, np.uint8)
        return Frame(wide, frame.number, frame.captured_at)


def test_pictures_of_any_size_arrive_in_the_engines() -> None:
    frames = Story(Widening(3, live=False)).frames()
    assert [frame.pixels.shape for frame in frames] == [(64, 64, 3)] * 3
    assert all((frame.pixels == RAW).all() for frame in frames)


def test_a_capture_that_is_stopped_closes_source_and_mailbox() -> None:
    source = ScriptedSource(None, live=True)
    story = Story(source)
    story.capture.start()
    assert story.inbox.get(PATIENCE) is not None
    story.capture.stop()
    assert story.capture.join(PATIENCE)
    assert source.closed == 1
    with pytest.raises(MailboxClosed):
        story.inbox.put(Frame(np.zeros((64, 64, 3), np.uint8), 0, 0.0))
