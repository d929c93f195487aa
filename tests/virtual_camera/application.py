"""A program that uses the virtual camera, for the tests; it does what lines on stdin say.

It waits for the word "up" first, so that a second one can stand by: to start Python takes an
emulated machine longer than the camera outlives its application.

application.py card WIDTHxHEIGHT FPS [STAMPS]
    Sends numbered test cards. STAMPS: a file for the number and time of every hand-over.
    Words: quit.

application.py session WIDTHxHEIGHT FPS
    A session from the made-up webcam through a stand-in translator, which makes every frame grey.
    Words: go, stop, style, break, original, styled, panic, release, quit.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.errors import ModelError, SinkError
from engine.events import Stats
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.interfaces import TranslatorStatus, Wait, ignore_ready
from engine.session.commands import ApplySettings, ShowOriginal
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, LiveSettings, parse_size
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings
from tests.virtual_camera.picture import grey, test_card

WEBCAM = os.environ.get("LIVE2DIFF_TEST_INPUT", "camera:20")
WARM_UP = 8
GREYS = {"comic": 190, "ink": 230}


def send_cards(client: PublisherClient, size: Size, fps: float, stamps: Path | None) -> None:
    """Send numbered cards until asked to quit."""
    quit_asked = Event()
    Thread(target=_until_quit, args=(quit_asked,), daemon=True).start()
    sink = client.sink()
    sink.open(size, fps)
    number, began, times = 0, time.monotonic(), []
    while not quit_asked.is_set():
        number += 1
        frame = StyledFrame(test_card(size, number & 0xFFFF), number, time.monotonic())
        times.append(f"{number} {time.monotonic()}\n")
        sink.send(frame)
        time.sleep(max(0.0, began + number / fps - time.monotonic()))
    if stamps is not None:
        stamps.write_text("".join(times))
    sink.close()


def _until_quit(quit_asked: Event) -> None:
    for line in sys.stdin:
        if line.strip() == "quit":
            break
    quit_asked.set()


class GreyTranslator:
    """Makes every frame one grey, which depends on the style; fails once on request."""

    broken = False

    def __init__(self, live: LiveSettings) -> None:
        self._live, self._gathered = live, 0
        self._finished: list[StyledFrame] = []

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(min(self._gathered, WARM_UP), WARM_UP)

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        if GreyTranslator.broken:
            GreyTranslator.broken = False
            raise ModelError("The model broke.", "It was told to.")
        self._gathered += 1
        if self._gathered >= WARM_UP:
            pixels = grey(size_of(frame.pixels), GREYS[self._live.style])
            self._finished.append(StyledFrame(pixels, frame.number, frame.captured_at))

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        finished, self._finished = self._finished, []
        return finished

    def apply(self, settings: LiveSettings) -> None:
        self._live = settings

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        raise NotImplementedError

    def reset(self) -> None:
        self._gathered, self._finished = 0, []

    def close(self) -> None:
        """Nothing to let go of."""


class SessionApplication:
    """A session whose every move is asked for by a word."""

    def __init__(self, client: PublisherClient, size: Size) -> None:
        self._client, self._live = client, LiveSettings(style="comic")
        self._size = size
        self._session = Session(
            _log_event, build_translator=lambda _build, live, _progress: GreyTranslator(live)
        )
        self._words: dict[str, Callable[[], None]] = {
            "go": self._go,
            "stop": self._stop,
            "style": self._change_style,
            "break": self._break,
            "original": lambda: self._session.send(ShowOriginal(True)),
            "styled": lambda: self._session.send(ShowOriginal(False)),
            "panic": lambda: client.panic(on=True),
            "release": lambda: client.panic(on=False),
        }

    def obey(self) -> None:
        """Do what stdin says until it says quit."""
        for line in sys.stdin:
            word = line.strip()
            logging.info("told: %s", word)
            if word == "quit":
                break
            self._words[word]()
        self._stop()

    def _go(self) -> None:
        job = Job(
            InputSettings(source=WEBCAM, size=self._size),
            BuildSettings(size=Size(320, 240)),
            self._live,
            (self._client.sink(),),
        )
        self._session.start(job)

    def _stop(self) -> None:
        self._session.stop()
        self._session.wait(30)

    def _change_style(self) -> None:
        other = "ink" if self._live.style == "comic" else "comic"
        self._live = replace(self._live, style=other)
        self._session.send(ApplySettings(self._live))

    def _break(self) -> None:
        GreyTranslator.broken = True


def _log_event(event: object) -> None:
    if not isinstance(event, Stats):
        logging.info("%s", event)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _, mode, size_text, fps_text, *rest = sys.argv
    size, fps = parse_size(size_text), float(fps_text)
    client = PublisherClient(CameraSettings(size, fps))
    sys.stdin.readline()
    try:
        client.start()
    except SinkError as error:
        logging.info("refused, and goes on all the same: %s", error)
    if mode == "card":
        send_cards(client, size, fps, Path(rest[0]) if rest else None)
    else:
        SessionApplication(client, size).obey()
    client.close()


if __name__ == "__main__":
    main()
