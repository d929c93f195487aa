"""What is in front of the camera, and who presses the keys: a window with a light, on X11."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from engine.frames import Size
from tests.engine.video.sources.displays import PaintedWindow

TITLE = "The stage"
SIZE = Size(640, 360)
LIGHT = (16, 40, 200, 240)
"""x, y, width and height of the light in the picture."""
GREY, DARK, LIT = 0x707070, 0x101010, 0xF4F4F4
_THINGS = (
    (0x3060A0, 260, 30, 150, 120),
    (0xB05030, 430, 60, 90, 200),
    (0x60A050, 270, 190, 120, 90),
)
"""Something to draw: colours, and where."""
_ON_S, _OFF_S = 0.7, (1.3, 2.2)


class Stage(PaintedWindow):
    """Turns the light on now and then, at moments that nothing else knows."""

    def __init__(self) -> None:
        super().__init__(TITLE, GREY, size=(SIZE.width, SIZE.height))
        self.flashes: list[float] = []
        """When the light went on."""
        self._pen = self._connection.generate_id()
        self._connection.core.CreateGC(self._pen, self.number, 0, [])
        self._paint_all(DARK)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._play)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        super().close()

    def _play(self) -> None:
        chance = random.Random(21)
        while not self._ended.wait(chance.uniform(*_OFF_S)):
            self._paint(LIT, *LIGHT)
            self.flashes.append(time.monotonic())
            self._ended.wait(_ON_S)
            self._paint_all(DARK)

    def _paint_all(self, light: int) -> None:
        """What films the window makes the display forget what was in it."""
        for colour, *place in _THINGS:
            self._paint(colour, *place)
        self._paint(light, *LIGHT)

    def _paint(self, colour: int, x: int, y: int, width: int, height: int) -> None:
        rectangle = self._library.xproto.RECTANGLE.synthetic(x, y, width, height)
        foreground = self._library.xproto.GC.Foreground
        self._connection.core.ChangeGC(self._pen, foreground, [colour])
        self._connection.core.PolyFillRectangle(self.number, self._pen, 1, [rectangle])
        self._settle()


class Keyboard:
    """Presses keys as a hand does: every program on the display notices."""

    def __init__(self) -> None:
        import xcffib.xproto  # noqa: PLC0415 - Linux only, as all of this
        import xcffib.xtest  # noqa: PLC0415

        self._press, self._release = 2, 3
        self._connection: Any = xcffib.connect()
        self._test = self._connection(xcffib.xtest.key)
        setup = self._connection.setup
        first = setup.min_keycode
        answer = self._connection.core.GetKeyboardMapping(
            first, setup.max_keycode - first + 1
        ).reply()
        width, symbols = answer.keysyms_per_keycode, list(answer.keysyms)
        self._codes = {symbols[i]: first + i // width for i in reversed(range(len(symbols)))}

    def close(self) -> None:
        """Let go of the display."""
        self._connection.disconnect()

    def press(self, *keysyms: int) -> float:
        """Press these together, and let go; when the last one went down."""
        codes = [self._codes[keysym] for keysym in keysyms]
        for code in codes:
            self._fake(self._press, code)
        pressed = time.monotonic()
        self._connection.core.GetInputFocus().reply()
        for code in reversed(codes):
            self._fake(self._release, code)
        self._connection.core.GetInputFocus().reply()
        return pressed

    def _fake(self, kind: int, code: int) -> None:
        self._test.FakeInput(kind, code, 0, 0, 0, 0, 0)
