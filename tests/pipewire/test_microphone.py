"""The delayed microphone against a real PipeWire: what goes in by a made-up microphone, and when it
comes out, as a program that is not ours hears it.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from engine.frames import Pixels, Size, StyledFrame
from engine.microphone.client import DelayedMicrophone, MicrophoneState, MicrophoneWish
from engine.microphone.devices import list_microphones
from engine.microphone.streams import NODE_NAME
from engine.session.statistics import SPAN, StreamStatistics, Timing
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings, PublisherState
from tests.engine.virtual_camera.helpers import wait_until
from tests.pipewire.conftest import SLOW, Desktop
from tests.pipewire.readers import GStreamerReader, node_id
from tests.pipewire.sound import MADE_UP, Listener, make_default, spoken_clicks
from tests.virtual_camera.picture import grey

EVENTS = 30
SIZE = Size(160, 120)
FPS = 60.0
STYLING = 0.25
WATCHES_FOR = 90.0
TAKES_EVERY = 0.5 / 20.618
"""About 41 pictures a second. Clicks come at another point between two of them each time, evenly
spread: multiples of the golden ratio.
"""


@pytest.fixture(scope="module")
def voice(desktop: Desktop) -> Iterator[None]:
    """A microphone into which a click is spoken twice a second."""
    with spoken_clicks(desktop.runtime, seconds=600):
        yield


@pytest.fixture
def microphone(voice: None) -> Iterator[DelayedMicrophone]:
    microphone = DelayedMicrophone()
    yield microphone
    microphone.close()


def start(
    microphone: DelayedMicrophone, delay: float, *, on: bool = True, source: str = MADE_UP
) -> None:
    microphone.wish(MicrophoneWish(source, delay, on))
    wanted = MicrophoneState.ON if on else MicrophoneState.WAITING
    wait_until(lambda: microphone.status.state is wanted, SLOW)
    wait_until(lambda: node_id(NODE_NAME) > 0, SLOW)


def offset(sound: list[float], picture: list[float], count: int, about: float) -> float:
    """The median distance from the newest events of one kind to those of the other; seconds."""
    nearest = [min((s - p for s in sound), key=lambda d: abs(d - about)) for p in picture[-count:]]
    return median(nearest)


def test_the_microphone_is_listed_and_ours_is_not_offered_as_its_own_source(
    microphone: DelayedMicrophone,
) -> None:
    start(microphone, 0.2)
    assert [found.node for found in list_microphones()] == [MADE_UP]


@pytest.mark.timeout(300)
def test_clicks_come_late_by_the_delay_and_follow_it(microphone: DelayedMicrophone) -> None:
    start(microphone, 0.12)
    with (
        contextlib.closing(Listener(MADE_UP)) as direct,
        contextlib.closing(Listener(NODE_NAME)) as late,
    ):
        for delay in (0.12, 0.3, 0.33):
            start(microphone, delay)
            time.sleep(8)  # it settles: 30 ms take ten seconds at the most
            before = len(late.clicks)
            wait_until(lambda before=before: len(late.clicks) >= before + 12, SLOW)  # type: ignore[misc]
            assert offset(late.clicks, direct.clicks[:-2], 8, delay) == pytest.approx(
                delay, abs=0.02
            )


@pytest.mark.timeout(300)
def test_clicks_and_flashes_agree_within_20_ms(
    microphone: DelayedMicrophone, desktop: Desktop
) -> None:
    """Every click flashes a light in front of a camera whose styled picture takes about 250 ms;
    another program sees the flashes and hears the clicks.
    """
    with contextlib.ExitStack() as stack:
        direct = stack.enter_context(contextlib.closing(Listener(MADE_UP)))
        show = stack.enter_context(contextlib.closing(SlowPicture(desktop, direct.clicks)))
        picture = stack.enter_context(contextlib.closing(FlashWatcher()))
        time.sleep(SPAN)
        start(microphone, show.picture_delay())
        sound = stack.enter_context(contextlib.closing(Listener(NODE_NAME)))
        stalls = stack.enter_context(contextlib.closing(Stalls()))
        until = time.monotonic() + WATCHES_FOR
        seen: list[float] = []
        while len(seen) < EVENTS and time.monotonic() < until:
            time.sleep(1)
            heard = tuple(sound.clicks)
            seen = [flash for flash in tuple(picture.flashes)
                    if heard[1:] and heard[0] < flash < heard[-1]
                    and stalls.none_between(flash - STYLING - 0.2, flash + 0.1)]  # fmt: skip
        if len(seen) < EVENTS // 2:
            pytest.skip("this computer is too busy to tell 20 ms apart")
        assert offset(sound.clicks, seen, EVENTS, 0.0) == pytest.approx(0, abs=0.02)


def test_while_the_camera_is_off_nothing_is_listened_to(microphone: DelayedMicrophone) -> None:
    start(microphone, 0.1)
    with contextlib.closing(Listener(NODE_NAME)) as late:
        wait_until(lambda: len(late.clicks) >= 3, SLOW)
        start(microphone, 0.1, on=False)
        wait_until(lambda: node_id(f"{NODE_NAME}.input") == 0, SLOW)
        time.sleep(1)
        heard = len(late.clicks)
        time.sleep(2)
        assert len(late.clicks) == heard
        start(microphone, 0.1)
        wait_until(lambda: len(late.clicks) >= heard + 2, SLOW)


@pytest.mark.parametrize("source", [MADE_UP, ""])
def test_as_the_default_microphone_it_does_not_listen_to_itself(
    microphone: DelayedMicrophone, source: str
) -> None:
    """The session manager has what listens to the default microphone follow when that changes:
    to our own output, that would be silence for good.
    """
    make_default(MADE_UP)
    start(microphone, 0.1, source=source)
    with contextlib.closing(Listener(NODE_NAME)) as late:
        wait_until(lambda: len(late.clicks) >= 2, SLOW)
        make_default(NODE_NAME)
        time.sleep(2)
        heard = len(late.clicks)
        wait_until(lambda: len(late.clicks) >= heard + 6, SLOW)
    gaps = [later - click for click, later in itertools.pairwise(late.clicks[heard:])]
    assert median(gaps) == pytest.approx(0.5, abs=0.1), "an old click goes round and round"


def test_closing_it_takes_it_off_the_list(microphone: DelayedMicrophone) -> None:
    start(microphone, 0.1)
    microphone.close()
    wait_until(lambda: node_id(NODE_NAME) == 0, SLOW)
    assert microphone.status.state is MicrophoneState.OFF


def test_without_pipewire_it_says_so_and_can_be_closed_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    microphone = DelayedMicrophone()
    microphone.wish(MicrophoneWish("", 0.1, on=True))
    wait_until(lambda: microphone.status.state is MicrophoneState.UNAVAILABLE, SLOW)
    assert "PipeWire is not running" in str(microphone.status.error)
    microphone.close()


class Stalls:
    """Notes when this process was not given the processor: what it saw then, it saw too late."""

    LONGEST = 0.015

    def __init__(self) -> None:
        self._stalls: list[tuple[float, float]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def none_between(self, since: float, until: float) -> bool:
        return not any(began < until and ended > since for began, ended in tuple(self._stalls))

    def _look(self) -> None:
        last = time.monotonic()
        while not self._ended.wait(0.005):
            now = time.monotonic()
            if now - last > self.LONGEST:
                self._stalls.append((last, now))
            last = now


class SlowPicture:
    """A camera on air that is late: in its pictures it is light for a while after each click.

    It takes pictures to a steady beat, and measures its own delay as a session does.
    """

    def __init__(self, desktop: Desktop, clicks: list[float]) -> None:
        self._clicks = clicks
        self._statistics = StreamStatistics()
        folder = desktop.runtime / "live2diff-camera"
        self._client = PublisherClient(CameraSettings(SIZE, FPS), folder=folder)
        self._client.start()
        wait_until(lambda: self._client.status().state is PublisherState.SENDING, SLOW)
        self._sink = self._client.sink()
        self._sink.open(SIZE, FPS)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._thread.start()
        wait_until(lambda: node_id("live2diff-camera") > 0, SLOW)

    def picture_delay(self) -> float:
        """As the program has it; seconds."""
        stats = self._statistics.stats(time.monotonic(), 0)
        return stats.picture_delay_ms(FPS, 1000 * self._client.status().waited) / 1000

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._sink.close()
        self._client.close()

    def _send(self) -> None:
        dark, light = grey(SIZE, 30), grey(SIZE, 240)
        first = time.monotonic()
        for number in itertools.count(1):
            captured = first + number * TAKES_EVERY
            if self._ended.wait(max(0.0, captured + STYLING - time.monotonic())):
                return
            # by now it is known whether there had been a click when the picture was taken
            lit = any(0 <= captured - click < 0.15 for click in self._clicks[-4:])
            self._sink.send(StyledFrame(light if lit else dark, number, captured))
            sent = time.monotonic()
            self._statistics.frame_out(Timing(captured, captured, sent, sent, sent))


class FlashWatcher(GStreamerReader):
    """Notes when it sees a flash."""

    def __init__(self) -> None:
        self.flashes: list[float] = []
        self._light = False
        super().__init__(SIZE)

    def note(self, pixels: Pixels) -> None:
        light = bool(pixels.mean() > 128)
        if light and not self._light:
            self.flashes.append(time.monotonic())
        self._light = light
